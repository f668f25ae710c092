/** What can be done with whole parameters: begin them anew, scale them, make two of them one. */

import { createInitialise } from "./initialise.js";
import { createTying } from "./tying.js";

/** @param {import("./core.js").Core} core */
export const createWhole = (core) => ({ ...createInitialise(core), ...createTying(core) });

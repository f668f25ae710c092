/** Everything that can be done in the page. Views and keys call these; nothing else writes the store, but for the engine's answers. */

import { createChanges } from "./changes.js";
import { createCore } from "./core.js";
import { createLooking } from "./looking.js";
import { createOpening } from "./opening.js";
import { createTravel } from "./travel.js";

/** @typedef {ReturnType<typeof createActions>} Actions */

/** @param {import("./store.js").Store} store @param {import("./core.js").Environment} environment */
export function createActions(store, environment) {
  const core = createCore(store, environment);
  const changes = createChanges(core);
  return {
    ...createOpening(core),
    ...createTravel(core, store, changes),
    ...changes,
    ...createLooking(core),
    close: core.session.close,
  };
}

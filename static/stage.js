/** The views of an experiment. They are loaded together when the first one is opened: the list of lessons needs none of them. */

export { cell } from "./views/cell.js";
export { lesson } from "./views/lesson.js";
export { sequence } from "./views/sequence.js";
export { strip } from "./views/strip.js";
export { transport } from "./views/transport.js";
export { weights } from "./views/weights.js";

/** What the inside of the cell wants after the first picture: a drawing for any diagram, and what moves. */

export { execute, follow } from "./carry.js";
export { layout } from "./layout.js";
export { mirrored } from "./mirror.js";
export { valves } from "./valves.js";
export { between, fly } from "./zoom.js";

/** What tells the lines of several networks apart, where they are drawn over each other: a colour and a dash each, and a short piece of it as a mark. */

import { svg } from "./dom.js";

/** In the order of the lanes, the page's own network first. */
export const LANES = /** @type {const} */ ([{ token: "--accent", dash: [] }, { token: "--matrix-2", dash: [9, 4] }, { token: "--matrix-4", dash: [2, 4] }]);

/** @param {Document} document @param {number} at  which lane, from 0 */
export function laneMark(document, at) {
  const { token, dash } = LANES[at];
  const line = svg(document, "line", { x1: 1, y1: 4, x2: 29, y2: 4, "stroke-dasharray": dash.join(" "), stroke: `var(${token})` });
  return svg(document, "svg", { class: "lane-mark", viewBox: "0 0 30 8", "aria-hidden": "true" }, line);
}

import { gradient } from "./colour.js";
import { setStyle, svg } from "./dom.js";
import { DECADES } from "./scale.js";

/**
 * The colours of a logarithmic scale, one patch for each power of ten.
 * @param {Document} document
 */
export function ramp(document) {
  const node = svg(document, "svg", { class: "ramp", width: (DECADES + 1) * 12, height: 10, "aria-hidden": "true" });
  for (let index = 0; index <= DECADES; index++) {
    const patch = svg(document, "rect", { x: index * 12, width: 11, height: 10, rx: 2 });
    setStyle(patch, "fill", gradient(index / DECADES));
    node.append(patch);
  }
  return node;
}

/** Which of the units is spoken of: the one before, the next. */

import { element, hide, set, setText } from "./dom.js";

/**
 * @param {Document} document
 * @param {(by: 1 | -1) => void} move
 */
export function unitPicker(document, move) {
  const text = element(document, "span", { class: "unit-text" });
  const [down, up] = /** @type {const} */ ([["−", -1], ["+", 1]]).map(([sign, by]) =>
    element(document, "button", { type: "button", class: "unit-button", text: sign, onclick: () => move(by) }));
  const node = element(document, "div", { class: "unit-picker" }, down, text, up);
  return {
    node,
    /** @param {{unit: number, count: number, say: (key: string, values?: Record<string, number>) => string}} paint  `unit` counted from 0 */
    paint({ unit, count, say }) {
      hide(node, count < 2);
      if (count < 2) return;
      setText(text, say("cell.unit", { unit: unit + 1, count }));
      set(down, "aria-label", say("cell.unit-previous"));
      set(up, "aria-label", say("cell.unit-next"));
      down.disabled = unit === 0;
      up.disabled = unit === count - 1;
    },
  };
}

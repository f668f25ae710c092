/** An error surface as a table of a few of its points. */

import { element, replace, setText } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { numberName, valueAt } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** Rows and columns. */
const SHOWN = 9;

/** @param {Document} document @param {() => void} redraw */
export function surfaceTable(document, redraw) {
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "surface-table number" });
  const node = element(document, "details", { class: "surface-twin", ontoggle: () => redraw() }, summary, element(document, "div", { class: "surface-scroll", tabindex: 0 }, table));
  return {
    node,
    /** @param {import("../../state/store.js").State} now @param {import("../../state/surfaces.js").Settings} own @param {Float64Array} losses */
    paint(now, own, losses) {
      setText(summary, say(now, "surface.table"));
      if (!node.open) return;
      const { side } = own;
      const places = Array.from({ length: SHOWN }, (_, at) => Math.round((at * (side - 1)) / (SHOWN - 1)));
      const corner = `${numberName(now, own.down)} \\ ${numberName(now, own.across)}`;
      replace(table, element(document, "thead", {}, element(document, "tr", {}, element(document, "td", { text: corner }),
        ...places.map((at) => element(document, "th", { scope: "col", text: number(valueAt(own.across, at, side)) })))),
      element(document, "tbody", {}, ...[...places].reverse().map((row) => element(document, "tr", {},
        element(document, "th", { scope: "row", text: number(valueAt(own.down, row, side)) }),
        ...places.map((at) => element(document, "td", { text: result(losses[row * side + at]) }))))));
    },
  };
}

/** Error surfaces as tables of a few of their points. */

import { element, replace, setText } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { inline } from "../../draw/symbol.js";
import { numberName, valueAt } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** Rows and columns. */
const SHOWN = 9;

/** @param {Document} document @param {() => void} redraw */
export function surfaceTable(document, redraw) {
  const summary = element(document, "summary", { class: "aside-text" });
  const scroll = element(document, "div", { class: "surface-scroll", tabindex: 0 });
  const node = element(document, "details", { class: "surface-twin", ontoggle: () => redraw() }, summary, scroll);
  return {
    node,
    /** @param {import("../../state/store.js").State} now @param {import("./surface.js").Shown[]} shown */
    paint(now, shown) {
      setText(summary, say(now, "surface.table"));
      if (node.open) replace(scroll, ...shown.flatMap((each) => (each.losses.length > 0 ? [tableOf(document, each, each.losses)] : [])));
    },
  };
}

/** @param {Document} document @param {import("./surface.js").Shown} shown @param {Float64Array} losses */
function tableOf(document, { now, own, title }, losses) {
  const { side } = own;
  const places = Array.from({ length: SHOWN }, (_, at) => Math.round((at * (side - 1)) / (SHOWN - 1)));
  const corner = `${numberName(now, own.down)} \\ ${numberName(now, own.across)}`;
  return element(document, "table", { class: "surface-table number" },
    title === null ? null : element(document, "caption", { text: title }),
    element(document, "thead", {}, element(document, "tr", {}, element(document, "td", {}, ...inline(document, corner)),
      ...places.map((at) => element(document, "th", { scope: "col", text: number(valueAt(own.across, at, side)) })))),
    element(document, "tbody", {}, ...[...places].reverse().map((row) => element(document, "tr", {},
      element(document, "th", { scope: "row", text: number(valueAt(own.down, row, side)) }),
      ...places.map((at) => element(document, "td", { text: result(losses[row * side + at]) }))))));
}

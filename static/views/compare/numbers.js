/** The lanes in words: what each holds at the present step, and how it differs from the first. */

import { element, replace, setText } from "../../draw/dom.js";
import { result } from "../../draw/format.js";
import { bare, isHidden, valueAt } from "../../state/derive.js";
import { say } from "../../state/words.js";
import { counterpart, rowsOf } from "./lanes.js";

/** @typedef {import("./lanes.js").View} View */

/** @param {Document} document */
export function numbers(document) {
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "chart-table number" });
  const node = element(document, "details", { class: "compare-numbers", ontoggle: () => redraw() }, summary, table);
  /** @type {() => void} */
  let redraw = () => undefined;

  /** @param {View[]} all @param {string[]} titles */
  const fill = (all, titles) => {
    const [first, ...others] = all;
    const step = first.experiment.step;
    const wanted = [...new Map(all.flatMap((view) => rowsOf(view)).map((row) => [`${bare(row.address)} ${row.units}`, row])).values()];
    const header = [say(first, "compare.symbol"), titles[0], ...others.flatMap((_, index) => [titles[index + 1], say(first, "compare.differs", { name: titles[0] })])];
    const missing = say(first, "compare.missing");
    const lines = wanted.map((row) => {
      const own = counterpart(first, row);
      /** @param {(unit: number) => number | undefined} value */
      const text = (value) => isHidden(first, step, row.address) ? "?" : Array.from({ length: row.units }, (_, unit) => result(value(unit) ?? NaN)).join(", ");
      const cells = others.flatMap((view) => {
        const address = counterpart(view, row);
        if (!address) return [missing, missing];
        return [
          text((unit) => valueAt(view, address, step, unit)),
          own ? text((unit) => (valueAt(view, address, step, unit) ?? NaN) - (valueAt(first, own, step, unit) ?? NaN)) : missing,
        ];
      });
      return [bare(row.address), own ? text((unit) => valueAt(first, own, step, unit)) : missing, ...cells];
    });
    replace(table,
      element(document, "thead", {}, element(document, "tr", {}, ...header.map((name) => element(document, "th", { scope: "col", text: name })))),
      element(document, "tbody", {}, ...lines.map(([name, ...cells]) => element(document, "tr", {},
        element(document, "th", { scope: "row", text: name }), ...cells.map((cell) => element(document, "td", { text: cell }))))));
  };

  return {
    node,
    /** @param {View[]} all @param {string[]} titles */
    draw(all, titles) {
      setText(summary, say(all[0], "compare.numbers", { step: all[0].experiment.step }));
      redraw = () => {
        if (node.open) fill(all, titles);
      };
      redraw();
    },
  };
}

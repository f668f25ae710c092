/** The curves as a table, with all their digits. */

import { element, replace, setText } from "../../draw/dom.js";
import { exact, number } from "../../draw/format.js";
import { numberName } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */

/** Steps and lags that have a row. */
const ROWS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** @param {Document} document @param {() => void} redraw */
export function powersTable(document, redraw) {
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "powers-table number" });
  const node = element(document, "details", { class: "powers-twin", ontoggle: () => redraw() }, summary, element(document, "div", { class: "powers-scroll", tabindex: 0 }, table));

  /** @param {string[]} head @param {string[][]} rows */
  const fill = (head, rows) =>
    replace(table, element(document, "thead", {}, element(document, "tr", {}, ...head.map((text) => element(document, text ? "th" : "td", { scope: text ? "col" : null, text })))),
      element(document, "tbody", {}, ...rows.map(([first, ...others]) => element(document, "tr", {}, element(document, "th", { scope: "row", text: first }), ...others.map((text) => element(document, "td", { text }))))));

  /** @param {State} now @param {import("../../state/powers.js").Settings} own @param {import("./pictures.js").Curves} curves @returns {[string[], string[][]]} */
  function rows(now, own, curves) {
    const names = Object.keys(curves);
    const spoken = (/** @type {string} */ name) => name.split("-").map((part) => say(now, `powers.${part}`)).join(" · ");
    if (own.question === "weight") {
      const { time, marks } = curves;
      const step = (/** @type {number} */ at) => [say(now, "powers.step", { step: at }), exact(time.values[at - 1]), exact(time.gradients[at - 1])];
      const taken = time ? [...new Set([...ROWS.filter((at) => at >= 1 && at <= own.until), own.until])].map(step) : [];
      const weight = own.across ? numberName(now, own.across) : "";
      const values = Array.from(marks?.at ?? [], (at, index) => [`${weight} = ${number(at)}`, exact(marks.values[index]), exact(marks.slopes[index])]);
      return [["", say(now, "powers.output"), say(now, "powers.gradient-or-slope")], [...values, ...taken]];
    }
    if (own.question === "depth") {
      const layers = Array.from({ length: own.layers }, (_, at) => [say(now, "powers.layer-number", { layer: at + 1 }), ...names.flatMap((name) => [exact(curves[name].layers[at]), exact(curves[name].weights[at])])]);
      return [["", ...names.flatMap((name) => [`${spoken(name)}, h`, `${spoken(name)}, W`])], layers];
    }
    const lags = names.length > 0 ? ROWS.filter((lag) => curves[names[0]].lags.includes(lag)) : [];
    return [[say(now, "powers.lag"), ...names.map(spoken)], lags.map((lag) => [number(lag), ...names.map((name) => exact(curves[name].norms[curves[name].lags.indexOf(lag)]))])];
  }

  return {
    node,
    /** @param {State} now @param {import("../../state/powers.js").Settings} own @param {import("./pictures.js").Curves} curves */
    paint(now, own, curves) {
      setText(summary, say(now, "powers.table"));
      if (node.open) fill(...rows(now, own, curves));
    },
  };
}

/** Numbers of many units as a table, some of them at a time: what a picture says, in figures. */

import { element, replace, set, setText } from "./dom.js";

/** Units that are shown at once. */
export const PAGE = 16;

/**
 * @param {Document} document
 * @param {(first: number) => void} turn  shows the units from there on, counted from 0
 */
export function numberTable(document, turn) {
  let first = 0;
  let units = 0;
  const button = (/** @type {string} */ text, /** @type {number} */ by) =>
    element(document, "button", { type: "button", class: "quiet small-button", text, onclick: () => turn(first + by * PAGE) });
  const back = button("↑", -1);
  const on = button("↓", 1);
  const caption = element(document, "span", { class: "aside-text" });
  const body = element(document, "tbody");
  const head = element(document, "tr");
  const table = element(document, "table", { class: "number-table" }, element(document, "thead", {}, head), body);
  const node = element(document, "div", { class: "number-page" }, element(document, "div", { class: "number-turn" }, back, on, caption), element(document, "div", { class: "number-scroll", tabindex: "0" }, table));
  return {
    node,
    /**
     * @param {{columns: string[], units: number, first: number, corner: string, caption: string, number: (column: number, unit: number) => string, words: {back: string, on: string}}} what
     */
    paint({ columns, units: count, first: from, corner, caption: text, number, words }) {
      first = from;
      units = count;
      setText(caption, text);
      set(table, "aria-label", text);
      set(back, "aria-label", words.back);
      set(on, "aria-label", words.on);
      back.disabled = first <= 0;
      on.disabled = first + PAGE >= units;
      const rows = Math.max(0, Math.min(PAGE, units - first));
      if (head.children.length !== columns.length + 1 || body.children.length !== rows) {
        replace(head, ...["", ...columns].map(() => element(document, "th", { scope: "col" })));
        replace(body, ...Array.from({ length: rows }, () => element(document, "tr", {}, element(document, "th", { scope: "row" }), ...columns.map(() => element(document, "td")))));
      }
      [corner, ...columns].forEach((name, index) => setText(head.children[index], name));
      [...body.children].forEach((row, index) => {
        setText(row.children[0], String(first + index + 1));
        columns.forEach((_, column) => setText(row.children[column + 1], number(column, first + index)));
      });
    },
  };
}

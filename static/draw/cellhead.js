/** The head of the cell's card: what it is, which unit is spoken of, and which of its drawings is shown. */

import { element, set, setText } from "./dom.js";
import { unitPicker } from "./picker.js";
import { choice } from "./switch.js";

const DRAWINGS = ["overview", "valves", "conveyor", "operations", "formulas"];

/**
 * @param {Document} document
 * @param {{choose: (drawing: string) => void, next: (by: 1 | -1) => void, fold: () => void}} act  `fold`: what Esc and Enter do, for who has a pointer
 */
export function cellHead(document, { choose, next, fold }) {
  const title = element(document, "button", { type: "button", class: "cell-fold quiet", onclick: fold });
  // What has one drawing by hand calls it by another name, and asks for it as for any first one.
  const pick = choice(document, DRAWINGS, (name) => choose(name === "overview" ? "conveyor" : name));
  const picker = unitPicker(document, next);
  return {
    node: element(document, "header", { class: "cell-head" }, element(document, "h2", { class: "cell-title" }, title), picker.node, pick.node),
    /**
     * @param {{kind: string, kinds: string[], unit: number, count: number, shut: boolean, say: (key: string, values?: Record<string, string | number>) => string}} paint
     *   `kind`: what is shown; `kinds`: the drawings by hand that there are; `unit` counted from 0; `shut`: only the strip is looked at
     */
    paint({ kind, kinds, unit, count, shut, say }) {
      const name = say("cell.title");
      setText(title, name);
      // Its sign is no part of its name.
      set(title, "aria-label", name);
      set(title, "aria-expanded", String(!shut));
      const shown = [...(kinds.length ? kinds : ["overview"]), "operations", "formulas"];
      pick.paint(kind, say("cell.drawing"), (name) => say(`cell.${name}`), (name) => shown.includes(name));
      picker.paint({ unit, count, say });
    },
  };
}

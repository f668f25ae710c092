/** What can be put beside the network: itself as it is now, or a cell of the library. */

import { element, replace, set, setText } from "../../draw/dom.js";
import { languageOf, pick, say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */

const FAMILIES = ["simple", "lstm", "gru", "slow", "other"];

/** @param {Document} document @param {any} actions */
export function chooser(document, actions) {
  const label = element(document, "span", { class: "aside-text" });
  const copy = element(document, "button", { type: "button", class: "quiet compare-copy", onclick: async () => (await actions.compare()).addCopy() });
  const select = element(document, "select", { class: "compare-cells", onchange: async () => {
    const name = select.value;
    select.value = "";
    if (name) (await actions.compare()).addCell(name);
  } });
  const note = element(document, "span", { class: "aside-text" });
  const node = element(document, "div", { class: "compare-add" }, label, copy, select, note);
  let built = "";

  /** @param {State} now */
  const fill = (now) => {
    const key = `${languageOf(now)} ${now.cells?.length}`;
    if (key === built) return;
    built = key;
    const families = FAMILIES.map((family) => {
      const own = (now.cells ?? []).filter((cell) => cell.family === family);
      return own.length > 0 && element(document, "optgroup", { label: say(now, `menu.${family}`) },
        ...own.map((cell) => element(document, "option", { value: cell.name, text: pick(now, cell.title) })));
    });
    replace(select, element(document, "option", { value: "", text: say(now, "compare.cell") }), ...families);
  };

  return {
    node,
    /** @param {State} now @param {boolean} open */
    draw(now, open) {
      node.hidden = !open;
      setText(label, say(now, "compare.add"));
      setText(copy, say(now, "compare.copy-add"));
      setText(note, now.experiment.lanes.length === 0 ? say(now, "compare.copy-note") : "");
      set(select, "aria-label", say(now, "compare.cell"));
      fill(now);
    },
  };
}

/** The cell of a run as a person's own equations: opened from the listed cell's text, and given back to it. */

import { element, set, setText } from "../../draw/dom.js";
import { problemText, say } from "../../state/words.js";

/** @typedef {import("../../net/contract.js").Problem} Problem */

/** Lines that are seen at once. */
const [FEWEST, MOST] = [3, 14];

/** @param {Document} document @param {any} actions */
export function equationsRow(document, actions) {
  const open = element(document, "button", { type: "button", class: "quiet under-hover training-write", onclick: () => actions.writeEquations() });
  const entry = element(document, "textarea", { class: "training-equations", id: "training-equations", spellcheck: "false", autocapitalize: "off", wrap: "off", onchange: () => actions.setTraining("equations", entry.value) });
  const label = element(document, "label", { class: "training-label", for: entry.id });
  const back = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.setTraining("equations", "") });
  const fault = element(document, "p", { class: "training-fault", id: "training-fault-equations" });
  const own = element(document, "div", {}, element(document, "div", { class: "training-row is-changed" }, label, back), entry, fault);
  const node = element(document, "div", { class: "training-field" }, open, own);
  return {
    node,
    /** @param {import("../../state/store.js").State} now @param {string} text  "": as listed @param {boolean} locked @param {Problem[]} problems */
    paint(now, text, locked, problems) {
      open.hidden = text !== "";
      own.hidden = text === "";
      open.disabled = back.disabled = entry.disabled = locked;
      setText(open, say(now, "train.write-own"));
      setText(label, say(now, "train.own-equations"));
      setText(back, say(now, "train.as-listed"));
      if (document.activeElement !== entry && entry.value !== text) entry.value = text;
      set(entry, "rows", Math.min(MOST, Math.max(FEWEST, text.split("\n").length)));
      const found = problems.filter(({ where }) => where?.line !== undefined);
      set(entry, "aria-invalid", found.length > 0 ? "true" : null);
      set(entry, "aria-describedby", found.length > 0 ? fault.id : null);
      setText(fault, found.map((problem) => say(now, "train.at-line", { line: Number(problem.where?.line), said: problemText(now, problem) })).join(" "));
    },
  };
}

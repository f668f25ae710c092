/** The cell of a run as a person's own equations: opened from the listed cell's text, and given back to it. */

import { element, set, setText } from "../../draw/dom.js";
import { problemHint, problemText, say } from "../../state/words.js";

/** @typedef {import("../../net/contract.js").Problem} Problem */

/** Letters, as many as a server takes. */
const LONGEST = 20_000;
/** Lines that are seen at once. */
const [FEWEST, MOST] = [3, 14];

/** @param {Document} document @param {any} actions */
export function equationsRow(document, actions) {
  const open = element(document, "button", { type: "button", class: "quiet under-hover training-write", onclick: () => actions.writeEquations() });
  const entry = element(document, "textarea", { class: "training-equations", id: "training-equations", maxlength: LONGEST, spellcheck: "false", autocapitalize: "off", wrap: "off", onchange: () => actions.setTraining("equations", entry.value) });
  const label = element(document, "label", { class: "training-label", for: entry.id });
  const back = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.setTraining("equations", "") });
  const fault = element(document, "p", { class: "training-fault", id: "training-fault-equations" });
  const own = element(document, "div", {}, element(document, "div", { class: "training-row is-changed" }, label, back), entry, fault);
  const node = element(document, "div", { class: "training-field" }, open, own);
  return {
    node,
    /**
     * @param {import("../../state/store.js").State} now
     * @param {string | null} said  "": as listed; null: not the same in all runs that are meant
     * @param {{locked: boolean, alike: boolean, problems: Problem[]}} how  `alike`: all runs that are meant have one cell, whose text can be written on
     */
    paint(now, said, { locked, alike, problems }) {
      const text = said ?? "";
      open.hidden = said !== "" || !alike;
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
      setText(fault, found.map((problem) => say(now, "train.at-line", { line: Number(problem.where?.line), said: [problemText(now, problem), advice(now, problem)].filter(Boolean).join(" ") })).join(" "));
    },
  };
}

/** What to do about it, as the editor of cells says it. @param {import("../../state/store.js").State} now @param {Problem} problem */
function advice(now, problem) {
  const { suggestion } = problem.args;
  return suggestion ? say(now, "language.unknown-name.hint", { suggestion }) : problemHint(now, problem);
}

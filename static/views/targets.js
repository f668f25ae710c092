/** The targets beneath the sequence: numbers, or of a choice which one; left empty where nothing is asked. */

import { differs } from "../draw/differs.js";
import { element, set, setStyle, setText, toggle } from "../draw/dom.js";
import { typed } from "../draw/field.js";
import { follower } from "../draw/follower.js";
import { number } from "../draw/format.js";
import { className } from "../state/classes.js";
import { isWide, steps } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function targets(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const hint = element(document, "span", { class: "aside-text" });
  const grid = element(document, "div", { class: "targets-grid", role: "group" });
  const scroll = element(document, "div", { class: "targets-scroll" }, grid);
  root.append(element(document, "div", { class: "tool-head" }, title, hint), scroll);

  const rebuilt = differs();
  const changed = differs();
  const draw = () => {
    const now = state();
    const { loss, step } = now.experiment;
    root.hidden = !loss || isWide(now);
    if (root.hidden || !loss) return;
    if (!changed(loss, step, now.network, now.lesson, now.experiment.sequence.vocabulary, languageOf(now))) return;
    const units = now.network.symbols[loss.of]?.size ?? 1;
    const choice = loss.kind === "cross-entropy";
    if (rebuilt(steps(now), units, choice, loss.classes, now.experiment.sequence.vocabulary, languageOf(now))) {
      setStyle(grid, "--steps", String(steps(now)));
      setStyle(grid, "--components", String(choice ? 1 : units));
      grid.replaceChildren(...Array.from({ length: steps(now) }, (_, index) => (choice ? chooser(now, index + 1, units) : fields(index + 1, units))).flat());
    }
    setText(title, say(now, "targets.title"));
    setText(hint, say(now, "targets.hint"));
    set(grid, "aria-label", say(now, "targets.title"));
    for (const node of /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (grid.querySelectorAll("[data-step]"))) {
      const at = Number(node.dataset.step);
      const unit = Number(node.dataset.unit ?? 0);
      const row = loss.targets[at - 1] ?? null;
      set(node, "aria-label", say(now, units > 1 && !choice ? "targets.at-unit" : "targets.at", { step: at, unit: unit + 1 }));
      toggle(node, "is-here", at === step);
      const value = row === null ? "" : choice ? String(row.indexOf(1)) : number(row[unit]);
      if (node !== document.activeElement || node.tagName === "SELECT") node.value = value;
    }
    follow(step);
  };

  const follow = follower(scroll, (step) => grid.querySelector(`[data-step="${step}"]`));

  /** @param {number} step @param {number} units */
  const fields = (step, units) => Array.from({ length: units }, (_, unit) => element(document, "input", {
    class: "target-field number", type: "text", inputmode: "text", autocomplete: "off", "data-step": step, "data-unit": unit,
    // The keys that lead through the lesson belong to the stage again.
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && /** @type {HTMLElement} */ (event.target).blur(),
    onchange: (/** @type {Event} */ event) => {
      const node = /** @type {HTMLInputElement} */ (event.target);
      const row = state().experiment.loss?.targets[step - 1] ?? null;
      const value = typed(node.value);
      if (node.value.trim() === "") actions.setTarget(step, null);
      else if (value !== null) actions.setTarget(step, Array.from({ length: units }, (_one, at) => (at === unit ? value : row?.[at] ?? 0)));
      else {
        node.value = row === null ? "" : number(row[unit]);
        actions.say("notice.not-number");
      }
    },
  }));

  /** @param {State} now @param {number} step @param {number} units */
  const chooser = (now, step, units) => [element(document, "select", {
    class: "target-field", "data-step": step,
    onchange: (/** @type {Event} */ event) => {
      const { value } = /** @type {HTMLSelectElement} */ (event.target);
      actions.setTarget(step, value === "" ? null : Array.from({ length: units }, (_, at) => (at === Number(value) ? 1 : 0)));
    },
  }, element(document, "option", { value: "", text: say(now, "targets.none") }), ...Array.from({ length: units }, (_, at) => element(document, "option", { value: at, text: className(now, at, units) })))];

  draw();
  const stop = store.watch(["setting", "network", "lesson", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

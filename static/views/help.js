/** The keyboard, as a table in a dialog. */

import { element, set, setText } from "../draw/dom.js";
import { choice } from "../draw/switch.js";
import { say } from "../state/words.js";

/** @type {[string[], string][]} */
const ROWS = [
  [["←", "→", "P", "N"], "help.step"],
  [["↓", "↑"], "help.equation"],
  [["Shift+↓", "Shift+↑"], "help.unit"],
  [["Space"], "help.play"],
  [["Shift+Space"], "help.back"],
  [["PageDown", "PageUp"], "help.onward"],
  [["Shift+←", "Shift+→"], "help.event"],
  [["Home", "End"], "help.ends"],
  [["G"], "help.goto"],
  [["Enter", "Esc"], "help.depth"],
  [["1", "…", "6", "0"], "help.spotlight"],
  [["U", "Shift+U"], "help.undo"],
  [["D"], "help.theme"],
  [["C"], "help.projector"],
  [["R"], "help.motion"],
  [["E"], "help.editor"],
  [["L"], "help.learn"],
  [["F"], "help.fullscreen"],
  [["B", "."], "help.blank"],
  [["?", "F1"], "help.help"],
];

/** Where networks are trained. @type {[string[], string][]} */
const TRAINING = [
  [["Space"], "help.training"],
  [["←", "→"], "help.curve"],
  [["Home", "End"], "help.curve-ends"],
  ...ROWS.filter(([, meaning]) => ["help.theme", "help.motion", "help.fullscreen", "help.blank", "help.help"].includes(meaning)),
];

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function help(root, { store, actions, document }) {
  const title = element(document, "h2", { class: "dialog-title", id: "help-title" });
  const body = element(document, "tbody");
  const note = element(document, "p", { class: "aside-text" });
  const characters = choice(document, ["on", "off"], (name) => actions.setCharacters(name === "on"));
  const label = element(document, "span", { "aria-hidden": "true" });
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.openPanel(null) });
  const dialog = element(document, "dialog", { class: "dialog", "aria-labelledby": "help-title" },
    element(document, "div", { class: "dialog-head" }, title, close),
    element(document, "table", { class: "keys" }, body),
    element(document, "div", { class: "keys-switch" }, label, characters.node), note);
  root.append(dialog);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    actions.openPanel(null);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) actions.openPanel(null);
  });

  const draw = () => {
    const now = store.get();
    const open = now.panel === "help";
    setText(label, say(now, "help.characters"));
    characters.paint(now.characters ? "on" : "off", say(now, "help.characters"), (name) => say(now, name === "on" ? "help.on" : "help.off"));
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    setText(title, say(now, "help.title"));
    setText(note, say(now, "help.note"));
    set(close, "aria-label", say(now, "page.close"));
    const rows = now.home && now.train !== null ? TRAINING : ROWS;
    body.replaceChildren(...rows.map(([keys, meaning]) => element(document, "tr", {},
      element(document, "th", { scope: "row" }, ...keys.map((key) => element(document, key === "…" ? "span" : "kbd", { text: key }))),
      element(document, "td", { text: say(now, meaning) }))));
    dialog.showModal();
  };
  draw();
  const stop = store.watch(["panel", "experiment", "characters", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** In the share dialog: the network with its weights and its sequence as source that prints the same numbers. */

import { element, set, setText } from "../draw/dom.js";
import { joined, problemText, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

const TARGETS = /** @type {const} */ ([["numpy", "NumPy"], ["pytorch", "PyTorch"], ["keras", "Keras"]]);

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function code(root, { store, actions, document }) {
  const title = element(document, "h3", { class: "heading" });
  const label = element(document, "span", { class: "save-label" });
  const buttons = TARGETS.map(([to, name]) => ({
    to, node: element(document, "button", { type: "button", class: "save-kind", text: name, onclick: () => actions.writeCode(to) }),
  }));
  const row = element(document, "div", { class: "save-row", role: "group" }, label, ...buttons.map(({ node }) => node));
  const text = element(document, "pre", { class: "code-text", tabindex: 0, role: "region", translate: "no" });
  const copy = element(document, "button", { type: "button", class: "action", onclick: () => actions.copyCode() });
  const said = element(document, "p", { class: "aside-text", role: "status" });
  const box = element(document, "div", { class: "code-box" }, text, element(document, "div", { class: "code-foot" }, copy));
  root.classList.add("save");
  root.append(title, row, box, said);

  const draw = () => {
    const now = /** @type {State} */ (store.get());
    if (now.panel !== "share") return;
    // What was written for numbers that have changed since is not shown.
    const found = now.code?.of === now.experiment ? now.code : null;
    setText(title, say(now, "code.title"));
    setText(label, say(now, "code.note"));
    set(row, "aria-label", say(now, "code.title"));
    for (const { to, node } of buttons) set(node, "aria-pressed", String(found?.to === to));
    box.hidden = !found?.text;
    setText(text, found?.text ?? "");
    set(text, "aria-label", say(now, "code.text"));
    setText(copy, say(now, "code.copy"));
    const answer = found?.copied ? "code.copied" : found?.copied === false ? "code.uncopied" : found && !found.text && found.problems.length === 0 ? "code.writing" : null;
    setText(said, found?.problems.length ? joined(now, found.problems.map((one) => problemText(now, one))) : answer ? say(now, answer) : "");
  };
  draw();
  const stop = store.watch(["panel", "experiment", "code", "preferred", "words"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** The link is the whole experiment; a file is the same for those too long for a link. */

import { element, set, setText, toggle } from "../draw/dom.js";
import { MOST as KEPT } from "../state/kept.js";
import { problemText, say } from "../state/words.js";

/** What is said of the link, by what brings the experiment back. @type {Record<import("../state/store.js").State["carried"], string>} */
const NOTES = { link: "share.note", browser: "share.kept", nothing: "share.unkept" };

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function share(root, { store, actions, document }) {
  // Views that stand in the dialog as sections of their own.
  const sections = [...root.children];
  const title = element(document, "h2", { class: "dialog-title", id: "share-title" });
  const row = element(document, "div", { class: "share-link" });
  const note = element(document, "p", { class: "aside-text" });
  const link = element(document, "input", { class: "link number", type: "text", readonly: true, onfocus: () => link.select() });
  const copy = element(document, "button", { type: "button", class: "action", onclick: () => actions.copyLink() });
  const save = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.saveFile() });
  const file = element(document, "input", { type: "file", class: "unseen", accept: ".json,application/json", tabindex: -1 });
  const open = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => file.click() });
  const said = element(document, "p", { class: "aside-text", role: "status" });
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.openPanel(null) });
  const dialog = element(document, "dialog", { class: "dialog", "aria-labelledby": "share-title" },
    element(document, "div", { class: "dialog-head" }, title, close), note,
    row,
    element(document, "div", { class: "share-file" }, save, open, file), ...sections, said);
  row.append(link, copy);
  root.append(dialog);
  root.hidden = false;

  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (chosen) await actions.openFile(chosen);
    file.value = "";
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    actions.openPanel(null);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) actions.openPanel(null);
  });

  const draw = () => {
    const now = /** @type {import("../state/store.js").State} */ (store.get());
    const shown = now.panel === "share";
    const wrong = now.problems.map((problem) => problemText(now, problem)).join(" ");
    setText(said, shown && now.notice?.startsWith("shared.") ? say(now, now.notice) : shown ? wrong : "");
    toggle(said, "share-wrong", wrong !== "");
    setText(note, say(now, NOTES[now.carried], { count: KEPT }));
    const had = row.contains(document.activeElement);
    row.hidden = now.carried !== "link";
    // It may turn out to be too long while one stands in it.
    if (had && row.hidden) save.focus();
    set(save, "class", row.hidden ? "action" : "quiet under-hover");
    if (shown === dialog.open) return;
    if (!shown) return dialog.close();
    setText(title, say(now, "share.title"));
    setText(copy, say(now, "share.copy"));
    setText(save, say(now, "share.save"));
    setText(open, say(now, "share.open"));
    set(link, "aria-label", say(now, "share.link"));
    set(file, "aria-label", say(now, "share.open"));
    set(close, "aria-label", say(now, "page.close"));
    link.value = actions.link();
    dialog.showModal();
    if (row.hidden) save.focus();
    else link.select();
  };
  draw();
  const stop = store.watch(["panel", "experiment", "notice", "problems", "carried"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

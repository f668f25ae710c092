/** The link is the whole experiment; a file is the same for those too long for a link. */

import { element, set, setText } from "../draw/dom.js";
import { say } from "../state/words.js";

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function share(root, { store, actions, document }) {
  // Views that stand in the dialog as sections of their own.
  const sections = [...root.children];
  const title = element(document, "h2", { class: "dialog-title", id: "share-title" });
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
    element(document, "div", { class: "share-link" }, link, copy),
    element(document, "div", { class: "share-file" }, save, open, file), ...sections, said);
  root.append(dialog);

  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (chosen) actions.openFile(await chosen.text());
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
    const now = store.get();
    const shown = now.panel === "share";
    setText(said, shown && now.notice?.startsWith("share.") ? say(now, now.notice) : "");
    if (shown === dialog.open) return;
    if (!shown) return dialog.close();
    setText(title, say(now, "share.title"));
    setText(note, say(now, "share.note"));
    setText(copy, say(now, "share.copy"));
    setText(save, say(now, "share.save"));
    setText(open, say(now, "share.open"));
    set(link, "aria-label", say(now, "share.link"));
    set(file, "aria-label", say(now, "share.open"));
    set(close, "aria-label", say(now, "page.close"));
    link.value = actions.link();
    dialog.showModal();
    link.select();
  };
  draw();
  const stop = store.watch(["panel", "experiment", "notice"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

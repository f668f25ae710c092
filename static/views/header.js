/** Whose page this is, which lesson or cell is open, and the four controls that are always there. */

import { differs } from "../draw/differs.js";
import { element, set, setText, svg, toggle as toggleClass } from "../draw/dom.js";
import { card } from "../state/derive.js";
import { languageOf, numbered, pick, say } from "../state/words.js";

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function header(root, { store, actions, document }) {
  const state = () => /** @type {import("../state/store.js").State} */ (store.get());
  const chapter = element(document, "span", { class: "crumb-chapter" });
  const title = element(document, "span", { class: "crumb-title" });
  const slash = element(document, "span", { class: "crumb-slash", "aria-hidden": "true", text: "/" });
  const crumb = element(
    document, "button",
    { type: "button", class: "crumb", "aria-haspopup": "true", onclick: () => toggle("menu") },
    chapter, slash, title,
    chevron(document),
  );
  // What it opens is loaded when it is first wanted.
  const menu = element(document, "div", { class: "menu", "data-view": "menu", hidden: true });

  const languages = Object.entries(state().words).map(([language, words]) => ({
    language,
    node: element(document, "button", {
      type: "button", class: "quiet language", lang: words["page.tag"], text: words["page.language"], onclick: () => actions.setLanguage(language),
    }),
  }));
  const group = element(document, "div", { class: "languages", role: "group" }, ...languages.map(({ node }) => node));
  const theme = element(document, "button", {
    type: "button", class: "quiet icon-button",
    onclick: () => actions.setTheme(state().theme === "dark" ? "light" : "dark"),
  }, half(document));
  const compare = element(document, "button", { type: "button", class: "quiet", onclick: () => comparing(state()) ? actions.stopComparing() : actions.openPanel("compare") });
  const share = element(document, "button", {
    type: "button", class: "quiet", "aria-haspopup": "dialog", onclick: () => toggle("share"),
  });
  const help = element(document, "button", {
    type: "button", class: "quiet icon-button for-keys", text: "?", "aria-haspopup": "dialog", onclick: () => toggle("help"),
  });

  /** @param {import("../state/store.js").Panel} panel */
  const toggle = (panel) => actions.openPanel(state().panel === panel ? null : panel);

  const brand = element(document, "a", {
    class: "brand", href: "./",
    onclick: (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      actions.goHome({ push: !state().home || state().train !== null });
    },
  }, mark(document), element(document, "span", { text: "Unrolled" }));
  const crumbs = element(document, "nav", { class: "crumbs" }, crumb, menu);
  root.append(brand, crumbs, element(document, "div", { class: "header-tools" }, group, theme, compare, share, help));

  const changed = differs();
  const draw = () => {
    const now = state();
    const { lesson } = now;
    const cell = card(now);
    if (!changed(lesson, cell, languageOf(now), now.theme, now.panel, now.lessons, comparing(now), now.home, now.experiment === null)) return;
    const open = lesson ?? cell;
    const waiting = now.experiment === null;
    // What a lesson on its way will need keeps its room, so that nothing moves aside when it comes.
    const bare = now.home || (waiting && document.documentElement.dataset.home !== undefined);
    set(brand, "aria-label", say(now, "header.home"));
    set(brand, "aria-current", now.home ? "page" : null);
    crumbs.hidden = bare || waiting;
    for (const tool of [compare, share]) {
      tool.hidden = bare;
      toggleClass(tool, "is-waiting", waiting);
    }
    setText(chapter, lesson ? numbered(now, lesson) : cell ? say(now, "header.cells") : "");
    slash.hidden = chapter.hidden = open === null;
    const own = open ? pick(now, open.title) : say(now, "header.own");
    setText(title, own);
    const name = now.home || waiting ? "Unrolled" : `${own} · Unrolled`;
    if (document.title !== name) document.title = name;
    set(crumbs, "aria-label", say(now, "header.lessons"));
    set(crumb, "aria-expanded", String(now.panel === "menu"));
    set(group, "aria-label", say(now, "header.language"));
    for (const { language, node } of languages) set(node, "aria-pressed", String(languageOf(now) === language));
    set(theme, "aria-label", say(now, now.theme === "dark" ? "header.light" : "header.dark"));
    setText(compare, say(now, "header.compare"));
    set(compare, "aria-pressed", String(comparing(now)));
    setText(share, say(now, "header.share"));
    set(share, "aria-expanded", String(now.panel === "share"));
    set(help, "aria-label", say(now, "header.help"));
  };

  const outside = (/** @type {PointerEvent} */ event) => {
    if (state().panel === "menu" && event.target instanceof Node && !crumb.parentElement?.contains(event.target)) actions.openPanel(null);
  };
  document.addEventListener("pointerdown", outside);

  draw();
  const stop = store.watch(["lesson", "cell", "cells", "experiment", "theme", "panel", "lessons", "preferred", "home"], draw);
  return {
    destroy() {
      stop();
      document.removeEventListener("pointerdown", outside);
      root.replaceChildren();
    },
  };
}

/** @param {import("../state/store.js").State} state */
function comparing({ panel, experiment }) {
  return panel === "compare" || experiment?.lanes.length > 0;
}

/** A loop that unrolls into steps. @param {Document} document */
function mark(document) {
  return svg(document, "svg", { class: "mark", viewBox: "0 0 54 26", "aria-hidden": "true" },
    svg(document, "path", { class: "mark-loop", d: "M3 12 a9 9 0 1 1 9 9 h6" }),
    ...[27, 39, 51].map((x) => svg(document, "circle", { class: "mark-step", cx: x, cy: 21, r: 3.2 })));
}

/** @param {Document} document */
function half(document) {
  return svg(document, "svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg(document, "circle", { cx: 8, cy: 8, r: 5.4, class: "glyph-line" }),
    svg(document, "path", { d: "M8 2.6 a5.4 5.4 0 0 1 0 10.8 Z", class: "glyph-fill" }));
}

/** @param {Document} document */
function chevron(document) {
  return svg(document, "svg", { class: "glyph chevron", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg(document, "path", { d: "M4.5 6.5 L8 10 L11.5 6.5", class: "glyph-line" }));
}

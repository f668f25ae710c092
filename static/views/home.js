/** What the page begins with: the lessons as a path in chapters, what was read of each, and the cells of the library. */

import { differs } from "../draw/differs.js";
import { element, replace, setText, svg } from "../draw/dom.js";
import { miniature } from "../draw/miniature.js";
import { languageOf, pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {State["lessons"][number]} Entry */

/** What somebody's own cell begins as. */
const FIRST = "simple-rnn";
/** The lesson whose picture stands beside the title: a memory between gates. */
const SHOWN = "gated-cell";
const FAMILIES = ["simple", "lstm", "gru", "slow", "other"];

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function home(root, { store, actions, document }) {
  const title = element(document, "h1", { class: "home-title" });
  const lead = element(document, "p", { class: "home-lead" });
  const next = element(document, "p", { class: "home-next" });
  const shown = element(document, "div", { class: "home-shown" });
  const path = element(document, "div", { class: "home-path" });
  const libraryHead = element(document, "h2", { class: "home-chapter", id: "home-cells" });
  const families = element(document, "div", { class: "home-families" });
  const library = element(document, "section", { class: "home-section", "aria-labelledby": "home-cells" }, libraryHead, families);
  const inner = element(document, "div", { class: "home-inner" },
    element(document, "div", { class: "home-opening" }, element(document, "div", {}, title, lead, next), shown), path, library);
  root.append(inner);

  /** By lesson. @type {[string, HTMLElement][]} */
  let pictures = [];

  /**
   * A link, so that it can be kept and opened beside; a plain press opens it here.
   * @param {string} address @param {() => void} act @param {Record<string, string>} attrs @param {(Node | string)[]} children
   */
  const link = (address, act, attrs, ...children) => element(document, "a", {
    ...attrs, href: `#${address}`,
    onclick: (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      act();
    },
  }, ...children);

  /** @param {Entry} entry @param {Record<string, string>} attrs @param {string} kind @param {HTMLElement[]} words */
  const lessonLink = ({ id }, attrs, kind, ...words) => {
    const picture = element(document, "div", { class: kind });
    pictures.push([id, picture]);
    return link(`lesson=${id}`, () => actions.openLesson(id), attrs, picture, ...words);
  };

  /** @param {State} now @param {Entry} entry */
  const lesson = (now, entry) => {
    const seen = now.seen[entry.id];
    return element(document, "li", {}, lessonLink(entry, { class: "stamp" }, "stamp-picture",
      element(document, "h3", { class: "stamp-title" }, pick(now, entry.title), ...(seen ? [mark(document, seen), element(document, "span", { class: "unseen", text: ` (${say(now, `home.${seen}`)})` })] : [])),
      element(document, "p", { class: "stamp-summary", text: say(now, `summary.${entry.id}`) })));
  };

  /** @param {State} now */
  const chapters = (now) => {
    /** @type {Map<string, Entry[]>} */
    const found = new Map();
    for (const entry of now.lessons) {
      const name = pick(now, entry.chapter);
      found.set(name, [...(found.get(name) ?? []), entry]);
    }
    return [...found].map(([name, entries], index) => element(document, "section", { class: "home-section", "aria-labelledby": `home-${index}` },
      element(document, "h2", { class: "home-chapter", id: `home-${index}` },
        element(document, "span", { class: "home-number", "aria-hidden": "true", text: String(index + 1) }), name),
      element(document, "ol", { class: "stamps" }, ...entries.map((entry) => lesson(now, entry)))));
  };

  /** The first lesson that is not done; who has done all begins again. @param {State} now */
  const onward = (now) => {
    const left = now.lessons.find(({ id }) => now.seen[id] !== "done");
    const open = left ?? now.lessons[0];
    const begun = left && Object.keys(now.seen).length > 0;
    return open && link(`lesson=${open.id}`, () => actions.openLesson(open.id), { class: "home-go" },
      say(now, begun ? "home.continue" : "home.begin", { title: pick(now, open.title) }));
  };

  /** @param {State} now */
  const cells = (now) => FAMILIES.flatMap((family) => {
    const own = (now.cells ?? []).filter((cell) => cell.family === family);
    if (own.length === 0) return [];
    return [element(document, "section", { class: "home-family", "aria-labelledby": `home-${family}` },
      element(document, "h3", { class: "heading", id: `home-${family}`, text: say(now, `home.${family}`) }),
      element(document, "ul", {}, ...own.map((cell) => element(document, "li", {},
        link(`cell=${cell.name}`, () => actions.openCell(cell.name), { class: "home-cell" }, pick(now, cell.title))))))];
  });

  const words = differs();
  const list = differs();
  const stamps = differs();
  const draw = () => {
    const now = /** @type {State} */ (store.get());
    root.hidden = !now.home || now.train !== null;
    if (root.hidden) return;
    void actions.listMiniatures();
    void actions.listCells();
    if (words(now.lessons, now.seen, languageOf(now))) {
      setText(title, say(now, "home.title"));
      setText(lead, say(now, "home.lead"));
      replace(next, onward(now), link(`cell=${FIRST}&edit=${FIRST}`, () => actions.open({ cell: FIRST, fields: [["edit", FIRST]] }), { class: "home-write" }, say(now, "home.write")),
        link("train=", () => actions.goHome({ train: "" }), { class: "home-write" }, say(now, "home.train")));
      pictures = [];
      const gated = now.lessons.find(({ id }) => id === SHOWN);
      replace(shown, gated ? lessonLink(gated, { class: "home-link", "aria-label": pick(now, gated.title) }, "home-picture") : null);
      replace(path, ...chapters(now));
      setText(libraryHead, say(now, "home.cells"));
    }
    if (list(now.cells, languageOf(now))) replace(families, ...cells(now));
    if (stamps(now.miniatures, pictures)) {
      for (const [id, node] of pictures) replace(node, now.miniatures?.[id] ? miniature(document, now.miniatures[id]) : null);
    }
  };

  draw();
  const stop = store.watch(["home", "train", "lessons", "seen", "miniatures", "cells", "preferred", "experiment", "words"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** A circle that is half full, or one with a tick in it. @param {Document} document @param {import("../state/store.js").Progress} seen */
function mark(document, seen) {
  return svg(document, "svg", { class: "glyph stamp-mark", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg(document, "circle", { cx: 8, cy: 8, r: 6, class: "glyph-line" }),
    seen === "done"
      ? svg(document, "path", { d: "M5.2 8.2 L7.2 10.2 L10.9 6.1", class: "glyph-line" })
      : svg(document, "path", { d: "M8 2 a6 6 0 0 1 0 12 Z", class: "glyph-fill" }));
}

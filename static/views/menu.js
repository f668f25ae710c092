/** What can be opened: the lessons, and every cell of the library in its family. */

import { differs } from "../draw/differs.js";
import { element } from "../draw/dom.js";
import { languageOf, numbered, pick, problemText, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** Its words, and the action. */
const OWN = /** @type {const} */ ([["write", "openEditor", null], ["files", "openPanel", "files"], ["train", "goHome", { train: "" }]]);
const FAMILIES = ["simple", "lstm", "gru", "slow", "other"];

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function menu(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());

  /** @param {State} now */
  const lessons = (now) => now.lessons.map((entry) => element(
    document, "button",
    {
      type: "button", class: "menu-item", "aria-current": entry.id === now.experiment.lesson ? "page" : null,
      onclick: () => actions.openLesson(entry.id),
    },
    element(document, "span", { class: "menu-chapter", text: numbered(now, entry) }),
    element(document, "span", { class: "menu-title", text: pick(now, entry.title) }),
    element(document, "span", { class: "menu-summary", text: say(now, `summary.${entry.id}`) }),
  ));

  /** Lessons that could not be loaded, with what is wrong in them. @param {State} now */
  const faults = (now) => {
    if (now.faults.length === 0) return [];
    return [element(document, "section", { class: "menu-faults" },
      element(document, "h2", { class: "heading", text: say(now, "header.faults") }),
      element(document, "ul", {}, ...now.faults.map((problem) => element(document, "li", {},
        element(document, "b", { text: place(now, problem) }), " ", problemText(now, problem)))))];
  };

  /** @param {State} now */
  const families = (now) => FAMILIES.flatMap((family) => {
    const own = (now.cells ?? []).filter((cell) => cell.family === family);
    if (own.length === 0) return [];
    const id = `menu-${family}`;
    return [element(document, "section", { class: "menu-family", "aria-labelledby": id },
      element(document, "h3", { class: "menu-chapter", id, text: say(now, `menu.${family}`) }),
      ...own.map((cell) => element(
        document, "button",
        {
          type: "button", class: "menu-item menu-cell", "aria-current": cell.name === now.experiment.cell ? "page" : null,
          onclick: () => actions.openCell(cell.name),
        },
        element(document, "span", { class: "menu-title", text: pick(now, cell.title) }),
      )))];
  });

  /** What a person brings. @param {State} now */
  const own = (now) => OWN.map(([name, act, what]) => element(
    document, "button", { type: "button", class: "menu-item", onclick: () => actions[act](what) },
    element(document, "span", { class: "menu-title", text: say(now, `menu.${name}`) }),
    element(document, "span", { class: "menu-summary", text: say(now, `menu.${name}-note`) }),
  ));

  /** The list is long: what it holds is said over it, and is one press away. @param {HTMLElement} part */
  const lead = (part) => {
    part.scrollIntoView();
    /** @type {HTMLElement | null} */ (part.querySelector(".menu-item"))?.focus({ preventScroll: true });
  };

  const changed = differs();
  const draw = () => {
    const now = state();
    const open = now.panel === "menu";
    if (!open && !root.hidden) close();
    root.hidden = !open;
    if (!open) return;
    void actions.listCells();
    if (!changed(now.lessons, now.cells, now.faults, now.experiment.lesson, now.experiment.cell, languageOf(now))) return;
    const parts = [
      element(document, "section", { class: "menu-lessons", "aria-label": say(now, "menu.lessons") }, ...lessons(now), ...faults(now)),
      element(document, "section", { class: "menu-library", "aria-labelledby": "menu-cells" },
        element(document, "h2", { class: "heading", id: "menu-cells", text: say(now, "header.cells") }),
        element(document, "div", { class: "menu-families" }, ...families(now))),
      element(document, "section", { class: "menu-own", "aria-labelledby": "menu-own" },
        element(document, "h2", { class: "heading", id: "menu-own", text: say(now, "menu.own") }),
        element(document, "div", { class: "menu-lessons" }, ...own(now))),
    ];
    const names = ["menu.lessons", "header.cells", "menu.own"];
    root.replaceChildren(element(document, "div", { class: "menu-parts" }, ...parts.map((part, at) => element(document, "button", {
      type: "button", class: "quiet under-hover", text: say(now, names[at]), onclick: () => lead(part),
    }))), ...parts);
  };

  const button = /** @type {HTMLElement} */ (root.parentElement?.querySelector("button"));
  /** Who came by keyboard goes back to the button; a pointer gives the keys to the stage. */
  const close = () => {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!active || !root.contains(active)) return;
    if (active.matches(":focus-visible")) button.focus();
    else active.blur();
  };

  /** @param {KeyboardEvent} event */
  const keydown = (event) => {
    if (root.hidden || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const items = /** @type {HTMLElement[]} */ ([button, ...root.querySelectorAll(".menu-item")]);
    const from = /** @type {HTMLElement} */ (event.target);
    const at = from.closest(".menu-parts") ? 0 : items.indexOf(from);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 1, End: items.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    items[(to + items.length) % items.length].focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const region = /** @type {HTMLElement} */ (root.parentElement);
  region.addEventListener("keydown", keydown);

  draw();
  const stop = store.watch(["experiment", "panel", "lessons", "cells", "faults", "preferred"], draw);
  return {
    destroy() {
      stop();
      region.removeEventListener("keydown", keydown);
      root.replaceChildren();
    },
  };
}

/** @param {State} state @param {import("../net/contract.js").Problem} problem */
function place(state, { where }) {
  if (!where?.file) return "";
  return where.line ? say(state, "header.fault-place", { file: where.file, line: where.line }) : where.file;
}

/** What is to be known of a cell of the library, or of a network of one's own: what is special about it, its equations, what it carries and learns, its source. */

import { differs } from "../draw/differs.js";
import { element, hide, replace, set, setStyle, setText } from "../draw/dom.js";
import { insert } from "../draw/markup.js";
import { numbersOf } from "../draw/numbers.js";
import { room } from "../draw/room.js";
import { symbol } from "../draw/tokens.js";
import { bare, card, direction, mainLayer, parameterCount, roleOf, steps, unitCount } from "../state/derive.js";
import { languageOf, pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** Smaller than this share of their size equations scroll instead. */
const LEAST = 0.75;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function guide(root, { store, actions, document }) {
  const eyebrow = element(document, "p", { class: "eyebrow" });
  const title = element(document, "h1", { class: "lesson-title" });
  const about = element(document, "p", { class: "lesson-text" });
  const changedText = element(document, "span");
  const reset = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => actions.reset() });
  const gap = element(document, "span");
  const changed = element(document, "p", { class: "aside-text lesson-changed" }, changedText, gap, reset);
  // Whoever has no pointer scrolls the column, and long equations, from here.
  const equations = element(document, "div", { class: "guide-equations", role: "list", tabindex: "0" });
  const carried = element(document, "p", { class: "lesson-part guide-facts" });
  const source = element(document, "p", { class: "aside-text lesson-note" });
  const edit = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => actions.openEditor() });
  replace(root, eyebrow, title, about, equations, carried, changed, source, element(document, "p", { class: "aside-text lesson-note" }, edit));

  /** @param {State} now */
  const write = (now) => {
    const layer = mainLayer(now);
    if (!layer) return;
    const known = card(now);
    const { title: told, source: origin } = now.network.programs[layer.program];
    const formulas = now.network.formulas[layer.program] ?? {};
    const { full } = numbersOf(now, layer.address);
    // Another cell may stand over it.
    const named = known && layer.program === now.network.layers[0].program ? known : listed(now, layer.program);
    setText(title, named ? pick(now, named.title) : told);
    /** A symbol has the colour that it has in the picture. @param {string} name */
    const letter = (name, address = full(name)) => {
      const node = symbol(document, name, () => address);
      node.classList.add("in-role");
      node.dataset.role = roleOf(now, address);
      return node;
    };
    const text = pick(now, { en: "", zh: "", ...named?.about });
    about.hidden = text === "";
    replace(about, ...text.split("`").map((part, index) => (index % 2 ? letter(part) : part)));
    set(equations, "aria-label", say(now, "guide.equations"));
    replace(equations, ...now.network.programs[layer.program].equations.map(({ target }) => {
      const line = element(document, "div", { role: "listitem" });
      insert(line, formulas[target] ?? "", full);
      return line;
    }));
    // Every layer and direction carries its own, mostly under the same names.
    const states = now.network.layers.flatMap(({ address, program }) => now.network.programs[program].states.map((name) => `${address}.${name}`));
    const numbers = states.reduce((sum, address) => sum + unitCount(now, address), 0);
    const [before, after] = say(now, "guide.states", { count: numbers }).split("{names}");
    const names = [...new Map(states.map((address) => [bare(address), address]))].flatMap(([name, address], index) => [index > 0 && say(now, "guide.and"), letter(name, address)]);
    replace(carried, ...(states.length ? [before, ...names, after] : [say(now, "guide.stateless")]), say(now, "page.gap"), say(now, "guide.parameters", { count: parameterCount(now) }));
    setText(source, named ? pick(now, named.source) : origin);
    setText(edit, say(now, "guide.edit"));
  };

  /** The longest equation says how large they can all be. */
  const fit = () => {
    setStyle(equations, "--shrink", "1");
    const wide = Math.max(1, ...[...equations.querySelectorAll("math")].map((one) => one.getBoundingClientRect().width));
    setStyle(equations, "--shrink", String(Math.max(LEAST, Math.min(1, size.width / wide))));
  };
  const size = room(equations, fit);
  // Letters of another face have another width.
  void document.fonts.ready.then(fit);

  const differ = differs();
  const draw = () => {
    const now = /** @type {State} */ (store.get());
    hide(root, now.lesson !== null);
    if (root.hidden) return;
    // Another cell was chosen for the same sequence, or a file of weights was opened: the library has its name.
    if (!now.cells && !card(now)) actions.listCells();
    setText(eyebrow, say(now, direction(now) === "backward" ? "lesson.step-backward" : "lesson.step", { step: now.experiment.step, count: steps(now) }));
    hide(changed, !now.changed);
    setText(changedText, say(now, "guide.changed"));
    setText(gap, say(now, "page.gap"));
    setText(reset, say(now, "lesson.reset"));
    if (differ(card(now), now.cells, now.network, mainLayer(now)?.address, languageOf(now))) {
      write(now);
      fit();
    }
  };
  draw();
  const stop = store.watch(["lesson", "cell", "cells", "network", "experiment", "changed", "preferred"], draw);
  return {
    destroy() {
      stop();
      size.stop();
      replace(root);
    },
  };
}

/** What the library says of a cell, wherever it stands; null of one that was written. @param {State} state @param {string} program */
function listed({ cells, experiment }, program) {
  const shipped = experiment.network.parts.some(({ layers }) => layers.some(({ cell, text }) => cell === program && !text));
  return (shipped && cells?.find(({ name }) => name === program)) || null;
}

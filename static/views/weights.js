/** The weights, outside the unrolled network because every step uses the same ones: matrices of colour with one slider beneath. */

import { isRuled, onRuler, tracks } from "../draw/columns.js";
import { differs } from "../draw/differs.js";
import { element, hide, set, setStyle, setText, toggle } from "../draw/dom.js";
import { grain, numberField, rounded } from "../draw/field.js";
import { number } from "../draw/format.js";
import { digits, nextBound, sliderBound } from "../draw/ladder.js";
import { isWord } from "../draw/symbol.js";
import { beat, hasManyWeights, heldPlace, isMasked, layerLabel, mainLayer, matrices, numberAt, parameterLabel, partners, readsWords, roleOf, sourceOf, unit, weightLabel, weightsOf } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").Nested} Nested */

/** While it is held at its end it grows by itself. */
const GROW = 700;
/** With more rows than this, those of one matrix, the fields are low. */
const MOST_HIGH = 8;
/** With more rows or columns than this colour says more than digits; the slider has the number. */
const MOST_DIGITS = { rows: 12, columns: 6 };
/** How many characters a column has room for, by how many columns there are; with many the digits are smaller. */
const ROOM = [7, 7, 6, 5, 5, 5, 5];
const SMALL_FROM = 6;
/** A slider that goes so many times further than it would for its number has no use: all of that is within a pixel of its middle. */
const TOO_FAR = 100;
/** And the one beside a weight's name. */
const MOST_ROOM = 5;
/** From so many rows on, those of all matrices counted, everything in the column of tools stands closer. */
const LONG_FROM = 6;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function weights(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const undo = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.undo() });
  const redo = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.redo() });
  const reset = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.resetWeights() });
  const more = element(document, "button", {
    type: "button", class: "quiet small-button", text: "⋯", "aria-controls": "initial",
    onclick: () => actions.openPanel(state().panel === "initial" ? null : "initial"),
  });
  // What it opens is loaded when it is first wanted.
  const panel = element(document, "div", { class: "unfolded", id: "initial", role: "group", "data-view": "initial", hidden: true });
  const tables = element(document, "div", { class: "matrices" });
  // Many units are drawn by a view of their own, loaded when it is first wanted.
  const crowd = element(document, "div", { "data-view": "weightpicture", hidden: true });
  const ties = element(document, "div", { class: "ties", role: "group", "data-view": "ties", hidden: true });
  const name = element(document, "label", { class: "slider-name", for: "weight-slider" });
  const value = element(document, "output", { class: "slider-value number", for: "weight-slider" });
  // In a picture of many weights there is no number to type into.
  const digit = numberField(document, {
    change: (next, { live }) => slide(next, live),
    refuse: () => actions.say("notice.not-number"),
    attrs: { class: "field slider-field" },
  });
  const slider = element(document, "input", { id: "weight-slider", class: "slider", type: "range", step: "any" });
  const low = element(document, "span", { class: "slider-low number" });
  const middle = element(document, "span", { text: "0" });
  const high = element(document, "span", { class: "slider-high number" });
  const sliderPart = element(document, "div", { class: "slider-part" },
    element(document, "div", { class: "slider-head" }, name, value, digit.node),
    element(document, "div", { class: "slider-body" }, slider, element(document, "span", { class: "slider-zero", "aria-hidden": "true" })),
    element(document, "div", { class: "slider-scale", "aria-hidden": "true" }, low, middle, high));
  root.append(
    element(document, "div", { class: "tool-head" }, title, element(document, "div", { class: "tool-acts" }, undo, redo, reset, more)),
    panel, tables, crowd, ties, sliderPart);

  /** @type {{address: string, index: number[], label: string, field: ReturnType<typeof numberField>}[]} */
  let cells = [];
  let bound = 1;
  /** What the slider has set; any other number came by typing, or back by undo. @type {number | null} */
  let slid = null;
  let bare = false;
  let places = 0;
  /** @type {{address: string, index: number[]} | null} */
  let chosen = null;

  const rebuilt = differs();
  /** @param {State} now */
  const build = (now) => {
    if (!rebuilt(now.network, now.lesson, unit(now), languageOf(now))) return;
    const list = matrices(now, unit(now));
    cells = [];
    tables.hidden = hasManyWeights(now);
    toggle(tables, "is-long", !tables.hidden && list.reduce((sum, { rows }) => sum + rows.length, 0) >= LONG_FROM);
    if (tables.hidden) return tables.replaceChildren();
    const columns = Math.max(...list.map(({ blocks }) => blocks.reduce((sum, block) => sum + block.names.length, 0)));
    const most = Math.max(...list.map(({ rows }) => rows.length));
    const tall = most > MOST_HIGH;
    bare = most > MOST_DIGITS.rows || columns > MOST_DIGITS.columns;
    places = ROOM[columns] ?? 0;
    const ruled = isRuled(columns);
    tables.replaceChildren(...list.flatMap(({ layer, blocks, rows }, place) => {
      const words = readsWords(now) && layer.split(".")[1] === "1";
      const table = element(document, "div", { class: "matrix", role: "group" });
      toggle(table, "is-bare", bare);
      toggle(table, "is-tall", tall);
      toggle(table, "is-small", columns >= SMALL_FROM);
      const own = blocks.reduce((sum, block) => sum + block.names.length, 0);
      setStyle(table, "grid-template-columns", tracks(blocks, { columns, apart: bare }));
      if (blocks.some(isEarlier)) table.append(element(document, "span"), ...captions(blocks, say(now, "weights.earlier"), own < columns ? 0 : columns));
      table.append(start(), ...blocks.flatMap((block, at) => block.names.flatMap((text, column) => [...between(column === 0 ? at : 0), element(document, "span", {
        class: `symbol matrix-column${isWord(text) || (words && block.operand === "x") ? ` is-word${column % 2 ? "" : " is-raised"}` : ""}${ruled ? " is-ruled" : ""}`, text: ruled ? onRuler(text, block.names[column + 1]) : text,
      })])));
      for (const row of rows) {
        table.append(row.unit === 0 || row.units > MOST_HIGH
          ? element(document, "span", { class: "symbol matrix-start matrix-name in-role", text: row.target, "data-name": row.address, "data-role": roleOf(now, row.address) })
          : start());
        let at = 0;
        for (const block of blocks) {
          table.append(...between(at));
          block.names.forEach((_, column) => {
            table.append(cell(row.cells[at], { startsRow: row.unit === 0, startsMatrix: column === 0 && (row.unit === 0 || row.units > MOST_HIGH) }));
            at += 1;
          });
        }
      }
      const named = place === 0 || list[place - 1].layer !== layer ? layerLabel(now, layer) : "";
      set(table, "aria-label", layerLabel(now, layer) || null);
      return named ? [element(document, "p", { class: "matrix-layer", text: named }), table] : [table];
    }));
  };

  /**
   * Over what is read from the step before. Broader than one column near the edge, the words end with the last column and lean over those before it.
   * @param {import("../state/matrices.js").Block[]} blocks @param {string} words @param {number} columns  0: there is room on the right
   */
  const captions = (blocks, words, columns) => {
    if (!bare) blocks = joined(blocks);
    const near = blocks.length - (columns >= SMALL_FROM ? 2 : 1);
    const leaning = columns ? blocks.findIndex((block, at) => at >= near && block.names.length === 1 && isEarlier(block)) : -1;
    return blocks.slice(0, leaning < 0 ? undefined : leaning + 1).flatMap((block, at) => {
      const leans = at === leaning;
      const node = element(document, "span", { class: leans ? "matrix-caption leans" : "matrix-caption", text: isEarlier(block) ? words : "" });
      setStyle(node, "grid-column", leans ? `span ${blocks.length - at} / -1` : `span ${block.names.length}`);
      return [...between(at), node];
    });
  };

  /** Every row begins anew, though the table may be narrower than its neighbours. */
  const start = () => element(document, "span", { class: "matrix-start" });

  /** Small fields stand so close that what is multiplied by something else needs a gap. @param {number} at  how much stands before it */
  const between = (at) => (bare && at > 0 ? [element(document, "span")] : []);

  /** @param {{address: string, index: number[]} | null} place @param {{startsRow: boolean, startsMatrix: boolean}} edges */
  const cell = (place, { startsRow, startsMatrix }) => {
    const classes = startsRow ? " starts-row" : "";
    if (!place) return element(document, "span", { class: `matrix-gap${classes}` });
    const { address, index } = place;
    if (isMasked(state(), place)) {
      const label = say(state(), "weights.masked", { label: parameterLabel(state(), address, index) });
      return element(document, "span", { class: `matrix-masked${classes}`, role: "img", "aria-label": label, title: label });
    }
    const field = numberField(document, {
      select: () => actions.selectWeight(address, index),
      change: (next, gesture) => actions.setParameter(address, index, next, gesture),
      refuse: () => actions.say("notice.not-number"),
      attrs: { "data-name": address, "data-index": index.join(".") },
    });
    field.node.className += classes;
    // One mark is enough for a matrix: at its first number.
    toggle(field.node, "is-tied", startsMatrix && partners(state(), address).length > 0);
    cells.push({ address, index, label: weightLabel(state(), address, index), field });
    return field.node;
  };

  const changed = differs();
  const draw = () => {
    const now = state();
    set(more, "aria-expanded", String(now.panel === "initial"));
    if (!changed(now.experiment.parameters, now.ground, now.network, now.lesson, unit(now), now.selected, mainLayer(now)?.address, beat(now), now.undo, now.redo, bound, languageOf(now))) return;
    build(now);
    const values = weightsOf(now);
    setText(title, say(now, "weights.title"));
    setText(undo, say(now, "weights.undo"));
    setText(redo, say(now, "weights.redo"));
    setText(reset, say(now, "weights.reset"));
    set(more, "aria-label", say(now, "weights.more"));
    set(more, "title", say(now, "weights.more"));
    hide(undo, now.undo === 0);
    hide(redo, now.redo === 0);
    const next = heldPlace(now, unit(now));
    if (next && !(chosen && chosen.address === next.address && String(chosen.index) === String(next.index))) {
      chosen = next;
      bound = sliderBound(numberAt(values[next.address] ?? 0, next.index));
    }
    // Colours are measured on the weights as they began, so that dragging one does not repaint the others.
    const { starts } = now.experiment.parameters;
    const began = (/** @type {string} */ named) => {
      const address = sourceOf(now, named);
      return (starts[address] ? now.ground.drawn : now.ground.own)[address] ?? 0;
    };
    const held = (/** @type {string} */ address) => chosen !== null && sourceOf(now, chosen.address) === sourceOf(now, address);
    const widest = largest(cells.map(({ address, index }) => numberAt(began(address), index)));
    for (const { address, index, label, field } of cells) {
      const value = numberAt(values[address] ?? 0, index);
      field.update({
        value,
        bound: widest,
        reach: sliderBound(value),
        label,
        selected: held(address) && String(chosen?.index) === String(index),
        bare,
        room: places,
      });
    }
    drawSlider(now);
  };

  /** @param {number} reached  of the slider's bound */
  const fill = (reached) => {
    const share = Math.max(-1, Math.min(1, reached));
    setStyle(sliderPart, "--from", `${50 + 50 * Math.min(share, 0)}%`);
    setStyle(sliderPart, "--to", `${50 + 50 * Math.max(share, 0)}%`);
  };

  /** @param {State} now */
  const drawSlider = (now) => {
    hide(sliderPart, chosen === null);
    if (!chosen) return;
    const held = numberAt(weightsOf(now)[chosen.address] ?? 0, chosen.index);
    if (Number.isFinite(held) && (Math.abs(held) > bound || (held !== slid && bound >= TOO_FAR * sliderBound(held)))) bound = sliderBound(held);
    const label = parameterLabel(now, chosen.address, chosen.index);
    setText(name, parameterLabel(now, chosen.address, chosen.index, true));
    setText(value, digits(held, bound));
    hide(value, hasManyWeights(now));
    hide(digit.node, !hasManyWeights(now));
    digit.update({ value: held, bound: 1, reach: sliderBound(held), label, room: MOST_ROOM });
    set(slider, "min", -bound);
    set(slider, "max", bound);
    set(slider, "aria-valuetext", `${label} ${digits(held, bound)}`);
    if (Number(slider.value) !== held) slider.value = String(held);
    fill(held / bound);
    setText(low, number(-bound));
    setText(high, number(bound));
  };

  /** @param {number} next @param {boolean} live */
  const slide = (next, live) => {
    slid = next;
    if (chosen) actions.setParameter(chosen.address, chosen.index, next, { live });
  };
  /** Where the hand began, and whether it was given up: what it still does is not followed. */
  let began = 0;
  let givenUp = false;
  const present = () => (chosen ? numberAt(weightsOf(state())[chosen.address], chosen.index) : 0);
  let pressed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let growing;
  const grow = () => {
    clearTimeout(growing);
    if (Math.abs(Number(slider.value)) < bound * 0.999) return;
    growing = setTimeout(() => {
      if (!pressed) return;
      const sign = Math.sign(Number(slider.value));
      bound = nextBound(bound, 1.5);
      slide(sign * bound, true);
      grow();
    }, GROW);
  };
  slider.addEventListener("pointerdown", () => {
    pressed = true;
    givenUp = false;
    began = present();
  });
  slider.addEventListener("input", () => {
    if (givenUp) return draw();
    // A step of the slider is a share of what it covers, so that numbers stay round.
    const step = grain(bound);
    const raw = Number(slider.value);
    // The knob follows the hand at once, what it changes comes with the values.
    fill(raw / bound);
    slide(Math.abs(raw) >= bound * 0.999 ? Math.sign(raw) * bound : rounded(raw, step), true);
    if (pressed) grow();
  });
  slider.addEventListener("change", () => {
    if (chosen) slide(present(), false);
  });
  const release = () => {
    givenUp = false;
    if (!pressed) return;
    pressed = false;
    clearTimeout(growing);
    const held = present();
    if (Math.abs(held) >= bound * 0.999) bound = nextBound(bound, 4);
    slide(held, false);
    draw();
    slider.blur();
  };
  slider.addEventListener("pointerup", release);
  slider.addEventListener("pointercancel", release);
  slider.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pressed) {
      event.stopPropagation();
      slide(began, true);
      release();
      givenUp = true;
      return;
    }
    const small = grain(bound) * 10;
    /** @type {Record<string, number>} */
    const moves = { ArrowRight: small, ArrowUp: small, ArrowLeft: -small, ArrowDown: -small, PageUp: bound / 5, PageDown: -bound / 5 };
    const next = event.key === "Home" ? -bound : event.key === "End" ? bound : event.key in moves ? present() + moves[event.key] : null;
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    slide(rounded(Math.max(-bound, Math.min(bound, next)), grain(bound)), false);
  });

  draw();
  const stop = store.watch(["experiment", "ground", "network", "lesson", "selected", "undo", "redo", "panel", "preferred"], draw);
  return {
    destroy() {
      stop();
      clearTimeout(growing);
      root.replaceChildren();
    },
  };
}

/** @param {import("../state/matrices.js").Block} block */
function isEarlier({ operand }) {
  return operand?.endsWith("_prev") ?? false;
}

/** Neighbours that are both read from the step before have one caption. @param {import("../state/matrices.js").Block[]} blocks */
function joined(blocks) {
  return blocks.reduce((/** @type {typeof blocks} */ done, block) => {
    const last = done[done.length - 1];
    return last && isEarlier(last) && isEarlier(block) ? [...done.slice(0, -1), { ...last, names: [...last.names, ...block.names] }] : [...done, block];
  }, []);
}

/** The value of full colour: not less than the smallest bound of a slider. @param {number[]} list */
function largest(list) {
  return Math.max(sliderBound(0), ...list.filter(Number.isFinite).map(Math.abs));
}

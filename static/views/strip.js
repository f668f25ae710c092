/**
 * The network unrolled over its sequence: what it holds at every step, and, going backward, how much each of it matters.
 */

import { element, hide, replace, set, setStyle, setText, svg, toggle } from "../draw/dom.js";
import { fit, narrow, result } from "../draw/format.js";
import { leave } from "../draw/ground.js";
import { keepGate } from "../draw/keep.js";
import { drawingsOf } from "../draw/layouts.js";
import { FOOT, HEAD, leftOf, plan, stepAt, uncut, unitAt } from "../draw/plan.js";
import { clamp } from "../draw/scale.js";
import { room } from "../draw/room.js";
import { subjectOf } from "../draw/subject.js";
import { names, unrolled } from "../draw/unrolled.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/plan.js").Plan} Plan */
/** @typedef {import("../draw/unrolled.js").Unrolled} Unrolled */

/** The gutter of names; broader where the names of layers stand in it too, and on a wall the word for targets, or names by turns in two columns. */
const NAMES = { one: 34, aimed: 46, several: 58, marked: 72 };
/** How broad a letter of a word is, on a wall more so (a Chinese sign is two), and of how many inputs each has its own name there. */
const [LETTER, LARGE_LETTER, MOST_NAMED] = [6.4, 8.5, 4];
/** What the card of the cell wants of the stage, with the gaps around it (`columns`: the least where it has several units); what is left of it where only the strip is looked at, and on a wall. What the words under the strip take; on a wall, where some may be missing, what is below it at least. */
const CELL = { forward: 0.55, backward: 0.46, operations: 0.68, least: 262, columns: 318, most: 380, whole: 540, none: 112, wall: 56 };
/** Digits of what a memory starts with, before the frame of the first step. */
const BEGUN = 3.5;
/** What is asked for, and how far the network is from it. */
const LOSSES = /** @type {const} */ (["target", "cost"]);
const NOTES = { one: 24, several: 48, narrow: 64, least: 700, forward: 16, backward: 40 };
/** On a wall the gap above the strip, and how much higher a line is in which something is chosen. */
const WALLED = { forward: 4, backward: 16 };

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function strip(root, { store, actions, document }) {
  const scroll = element(document, "div", { class: "strip-scroll" });
  const gutter = element(document, "div", { class: "strip-gutter" });
  const heads = element(document, "div", { class: "strip-heads" });
  // Views that come later draw below and above the rows, and speak under them.
  const later = ["threads", "gradients", "losses"].map((name) => ({
    node: element(document, "div", { class: `strip-${name}`, "data-view": name }),
    group: svg(document, "g", { class: `strip-${name}` }),
  }));
  const notes = element(document, "div", { class: "strip-notes" }, ...later.map(({ node }) => node));
  replace(root, element(document, "div", { class: "strip-paper" }, gutter, scroll, heads), notes);

  /** @type {Plan} */
  let layout;
  /** @type {Unrolled} */
  let drawn;
  let built = "";
  /** @type {unknown} */
  let network = null;
  let shownStep = 0;
  /** The row that the keyboard is in. */
  let focusRow = 0;
  let describing = 0;

  /** @param {State} state @returns {import("../draw/plan.js").RowRequest[]} */
  function requests(state) {
    const values = headed(derive.shownRows(state).map((address) => request(state, address)), derive.isStacked(state));
    const { backward, loss } = state.experiment;
    if (loss) values.unshift(...LOSSES.map((kind) => ({ ...request(state, loss.of), kind, units: 1, headed: false })));
    if (derive.direction(state) !== "backward" || !backward) return values;
    const gradients = derive.gradientRows(state).map((address) => ({ ...request(state, address), kind: /** @type {const} */ ("gradient") }));
    const row = (/** @type {"loss" | "reach"} */ kind) => ({ ...request(state, backward.of), kind, units: 1 });
    return [...values, ...gradients, row("reach"), row("loss")];
  }

  /** @param {State} state */
  function build(state) {
    const width = namesWidth(state);
    const paper = { room: size.width - width, high: heightFor(state), steps: derive.steps(state), large: derive.depth(state) === "strip", scrolls: limit !== null, wall: state.theme === "projector", tall: stage.height - NOTES[derive.direction(state)] };
    const wanted = requests(state);
    const key = JSON.stringify([wanted, paper, state.experiment.language, state.preferred]);
    if (key === built && network === state.network) return;
    built = key;
    network = state.network;
    layout = planned(state, wanted, paper);
    const roles = (/** @type {string} */ address) => derive.roleOf(state, address);
    const active = document.activeElement;
    const had = heads.contains(active) ? active?.getAttribute("data-layer") : null;
    // A layer that is looked into unfolds: who came to it by keyboard stays at the same value.
    const at = scroll.contains(active) ? active?.closest("[data-address]")?.getAttribute("data-address") : null;
    const [under, ...upper] = later.map(({ group }) => group);
    drawn = unrolled(document, layout, { steps: paper.steps, id: "strip", under, over: upper });
    set(drawn.plot, "aria-label", say(state, "strip.title"));
    const labels = names(document, layout, { width, roles, input: (unit) => derive.inputName(state, unit), words: derive.readsWords(state), after: say(state, "strip.after"), mark: (layer) => derive.layerMark(state, layer), wall: paper.wall });
    replace(gutter, labels);
    const over = paper.wall && layout.bottom + FOOT + notesHeight(state) + WALLED[derive.direction(state)] > stage.height;
    toggle(root, "is-over", over);
    setStyle(notes, "min-height", over ? "0" : `${notesHeight(state)}px`);
    replace(scroll, drawn.plot);
    replace(heads, ...layout.heads.map((one) => head(state, one)));
    focusRow = Math.max(0, wanted.findIndex((one) => one.kind === "memory"));
    shownStep = 0;
    for (const { node, group } of later) leave(node, { plan: layout, group, names: labels });
    if (at) {
      shownStep = state.experiment.step;
      focusRow = Math.max(0, column().findIndex((cell) => cell.getAttribute("data-address") === at));
      place(true);
      shownStep = 0;
    }
    if (had) /** @type {HTMLElement | null} */ (heads.querySelector(`[data-layer="${had}"]`))?.focus();
  }

  /** On a wall a word says below its step what comes in there: where the rows of the input, or of its gradient, would push others out, it says so alone. @param {State} state @param {import("../draw/plan.js").RowRequest[]} wanted @param {Parameters<typeof plan>[1]} paper */
  function planned(state, wanted, paper) {
    const whole = plan(wanted, paper);
    const fits = !paper.wall || !paper.large || whole.bottom + FOOT <= paper.high;
    const inputs = wanted.filter(({ kind }) => kind === "input").map(({ address }) => address);
    return fits || derive.wordAt(state, 1) === null ? whole : plan(wanted.filter(({ address }) => !inputs.includes(address)), paper);
  }

  /** The name of a layer, which folds it where it has more rows than it hands on. @param {State} state @param {Plan["heads"][number]} place */
  function head(state, { layer, y }) {
    const text = derive.layerLabel(state, layer, "short");
    const folds = derive.foldable(state).includes(layer);
    const open = derive.open(state).includes(layer);
    const node = !folds ? element(document, "span", { class: "strip-head", text }) : element(document, "button", {
      type: "button", class: "strip-head quiet", text, "data-layer": layer, "aria-expanded": String(open),
      "aria-label": say(state, open ? "strip.fold" : "strip.unfold", { layer: derive.layerLabel(state, layer) }),
      onclick: () => actions.toggleLayer(layer),
    });
    setStyle(node, "top", `${y}px`);
    setStyle(node, "height", `${HEAD}px`);
    return node;
  }

  /** What the stage can spare above the cell; without limit where the page itself scrolls. @param {State} state */
  function heightFor(state) {
    if (limit !== null) return limit;
    const alone = derive.depth(state) === "strip";
    // Who asks for every operation looks into the cell; what nobody has drawn by hand takes as much room. Of few operations the strip keeps its digits.
    const share = isLaidOut(state) ? CELL.operations : derive.isStacked(state) ? CELL.backward : CELL[derive.direction(state)];
    const cell = alone ? (state.theme === "projector" ? CELL.wall : CELL.none) : clamp(stage.height * share, columned(state) ? CELL.columns : CELL.least, share === CELL.operations ? CELL.whole : CELL.most);
    return Math.round((stage.height - cell - notesHeight(state)) / 8) * 8;
  }

  /** Of several layers there is more to choose between; the loss has a second line where there is no room beside it, or a finger needs some. @param {State} state */
  function notesHeight(state) {
    const words = derive.isStacked(state) && derive.direction(state) === "backward" ? NOTES.several : NOTES.one;
    const breaks = limit !== null && (size.width < NOTES.least || document.defaultView?.matchMedia("(pointer: coarse)").matches);
    return words + (state.experiment.loss ? NOTES[breaks ? "narrow" : "one"] : 0);
  }

  /** @param {State} state */
  function paint(state) {
    const { last } = derive.reached(state);
    const backward = derive.direction(state) === "backward";
    const step = state.experiment.step;
    const asked = derive.openPrediction(state);
    const pending = derive.pending(state);
    for (const { row, slots, links } of drawn.rows) {
      const bound = derive.range(state, row.address);
      const whole = derive.isWhole(state, row.address);
      const word = row.kind === "gate" && row.units === 1 ? wordFor(state, row.address) : undefined;
      /** A layer that reads backward has come to a step when all later ones are done. @param {number} at */
      const beyond = (at) => !backward && ((row.reverse ? at < step : at > last) || (at === step && pending(row.address)));
      slots.forEach((slot, index) => {
        const at = index + 1;
        const hidden = row.kind !== "input" && derive.isHidden(state, at, row.address);
        slot.paint({
          value: (unit) => derive.valueAt(state, row.address, at, unit) ?? NaN,
          reach: hidden ? "hidden" : row.kind !== "input" && beyond(at) ? "later" : "shown",
          question: hidden && derive.isAsked(asked, row.address, at),
          bound, whole, word, faded: row.kind === "memory" && row.units === 1 && derive.isFaded(state, row.address, at),
        });
      });
      if (row.kind !== "memory") continue;
      const gate = keepGate(state.network, row.address);
      links.forEach((link, index) => {
        const kept = gate && !derive.isHidden(state, index + 1, row.address) ? largest(state, gate, index + 1) : 1;
        toggle(link, "is-cut", kept < 0.02);
        setStyle(link, "stroke-width", String(kept < 0.02 ? 3 : 2 + 3 * Math.min(1, kept)));
        toggle(link, "is-later", !backward && (row.reverse ? index + 1 < step : index + 1 > last));
      });
      const start = drawn.starts.get(row.address);
      const begin = derive.startAt(state, row.address);
      if (start) setText(start, row.units !== 1 || begin === undefined ? "" : Number.isInteger(begin) ? fit(begin, 4, true) : narrow(begin, BEGUN));
    }
    setStyle(drawn.frame, "transform", `translateX(${(step - 1) * layout.pitch}px)`);
    drawn.steps.forEach((label, index) => {
      setText(label, derive.stepLabel(state, index + 1, layout.pitch));
      toggle(label, "is-current", index + 1 === step);
    });
    const inside = derive.mainLayer(state)?.address;
    layout.heads.forEach(({ layer }, index) => toggle(heads.children[index], "is-inside", layer === inside));
    follow(state, step);
    describe();
  }

  /** The current step stays in view; the keyboard's place goes with it. @param {State} state @param {number} step */
  function follow(state, step) {
    const moved = Math.abs(step - shownStep);
    if (moved === 0) return;
    const had = document.activeElement?.matches(".strip-plot [role=gridcell]");
    const x = leftOf(layout, step);
    const low = x - layout.pitch - 12;
    const high = x + 2 * layout.pitch;
    const wide = size.width - namesWidth(state);
    // To ask where it stands lays the page out: only a strip that is scrolled has to be asked.
    if (layout.full > wide) {
      const { scrollLeft } = scroll;
      const left = low < scrollLeft ? low : high > scrollLeft + wide ? high - wide : null;
      if (left !== null) scroll.scrollTo({ left: uncut(layout, left), behavior: state.motion && moved === 1 && shownStep > 0 ? "smooth" : "instant" });
    }
    column()[focusRow]?.setAttribute("tabindex", "-1");
    shownStep = step;
    place(Boolean(had));
  }

  /** What can be reached at the current step, top to bottom, whoever has drawn it. @returns {SVGElement[]} */
  const column = () => Array.from(drawn.plot.querySelectorAll(`[role=gridcell][data-step="${shownStep}"]`));

  /** @param {boolean} move  take the keyboard along */
  function place(move) {
    const cells = column();
    focusRow = Math.min(focusRow, cells.length - 1);
    cells[focusRow]?.setAttribute("tabindex", "0");
    if (move) cells[focusRow]?.focus({ preventScroll: true });
  }

  /** What a screen reader reads of each value waits until a drag is over: nobody can hear it sooner. */
  function describe() {
    const view = document.defaultView;
    if (!view) return;
    view.clearTimeout(describing);
    describing = view.setTimeout(() => {
      const state = store.get();
      for (const { row, slots } of drawn.rows) {
        const label = derive.symbolLabel(state, row.address);
        const layer = derive.layerLabel(state, row.address);
        const symbol = row.address.slice(row.address.lastIndexOf(".") + 1);
        const name = layer ? say(state, "strip.of-layer", { name: symbol, layer }) : symbol;
        slots.forEach((slot, index) => {
          const hidden = row.kind !== "input" && derive.isHidden(state, index + 1, row.address);
          const numbers = Array.from({ length: Math.min(row.units, 8) }, (_, unit) => result(derive.valueAt(state, row.address, index + 1, unit) ?? NaN));
          const text = hidden ? say(state, "strip.hidden") : numbers.join(", ") + (row.units > 8 ? ", …" : "");
          set(slot.node, "aria-label", say(state, "strip.value-at", { name, label, step: index + 1, value: text }));
        });
      }
    }, 200);
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const state = store.get();
    const slot = /** @type {Element} */ (event.target).closest("[data-address]");
    const box = drawn.plot.getBoundingClientRect();
    // On a wall all of it is magnified.
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((length) => (length * layout.full) / box.width);
    const step = slot ? Number(slot.getAttribute("data-step")) : stepAt(layout, x, derive.steps(state));
    const beside = x - leftOf(layout, step);
    const near = beside >= 0 && beside <= layout.width ? unitAt(layout, y) : null;
    const address = slot ? slot.getAttribute("data-address") : near && near.row.units > 1 ? near.row.address : null;
    if (!address || (address !== derive.INPUT && derive.isHidden(state, step, address))) return void actions.seek(step);
    actions.enter(address, near?.unit ?? derive.unit(state), step);
  }

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    const cell = /** @type {Element} */ (event.target).closest("[data-address]");
    if (!cell || !cell.matches(":focus-visible") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by) {
      const cells = column();
      cell.setAttribute("tabindex", "-1");
      focusRow = (cells.indexOf(/** @type {SVGElement} */ (cell)) + by + cells.length) % cells.length;
      place(true);
    } else if (event.key === "Enter") {
      const state = store.get();
      const address = cell.getAttribute("data-address") ?? "";
      if (address !== derive.INPUT && derive.isHidden(state, shownStep, address)) return;
      actions.enter(address, derive.unit(state), shownStep);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const draw = () => {
    const state = store.get();
    hide(root, derive.isWide(state));
    if (root.hidden) return;
    build(state);
    paint(state);
  };
  scroll.addEventListener("click", click);
  scroll.addEventListener("keydown", keydown);
  // What a finger has moved comes to rest between two steps.
  scroll.addEventListener("scrollend", () => scroll.scrollTo({ left: uncut(layout, scroll.scrollLeft - layout.pitch / 2), behavior: store.get().motion ? "smooth" : "instant" }));
  // A click leaves the keys with the stage: arrows go on stepping.
  scroll.addEventListener("mousedown", (event) => event.preventDefault());
  const size = room(root, draw);
  let limit = limitOf(document);
  const stage = room(root.parentElement ?? root, () => {
    limit = limitOf(document);
    draw();
  });
  const stop = store.watch(["setting", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred", "motion"], draw);
  draw();
  return {
    destroy() {
      stop();
      size.stop();
      stage.stop();
      replace(root);
    },
  };
}

/** The longest word has its room, of the inputs where each has its own, and of a cell's names; before these stands a ∂. @param {State} state */
function namesWidth(state) {
  const wall = state.theme === "projector";
  const usual = derive.isStacked(state) ? NAMES[wall ? "marked" : "several"] : wall && state.experiment.loss ? NAMES.aimed : NAMES.one;
  const inputs = Array.from({ length: derive.unitCount(state, derive.INPUT) }, (_, unit) => derive.inputName(state, unit));
  const words = [...(inputs.length > MOST_NAMED ? [] : inputs), ...derive.shownRows(state).map((address) => `∂${derive.bare(address)} `)];
  return Math.max(usual, ...words.map((word) => (wall ? LARGE_LETTER : LETTER) * word.replace(/[\u2e80-\uffff]/g, "  ").length));
}

/** Which layers of a network have no drawing by hand, one of more columns than this, or more operations, where these are drawn. @type {WeakMap<object, Record<string, boolean>>} */
const LAID_OUT = new WeakMap();
const MOST_DRAWN = 7;
const MOST_OPERATIONS = 5;

/** Whether the layer that is looked into is one of them. @param {State} state */
function isLaidOut(state) {
  const known = LAID_OUT.get(state.network) ?? {};
  const layer = derive.mainLayer(state)?.address ?? "";
  const whole = derive.drawing(state) === "operations";
  LAID_OUT.set(state.network, known);
  return (known[`${layer} ${whole}`] ??= isLarge(state, layer, whole));
}

/** @param {State} state @param {string} layer @param {boolean} whole  every operation is drawn */
function isLarge(state, layer, whole) {
  const subject = subjectOf(state.network, "gate", layer);
  const columns = subject.nodes.filter(({ id, kind }) => kind === "value" && !id.includes(":")).length;
  if ((columned(state) && columns > MOST_DRAWN) || drawingsOf(subject).length === 0) return true;
  return whole && subjectOf(state.network, "operation", layer).nodes.filter(({ kind }) => kind === "op").length > MOST_OPERATIONS;
}

/** Whether the cell is drawn with columns. @param {State} state */
function columned(state) {
  return Number(state.network.layers[0].sizes.units ?? 1) > 1;
}

/** How high the strip may be where the page itself scrolls, null where the stage has to share. @param {Document} document */
function limitOf(document) {
  const view = document.defaultView;
  if (!view?.matchMedia("(max-width: 1100px)").matches) return null;
  return view.matchMedia("(max-width: 760px)").matches ? 264 : Infinity;
}

/** @param {State} state @param {string} address @returns {import("../draw/plan.js").RowRequest} */
function request(state, address) {
  const role = derive.roleOf(state, address);
  const kind = role === "state" ? "memory" : role === "gate" || role === "input" ? role : "value";
  return { address, kind, units: derive.unitCount(state, address), layer: address.slice(0, address.lastIndexOf(".")), reverse: derive.isReversed(state, address) };
}

/** The first row of each layer has the layer's name above it. @param {import("../draw/plan.js").RowRequest[]} rows @param {boolean} wanted */
function headed(rows, wanted) {
  return rows.map((row, index) => ({ ...row, headed: wanted && /\.[1-9]\d*\./.test(row.address) && row.layer !== rows[index - 1]?.layer }));
}

/** @param {State} state @param {string} address */
function wordFor(state, address) {
  const forget = /^forget (gate|factor)$/.test(state.network.symbols[address]?.label ?? "");
  return (/** @type {number} */ opening) => {
    if (opening >= 0.9) return say(state, forget ? "strip.keep" : "strip.open");
    return opening <= 0.1 ? say(state, "strip.shut") : opening.toFixed(2);
  };
}

/** @param {State} state @param {string} address @param {number} step */
function largest(state, address, step) {
  let most = 0;
  for (let unit = 0; unit < derive.unitCount(state, address); unit++) most = Math.max(most, Math.abs(derive.valueAt(state, address, step, unit) ?? 0));
  return most;
}

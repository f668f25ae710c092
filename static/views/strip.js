/**
 * The network unrolled over its sequence: what it holds at every step, and, going backward, how much each of it matters.
 */

import { set, setStyle, setText, toggle, element, replace } from "../draw/dom.js";
import { fit, result, tenTo } from "../draw/format.js";
import { keepGate } from "../draw/keep.js";
import { leftOf, plan, stepAt } from "../draw/plan.js";
import { DECADES, clamp, decadeAbove, magnitude } from "../draw/scale.js";
import { ramp } from "../draw/ramp.js";
import { room } from "../draw/room.js";
import { names, unrolled } from "../draw/unrolled.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/plan.js").Plan} Plan */
/** @typedef {import("../draw/unrolled.js").Unrolled} Unrolled */

const NAMES = 34;
/** What the card of the cell wants of the stage, with the gaps around it; what the scale of the gradients takes; the gaps where there is no card. */
const CELL = { forward: 0.55, backward: 0.43, least: 262, most: 380, none: 56 };
const LEGEND = 20;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function strip(root, { store, actions, document }) {
  const scroll = element(document, "div", { class: "strip-scroll" });
  const gutter = element(document, "div", { class: "strip-gutter" });
  const legend = element(document, "p", { class: "strip-legend" });
  replace(root, element(document, "div", { class: "strip-paper" }, gutter, scroll), legend);

  /** @type {Plan} */
  let layout;
  /** @type {Unrolled} */
  let drawn;
  let built = "";
  /** @type {unknown} */
  let network = null;
  let shownStep = 0;
  /** @type {{row: number}} */
  const focus = { row: 0 };
  let describing = 0;

  /** @param {State} state @returns {import("../draw/plan.js").RowRequest[]} */
  function requests(state) {
    const values = derive.rows(state).map((address) => request(state, address));
    if (derive.direction(state) !== "backward") return values;
    return [...values, ...derive.gradientRows(state).map((address) => ({ ...request(state, address), kind: /** @type {const} */ ("gradient") }))];
  }

  /** @param {State} state */
  function build(state) {
    const paper = { room: size.width - NAMES, high: heightFor(state), steps: derive.steps(state), large: derive.depth(state) === "strip", scrolls: limit !== null };
    const wanted = requests(state);
    const key = JSON.stringify([wanted, paper, state.experiment.language, state.preferred]);
    if (key === built && network === state.network) return;
    built = key;
    network = state.network;
    layout = plan(wanted, paper);
    const roles = (/** @type {string} */ address) => derive.roleOf(state, address);
    const layers = new Set(wanted.map((one) => one.layer).filter((one) => /\.[1-9]\d*\./.test(one)));
    drawn = unrolled(document, layout, { steps: paper.steps, roles, id: "strip" });
    set(drawn.plot, "aria-label", say(state, "strip.title"));
    replace(gutter, names(document, layout, {
      roles, input: (unit) => derive.inputName(state, unit), after: say(state, "strip.after"),
      layerMark: (layer) => (layers.size > 1 ? layer.split(".")[1].replace("readout", "") : ""),
    }));
    replace(scroll, drawn.plot);
    focus.row = Math.max(0, wanted.findIndex((one) => one.kind === "memory"));
    shownStep = 0;
  }

  /** What the stage can spare above the cell; without limit where the page itself scrolls. @param {State} state */
  function heightFor(state) {
    if (limit !== null) return limit;
    const legendHeight = derive.direction(state) === "backward" || derive.isStateless(state) ? LEGEND : 0;
    const alone = derive.depth(state) === "strip";
    const cell = alone ? CELL.none : clamp(stage.height * CELL[derive.direction(state)], CELL.least, CELL.most);
    return Math.round((stage.height - cell - legendHeight) / 8) * 8;
  }

  /** @param {State} state */
  function paint(state) {
    const { first, last } = derive.reached(state);
    const backward = derive.direction(state) === "backward";
    const step = state.experiment.step;
    const asked = derive.openPrediction(state);
    const top = decadeAbove(derive.gradientBound(state));
    const order = executed(state);
    for (const { row, slots, links, heads } of drawn.rows) {
      const gradient = row.kind === "gradient";
      const bound = derive.range(state, row.address);
      const get = gradient ? derive.gradientAt : derive.valueAt;
      const whole = derive.isWhole(state, row.address, gradient ? "gradients" : "values");
      const word = row.kind === "gate" && row.units === 1 ? wordFor(state, row.address) : undefined;
      slots.forEach((slot, index) => {
        const at = index + 1;
        const hidden = row.kind !== "input" && derive.isHidden(state, at, row.address);
        const beyond = gradient ? at < first || (at === step && order(row.address)) : !backward && (at > last || (at === step && order(row.address)));
        slot.paint({
          value: (unit) => get(state, row.address, at, unit) ?? NaN,
          reach: hidden ? "hidden" : beyond && row.kind !== "input" ? "later" : "shown",
          question: hidden && asked?.of === row.address && asked.step === at,
          bound, top, whole, word,
        });
      });
      if (row.kind === "memory") {
        const gate = keepGate(state.network, row.address);
        links.forEach((link, index) => {
          const kept = gate && !derive.isHidden(state, index + 1, row.address) ? largest(state, gate, index + 1) : 1;
          toggle(link, "is-cut", kept < 0.02);
          setStyle(link, "stroke-width", String(kept < 0.02 ? 3 : 2 + 3 * Math.min(1, kept)));
          toggle(link, "is-later", !backward && index + 1 > last);
        });
        const start = drawn.starts.get(row.address);
        if (start) setText(start, row.units === 1 ? fit(state.experiment.initial[row.address]?.[0] ?? 0, 3, true) : "");
      }
      if (gradient) links.forEach((link, index) => {
        const flow = magnitude(largest(state, `${row.address}`, index + 2, true), top);
        const thin = index + 1 < first || flow === 0;
        setStyle(link, "stroke-width", String(thin ? 1 : 1.5 + 5 * flow));
        toggle(link, "is-later", thin);
        toggle(heads[index], "is-later", thin);
      });
    }
    setStyle(drawn.frame, "transform", `translateX(${(step - 1) * layout.pitch}px)`);
    drawn.steps.forEach((label, index) => {
      setText(label, headOf(state, index + 1, layout.pitch));
      toggle(label, "is-current", index + 1 === step);
    });
    paintLegend(state, backward, top);
    follow(state, step);
    describe();
  }

  /** @param {State} state @param {boolean} backward @param {number} top */
  function paintLegend(state, backward, top) {
    const scale = !backward ? "" : say(state, "strip.scale", { of: derive.lossName(state), step: state.experiment.backward?.step ?? 1, low: tenTo(top - DECADES), high: tenTo(top) });
    const said = [scale, derive.isStateless(state) ? say(state, "strip.stateless") : ""].filter(Boolean).join(". ");
    legend.hidden = said === "";
    if (legend.dataset.said === said) return;
    legend.dataset.said = said;
    replace(legend, backward ? ramp(document) : null, said);
  }

  /** The current step stays in view; the keyboard's place goes with it. @param {State} state @param {number} step */
  function follow(state, step) {
    const moved = Math.abs(step - shownStep);
    if (moved === 0) return;
    const had = drawn.plot.contains(document.activeElement);
    const x = leftOf(layout, step);
    const low = x - layout.pitch - 12;
    const high = x + 2 * layout.pitch;
    const room = scroll.clientWidth;
    const left = low < scroll.scrollLeft ? low : high > scroll.scrollLeft + room ? high - room : null;
    if (left !== null && layout.full > room) {
      scroll.scrollTo({ left, behavior: state.motion && moved === 1 && shownStep > 0 ? "smooth" : "instant" });
    }
    const old = drawn.rows[focus.row]?.slots[shownStep - 1];
    old?.node.setAttribute("tabindex", "-1");
    shownStep = step;
    place(had);
  }

  /** @param {boolean} move  take the keyboard along */
  function place(move) {
    const cell = drawn.rows[focus.row]?.slots[shownStep - 1]?.node;
    cell?.setAttribute("tabindex", "0");
    if (move) cell?.focus({ preventScroll: true });
  }

  /** What a screen reader reads of each value waits until a drag is over: nobody can hear it sooner. */
  function describe() {
    const view = document.defaultView;
    if (!view) return;
    view.clearTimeout(describing);
    describing = view.setTimeout(() => {
      const state = store.get();
      for (const { row, slots } of drawn.rows) {
        const gradient = row.kind === "gradient";
        const get = gradient ? derive.gradientAt : derive.valueAt;
        const label = derive.symbolLabel(state, row.address);
        const name = row.address.slice(row.address.lastIndexOf(".") + 1);
        slots.forEach((slot, index) => {
          const hidden = row.kind !== "input" && derive.isHidden(state, index + 1, row.address);
          const numbers = Array.from({ length: Math.min(row.units, 8) }, (_, unit) => result(get(state, row.address, index + 1, unit) ?? NaN));
          const text = hidden ? say(state, "strip.hidden") : numbers.join(", ") + (row.units > 8 ? ", …" : "");
          set(slot.node, "aria-label", say(state, gradient ? "strip.gradient-at" : "strip.value-at", { name, label, step: index + 1, value: text }));
        });
      }
    }, 200);
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const state = store.get();
    const target = /** @type {Element} */ (event.target);
    const slot = target.closest("[data-address]");
    const box = drawn.plot.getBoundingClientRect();
    const step = slot ? Number(slot.getAttribute("data-step")) : stepAt(layout, event.clientX - box.left, derive.steps(state));
    const address = slot?.getAttribute("data-address");
    if (!address || (address !== derive.INPUT && derive.isHidden(state, step, address))) return void actions.seek(step);
    actions.pin(address, Number(target.closest("[data-unit]")?.getAttribute("data-unit") ?? derive.unit(state)), step);
  }

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    const cell = /** @type {Element} */ (event.target).closest("[data-address]");
    if (!cell || !cell.matches(":focus-visible") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by) {
      cell.setAttribute("tabindex", "-1");
      focus.row = (focus.row + by + drawn.rows.length) % drawn.rows.length;
      place(true);
    } else if (event.key === "Enter") {
      const state = store.get();
      const address = cell.getAttribute("data-address") ?? "";
      if (address !== derive.INPUT && derive.isHidden(state, shownStep, address)) return;
      actions.pin(address, derive.unit(state), shownStep);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const draw = () => {
    const state = store.get();
    root.hidden = derive.isWide(state);
    if (root.hidden) return;
    build(state);
    paint(state);
  };
  scroll.addEventListener("click", click);
  scroll.addEventListener("keydown", keydown);
  // A click leaves the keys with the stage: arrows go on stepping.
  scroll.addEventListener("mousedown", (event) => event.preventDefault());
  const size = room(root, draw);
  let limit = limitOf(document);
  const stage = room(root.parentElement ?? root, () => {
    limit = limitOf(document);
    draw();
  });
  const stop = store.watch(["experiment", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred", "motion"], draw);
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

/** Below a column: its step, and the word that is read there. @param {State} state @param {number} step @param {number} pitch */
function headOf(state, step, pitch) {
  const word = derive.wordAt(state, step);
  if (word !== null) return pitch >= 100 ? say(state, "strip.word", { step, word }) : word;
  return pitch >= 60 ? say(state, "strip.step", { step }) : String(step);
}

/** How high the strip may be where the page itself scrolls, null where the stage has to share. @param {Document} document */
function limitOf(document) {
  const view = document.defaultView;
  if (!view?.matchMedia("(max-width: 1100px)").matches) return null;
  return view.matchMedia("(max-width: 760px)").matches ? 340 : Infinity;
}

/** @param {State} state @param {string} address @returns {import("../draw/plan.js").RowRequest} */
function request(state, address) {
  const role = derive.roleOf(state, address);
  const kind = role === "state" ? "memory" : role === "gate" || role === "input" ? role : "value";
  return { address, kind, units: derive.unitCount(state, address), layer: address.slice(0, address.lastIndexOf(".")) };
}

/**
 * Whether the second clock has yet to come to a symbol.
 * @param {State} state
 * @returns {(address: string) => boolean}
 */
function executed(state) {
  const { equation } = state;
  if (equation === null) return () => false;
  const back = derive.direction(state) === "backward";
  const layer = state.network.layers.find((one) => one.layer !== "readout");
  const equations = layer ? state.network.programs[layer.program].equations : [];
  return (address) => {
    if (!layer || !address.startsWith(`${layer.address}.`)) return address !== derive.INPUT;
    const turn = equations.findIndex((one) => `${layer.address}.${one.target}` === address);
    return back ? turn < equations.length - 1 - equation : turn > equation;
  };
}

/** @param {State} state @param {string} address */
function wordFor(state, address) {
  const forget = /^forget (gate|factor)$/.test(state.network.symbols[address]?.label ?? "");
  return (/** @type {number} */ opening) => {
    if (opening >= 0.9) return say(state, forget ? "strip.keep" : "strip.open");
    return opening <= 0.1 ? say(state, "strip.shut") : opening.toFixed(2);
  };
}

/** @param {State} state @param {string} address @param {number} step @param {boolean} [gradient] */
function largest(state, address, step, gradient = false) {
  const get = gradient ? derive.gradientAt : derive.valueAt;
  let most = 0;
  for (let unit = 0; unit < derive.unitCount(state, address); unit++) most = Math.max(most, Math.abs(get(state, address, step, unit) ?? 0));
  return most;
}

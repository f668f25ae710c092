/**
 * Inside the cell: one step's diagram with what flows through it.
 */

import { contribution } from "../draw/arithmetic.js";
import { cellFigure, paintWire, scaleOf, travel } from "../draw/cellfigure.js";
import { element, replace, set, setText, toggle } from "../draw/dom.js";
import { gradientNamed } from "../draw/evaluate.js";
import { backAlong, fromLater, gradientOf, sentFrom, valueOf } from "../draw/flow.js";
import { brief, result } from "../draw/format.js";
import { layout } from "../draw/layout.js";
import { drawingFor } from "../draw/layouts.js";
import { numbersOf } from "../draw/numbers.js";
import { clamp, decadeAbove, magnitude } from "../draw/scale.js";
import { addressOf, factorText, gateWord, isReadout, roleOf, subjectOf, turnOf } from "../draw/subject.js";
import { room } from "../draw/room.js";
import { rove } from "../draw/roving.js";
import { choice } from "../draw/switch.js";
import { letters } from "../draw/symbol.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/cellfigure.js").CellFigure} CellFigure */
/** @typedef {import("../draw/subject.js").Subject} Subject */

const DRAWINGS = ["valves", "operations", "formulas"];
/** The longest a movement within a step may take, as a share of the step and in milliseconds. */
const SHARE = 0.6;
const LONGEST = 600;
/** The scale at which the drawing's own type can just be read, and the most that larger type may ask of its room. */
const READABLE = 0.9;
const MOST_ENLARGED = 1.25;
/** Smaller than this share of its natural size a drawing scrolls instead. */
const LEAST = { drawn: 0.62, full: 0.54, laid: 0.6 };
/** Below this width the drawing is another one, and the head stands above it. */
const NARROW = 480;
/** What the head takes where no corner of the drawing is free for it. */
const HEAD = 44;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function cell(root, { store, actions, document }) {
  const title = element(document, "h2", { class: "cell-title" });
  const pick = choice(document, DRAWINGS, (name) => actions.setDrawing(name));
  const unitText = element(document, "span", { class: "unit-text" });
  const unitDown = element(document, "button", { type: "button", class: "unit-button", text: "−", onclick: () => actions.nextUnit(-1) });
  const unitUp = element(document, "button", { type: "button", class: "unit-button", text: "+", onclick: () => actions.nextUnit(1) });
  const unitPicker = element(document, "div", { class: "unit-picker" }, unitDown, unitText, unitUp);
  const stage = element(document, "div", { class: "cell-stage" });
  replace(root, element(document, "header", { class: "cell-head" }, title, unitPicker, pick.node), stage);

  /** @type {CellFigure | null} */
  let figure = null;
  /** @type {Subject} */
  let subject;
  let built = "";
  /** @type {unknown} */
  let network = null;
  let shownStep = 0;
  /** @type {number | null} */
  let shownEquation = null;
  let place = 0;
  let enlarged = 1;

  /** @param {State} state */
  function build(state) {
    const drawing = derive.drawing(state);
    const level = drawing === "operations" ? "operation" : "gate";
    const narrow = size.width < NARROW;
    const aspect = Math.round((5 * size.width) / Math.max(1, size.height - (level === "operation" ? HEAD : 0))) / 5;
    const key = [drawing === "formulas" ? drawing : level, narrow, aspect].join();
    toggle(root, "is-narrow", narrow);
    if (key === built && network === state.network) return;
    built = key;
    network = state.network;
    shownStep = 0;
    subject = subjectOf(state.network, level);
    if (drawing === "formulas") {
      figure = null;
      toggle(root, "is-full", false);
      return replace(stage);
    }
    const full = numbersOf(state, subject.layer).full;
    const address = (/** @type {any} */ node) => addressOf(subject, node, full);
    const unitsOf = (/** @type {any} */ node) => {
      const at = address(node);
      return at ? derive.unitCount(state, at) : 1;
    };
    const most = Math.max(1, ...subject.nodes.filter((node) => node.kind === "value").map(unitsOf));
    const drawn = level === "gate" ? drawingFor(subject, { units: most, narrow, aspect }) : null;
    const paper = drawn ?? layout(subject, { units: unitsOf, aspect });
    const known = new Map(subject.nodes.map((node) => [node.id, node]));
    figure = cellFigure(document, paper, subject.nodes, {
      address, units: unitsOf,
      nameOf: (wire) => {
        const node = known.get(wire.name);
        return node ? address(node) : null;
      },
      roleOf: (name) => roleOf(subject, name),
    });
    const least = drawn?.full ? LEAST.full : drawn ? LEAST.drawn : LEAST.laid;
    figure.figure.style.setProperty("--least", `${Math.round(paper.width * least)}px`);
    figure.figure.style.setProperty("--least-height", `${Math.round(paper.height * least)}px`);
    toggle(root, "is-full", paper.full === true);
    replace(stage, figure.figure);
    enlarge();
    place = Math.max(0, figure.places.findIndex(({ node }) => node.role === "state" && node.kind === "value"));
    figure.places[place]?.group.setAttribute("tabindex", "0");
  }

  /** @param {State} state */
  function paintHead(state) {
    setText(title, say(state, "cell.title"));
    pick.paint(derive.drawing(state), say(state, "cell.drawing"), (name) => say(state, `cell.${name}`));
    const count = Number(state.network.layers[0].sizes.units ?? 1);
    unitPicker.hidden = count < 2;
    if (count < 2) return;
    setText(unitText, say(state, "cell.unit", { unit: derive.unit(state) + 1, count }));
    set(unitDown, "aria-label", say(state, "cell.unit-previous"));
    set(unitUp, "aria-label", say(state, "cell.unit-next"));
    unitDown.disabled = derive.unit(state) === 0;
    unitUp.disabled = derive.unit(state) === count - 1;
  }

  /** @param {State} state */
  function paint(state) {
    paintHead(state);
    if (!figure) return;
    const step = state.experiment.step;
    const unit = derive.unit(state);
    const back = derive.direction(state) === "backward";
    const hidden = derive.isHidden(state, step);
    const turns = subject.program.equations.length;
    const now = state.equation === null ? null : back ? turns - 1 - state.equation : state.equation;
    /** @type {(id: string) => "lit" | "present" | "later" | "hidden"} */
    const reach = (id) => {
      const turn = turnOf(subject, id);
      if (hidden) return "hidden";
      if (now === null || turn < 0) return "lit";
      if (turn === now) return "present";
      return (back ? turn > now : turn < now) ? "lit" : "later";
    };
    const own = numbersOf(state, subject.layer);
    const other = subject.readout ? numbersOf(state, subject.readout) : own;
    const numbers = (/** @type {string} */ id) => (isReadout(subject, id) ? other : own);
    const top = decadeAbove(derive.gradientBound(state));
    /** What has fewer units than the one spoken of shows its last. @param {string} id */
    const unitOf = (id) => Math.min(unit, derive.unitCount(state, numbers(id).full(id.split(/[:/]/)[0])) - 1);
    set(figure.figure, "aria-label", say(state, "cell.figure", { step }));
    toggle(figure.figure, "is-back", back);

    for (const drawn of figure.wires) {
      const { wire } = drawn;
      const value = back && wire.onward ? fromLater(wire.name, own, unitOf(wire.name), step) : back ? backAlong(wire, numbers(wire.to), unitOf(wire.from), step) : sentFrom(wire.from, numbers(wire.from), unitOf(wire.from), step);
      const node = wire.name.split(/[:/]/)[0];
      const bound = derive.range(state, numbers(node).full(node));
      const flow = hidden ? 0 : back ? magnitude(value, top) : Number.isNaN(value) ? 1 : Math.abs(value) / bound;
      paintWire(drawn, { flow, reach: reach(wire.onward ? wire.from : wire.to), back });
    }
    for (const { node, drawn, label, group } of figure.places) {
      const at = addressOf(subject, node, numbers(node.id).full);
      const given = node.kind === "input" || node.kind === "before" || node.kind === "parameter";
      const known = !hidden || given;
      toggle(group, "is-later", !given && reach(node.id) === "later");
      toggle(group, "is-present", reach(node.id) === "present" && !given);
      const value = (/** @type {number} */ index) => (at ? derive.valueAt(state, at, step, index) ?? NaN : NaN);
      drawn.paint({ value, bound: at ? derive.range(state, at) : 1, known, unit, whole: at !== null && derive.isWhole(state, at) });
      const text = words(state, node, at, { known, unit, back, value, numbers: numbers(node.id) });
      label?.paint(text, enlarged);
      if (at && group.hasAttribute("role")) {
        const shown = known ? result(value(Math.min(unit, derive.unitCount(state, at) - 1))) : say(state, "cell.hidden");
        const spoken = say(state, "cell.value", { name: text.letter + (text.sub ?? ""), label: derive.symbolLabel(state, at), value: shown });
        set(group, "aria-label", [spoken, text.word, text.gradient].filter(Boolean).join(", "));
      }
    }
    for (const { note, node, paint: write } of figure.notes) {
      if (note.stub) write(letters(note.stub).letter, letters(note.stub).sub, enlarged);
      else if (note.onward) {
        const next = own.next(step);
        const value = fromLater(note.onward, own, unitOf(note.onward), step);
        write(next ? say(state, back ? "cell.from-step" : "cell.onward", { step: next }) : "", back && next && !hidden ? brief(value) : "", enlarged);
      } else if (note.op) {
        const value = valueOf(note.op, own, unitOf(note.op), step);
        const factors = subject.edges.filter((edge) => edge.to === note.op).map((edge) => factorText(subject, edge.from));
        write(factors.join(" × "), hidden ? "" : numberText(back ? gradientOf(note.op, own, unitOf(note.op), step) : value), enlarged);
        toggle(node, "is-later", reach(note.op) === "later");
      } else if (note.wire) {
        const [from, to] = note.wire.split(" ");
        const wire = figure.wires.find((one) => one.wire.from === from && one.wire.to === to)?.wire;
        if (!wire) continue;
        const part = note.word ? null : contribution(to, from, numbers(to), unitOf(to), step);
        const onward = back && note.word && from.endsWith("_prev") ? say(state, step > 1 ? "cell.to-step" : "cell.to-start", { step: step - 1 }) : "";
        const forward = note.word ? valueOf(from, numbers(from), unitOf(from), step) : part?.value ?? NaN;
        const shown = hidden && from !== "c_prev" ? "" : numberText(back ? backAlong(wire, numbers(to), unitOf(from), step) : forward);
        write(back ? onward : note.word ? say(state, note.word) : part?.written ?? "", shown, enlarged);
        toggle(node, "is-later", reach(to) === "later" && (back || !from.endsWith("_prev")));
      }
    }
    animate(state, { step, back, hidden, now });
  }

  /**
   * @param {State} state
   * @param {any} node
   * @param {string | null} at
   * @param {{known: boolean, unit: number, back: boolean, value: (index: number) => number, numbers: import("../draw/numbers.js").Numbers}} how
   * @returns {import("../draw/places.js").LabelText}
   */
  function words(state, node, at, { known, unit, back, value, numbers }) {
    const name = node.name || node.id;
    const { letter, sub } = letters(name);
    if (node.kind === "number") return { letter: node.label, number: "", word: "", gradient: "" };
    const index = at ? Math.min(unit, derive.unitCount(state, at) - 1) : 0;
    const now = value(index);
    const gate = node.role === "gate";
    const { step } = state.experiment;
    const inBox = figure?.places.find((one) => one.node === node)?.drawn.full ?? false;
    const gradient = back && at && node.kind !== "parameter" ? gradientNamed(name, numbers, index, step) : NaN;
    return {
      letter, sub,
      number: known && !inBox && at && node.kind !== "parameter" && now === now ? (derive.isWhole(state, at) && !gate ? brief(now) : result(now)) : "",
      word: node.kind === "before" ? say(state, "cell.before")
        : node.role === "state" && node.kind === "value" ? say(state, "cell.after")
        : gate && known && !back ? say(state, `cell.${gateWord(node, now)}`) : "",
      gradient: Number.isNaN(gradient) ? ""
        : node.kind === "before" ? `${say(state, step > 1 ? "cell.to-step" : "cell.to-start", { step: step - 1 })} ${result(gradient)}`
        : `dL/d${letter} ${result(gradient)}`,
    };
  }

  /** @param {State} state @param {{step: number, back: boolean, hidden: boolean, now: number | null}} how */
  function animate(state, { step, back, hidden, now }) {
    const stepped = Math.abs(step - shownStep) === 1 && shownStep > 0;
    const turned = state.equation !== shownEquation && now !== null;
    shownStep = step;
    shownEquation = state.equation;
    if (!figure || !state.motion || hidden || !(stepped || turned)) return;
    const duration = Math.min(LONGEST, (SHARE * 1000) / (state.playing ? state.speed : 1));
    travel(turned ? figure.wires.filter(({ wire }) => turnOf(subject, wire.to) === now) : figure.wires, { duration, back });
  }

  /** @param {Event} event */
  function open(event) {
    const target = /** @type {Element} */ (event.target).closest("[data-address]");
    const address = target?.getAttribute("data-address");
    const state = store.get();
    if (!address || derive.isHidden(state, state.experiment.step, address)) return;
    if (state.network.symbols[address]?.kind === "parameter") return void actions.selectWeight(address, [0, 0]);
    actions.pin(address, derive.unit(state), state.experiment.step);
  }

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    if (!figure || !rove(event, figure.places.map(({ group }) => group), open)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  const draw = () => {
    const state = store.get();
    root.hidden = derive.depth(state) === "strip";
    if (root.hidden) return;
    build(state);
    paint(state);
  };

  /** Type stays readable where the drawing has to be small. */
  function enlarge() {
    if (!figure) return;
    enlarged = clamp(READABLE / scaleOf(figure.figure), 1, MOST_ENLARGED);
    figure.figure.style.setProperty("--enlarged", String(enlarged));
  }

  stage.addEventListener("click", open);
  stage.addEventListener("keydown", keydown);
  // A click leaves the keys with the stage: arrows go on stepping.
  stage.addEventListener("mousedown", (event) => event.preventDefault());
  const size = room(root, () => {
    build(store.get());
    enlarge();
    draw();
  });
  const stop = store.watch(["experiment", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred", "motion", "pinned"], draw);
  draw();
  return {
    destroy() {
      stop();
      size.stop();
      replace(root);
    },
  };
}

/** @param {number} value */
function numberText(value) {
  return Number.isNaN(value) ? "" : brief(value);
}

/**
 * Inside the cell: one step's diagram with what flows through it.
 */

import { cellFigure, paintWire, scaleOf, travel, viewOf } from "../draw/cellfigure.js";
import { cellHead } from "../draw/cellhead.js";
import { element, hide, replace, set, setText, toggle } from "../draw/dom.js";
import { backAlong, fromLater, sentFrom } from "../draw/flow.js";
import { result } from "../draw/format.js";
import { drawingFor, drawingsOf } from "../draw/layouts.js";
import { enlargedAt, leastOf, legible, typeOf } from "../draw/legible.js";
import { numbersOf } from "../draw/numbers.js";
import { decadeAbove, magnitude } from "../draw/scale.js";
import { addressOf, isReadout, roleOf, subjectOf, turnOf } from "../draw/subject.js";
import { room } from "../draw/room.js";
import { rove } from "../draw/roving.js";
import { labelText, noteText, short } from "../draw/wording.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/cellfigure.js").CellFigure} CellFigure */
/** @typedef {import("../draw/subject.js").Subject} Subject */
/** @typedef {{back: boolean, step: number, hidden: boolean, now: number | null, moving: boolean, turned: boolean}} Moment  `now`: the equation that is executed; `turned`: only that one */

/** What is wanted after the first picture. */
const late = () => import("../draw/moving.js");

/** The longest a movement within a step may take, as a share of the step and in milliseconds; of one equation, whose numbers are read; from one depth to the next. */
const SHARE = 0.6;
/** Milliseconds: what passes sooner is not followed by any eye, and costs the frames in which it does. */
const SHORTEST = 200;
const LONGEST = { step: 600, equation: 1100, depth: 360 };
/** What is cut off by less than this is not missed. */
const CUT = 8;
/** Below this width the drawing is another one, and the head stands above it. */
const NARROW = 480;
/** Below this one what can be chosen in the head reaches as far as the drawing's middle. */
const CRAMPED = 560;
/** The most that the head takes where no corner of the drawing is free for it (a width that changes by less draws nothing anew), what is between it and the drawing, and the line more that words have going backward, where the drawing has no room for them. */
const [HEAD, EDGE, FOOT] = [56, 12, 18];
/** A wall shows no head; what is left around its drawing. */
const AROUND = 8;
/** What the choice between layers takes below it. */
const LAYERS = 32;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function cell(root, { store, actions, document }) {
  const head = cellHead(document, { choose: (name) => actions.setDrawing(name), next: (by) => actions.nextUnit(by), fold: () => actions.setDepth(derive.depth(store.get()) === "strip" ? "cell" : "strip") });
  // Loaded where there are several.
  const layers = element(document, "div", { class: "cell-layers", "data-view": "layers", hidden: true });
  const stage = element(document, "div", { class: "cell-stage" });
  const hint = element(document, "p", { class: "cell-hint" });
  replace(root, head.node, layers, stage, hint);

  /** @type {CellFigure | null} */
  let figure = null;
  /** @type {Awaited<ReturnType<typeof late>> | null} */
  let more = null;
  /** @type {Promise<unknown> | null} */
  let loading = null;
  /** @type {Subject} */
  let subject;
  /** The drawings by hand of the gate level, and what is drawn. @type {string[]} */
  let kinds = [];
  let kind = "";
  let built = "";
  /** @type {unknown} */
  let network = null;
  let shownStep = 0;
  /** @type {number | null} */
  let shownEquation = null;
  /** How much larger small type is in this theme, beyond that where the drawing has room for it, and how far apart lines are. */
  let theme = 1;
  let made = 1;
  let planned = /** @type {number | null} */ (null);
  let lines = 1;
  let above = HEAD;
  /** Only the strip is looked at: of the cell its name is left, which opens it. */
  let shut = false;

  /** @param {State} state */
  function build(state) {
    const layer = derive.mainLayer(state)?.address ?? "";
    const reversed = derive.isReversed(state, layer);
    const several = derive.isStacked(state);
    if (network !== state.network || subject?.layer !== layer) kinds = drawingsOf(subjectOf(state.network, "gate", layer));
    // Where nothing was chosen, a telephone has the drawing that fits it.
    const wanted = size.width < NARROW && state.experiment.view.drawing === undefined ? kinds[0] : derive.drawing(state);
    kind = wanted === "operations" || wanted === "formulas" || kinds.includes(wanted) ? wanted : kinds[0] ?? "overview";
    const level = kind === "operations" ? "operation" : "gate";
    const narrow = size.width < NARROW;
    const inner = { width: size.width, height: Math.max(1, size.height - above - (several ? LAYERS : 0)) };
    const aspect = Math.round((5 * size.width) / (level === "operation" || several ? inner.height : Math.max(1, size.height))) / 5;
    const key = [kind, layer, narrow, aspect, inner.height >> 3, theme, above, Math.round(size.width / HEAD)].join();
    toggle(root, "is-narrow", narrow);
    if (key === built && network === state.network) return;
    built = key;
    network = state.network;
    shownStep = 0;
    subject = subjectOf(state.network, level, layer);
    figure = null;
    if (kind === "formulas") {
      toggle(root, "is-full", several);
      return replace(stage);
    }
    const full = numbersOf(state, subject.layer).full;
    const address = (/** @type {any} */ node) => addressOf(subject, node, full);
    const unitsOf = (/** @type {any} */ node) => {
      const at = address(node);
      return at ? derive.unitCount(state, at) : 1;
    };
    const [most, inputs] = ["value", "input"].map((each) => Math.max(1, ...subject.nodes.filter((node) => node.kind === each).map(unitsOf)));
    const how = { kind: /** @type {import("../draw/layouts.js").Kind} */ (kind), units: most, inputs, narrow, aspect, below: inner.width / inner.height, valves: more?.valves };
    const drawn = (/** @type {number} */ type) => (level === "gate" ? drawingFor(subject, { ...how, type }) : null) ?? more?.layout(subject, { units: unitsOf, aspect: how.below, high: inner.height, type }) ?? null;
    const { paper, enlarged } = legible((type) => {
      const found = drawn(type);
      return found && reversed ? more?.mirrored(found) ?? null : found;
    }, inner, theme);
    planned = enlarged;
    if (!paper) {
      built = "";
      loadMore();
      return replace(stage);
    }
    const known = new Map(subject.nodes.map((node) => [node.id, node]));
    figure = cellFigure(document, paper, subject.nodes, {
      address, units: unitsOf,
      nameOf: (wire) => {
        const node = known.get(wire.name);
        return node ? address(node) : null;
      },
      roleOf: (name) => roleOf(subject, name),
    });
    const least = leastOf(paper, inner, above === AROUND);
    figure.figure.style.setProperty("--least", `${least.width}px`);
    figure.figure.style.setProperty("--least-height", `${least.height}px`);
    toggle(root, "is-full", paper.full === true || several || size.width < CRAMPED);
    replace(stage, figure.figure);
    enlarge();
    const place = Math.max(0, figure.places.findIndex(({ node }) => node.role === "state" && node.kind === "value"));
    figure.places[place]?.group.setAttribute("tabindex", "0");
  }

  /** @param {State} state */
  function paint(state) {
    const unit = derive.unit(state);
    setText(hint, say(state, "cell.more"));
    head.paint({ kind, kinds, unit, count: Number(derive.mainLayer(state)?.sizes.units ?? 1), shut, say: (key, values) => say(state, key, values) });
    const { step } = state.experiment;
    const hidden = derive.isHidden(state, step);
    const address = derive.mainLayer(state)?.address ?? "";
    const said = { step, hidden, reversed: derive.isReversed(state, address), below: derive.belowLabel(state, `${address}.x`), say: (/** @type {string} */ key, /** @type {Record<string, string | number> | undefined} */ values) => say(state, key, values) };
    hide(layers, !derive.isStacked(state));
    if (!figure || shut) return;
    const back = derive.direction(state) === "backward";
    const turns = subject.program.equations.length;
    const now = state.equation === null ? null : back ? turns - 1 - state.equation : state.equation;
    const moment = moving(state, { step, back, hidden, now });
    /** @type {(id: string) => "lit" | "present" | "later" | "hidden"} */
    const reach = (id) => {
      const turn = turnOf(subject, id);
      if (hidden) return "hidden";
      if (now === null || turn < 0) return "lit";
      if (turn === now) return "present";
      return (back ? turn > now : turn < now) ? "lit" : "later";
    };
    const seen = derive.isWayBackHidden(state, step) ? { ...state, gradients: {} } : state;
    const own = numbersOf(seen, subject.layer);
    const other = subject.readout ? numbersOf(seen, subject.readout) : own;
    const numbers = (/** @type {string} */ id) => (isReadout(subject, id) ? other : own);
    const top = decadeAbove(derive.gradientBound(state));
    /** What has fewer units than the one spoken of shows its last. @param {string} id */
    const unitOf = (id) => Math.min(unit, derive.unitCount(state, numbers(id).full(id.split(/[:/]/)[0])) - 1);
    /** @type {import("../draw/wording.js").Scene} */
    const scene = { ...said, subject, back, numbers, unitOf, to: derive.belowName(state, subject.layer) };
    set(figure.figure, "aria-label", [say(state, "cell.figure", { step }), derive.layerLabel(state, subject.layer)].filter(Boolean).join(", "));
    toggle(figure.figure, "is-back", back);
    const part = viewOf(figure.paper, back && !figure.paper.type ? FOOT : 0);
    if (part !== figure.figure.getAttribute("viewBox")) {
      set(figure.figure, "viewBox", part);
      enlarge();
    }
    toggle(figure.figure, "is-moving", moment.moving);

    /** @param {import("../draw/layouts.js").Wire} wire */
    const carried = (wire) => back && wire.onward ? fromLater(wire.name, own, unitOf(wire.name), step)
      : back ? backAlong(wire, numbers(wire.to), unitOf(wire.from), step) : sentFrom(wire.from, numbers(wire.from), unitOf(wire.from), step);
    for (const drawn of figure.wires) {
      const { wire } = drawn;
      const value = carried(wire);
      const node = wire.name.split(/[:/]/)[0];
      const bound = derive.range(state, numbers(node).full(node));
      const flow = hidden ? 0 : back ? magnitude(value, top) : Number.isNaN(value) ? 1 : Math.abs(value) / bound;
      paintWire(drawn, { flow, reach: reach(wire.onward ? wire.from : wire.to), back });
    }
    const ticks = back ? [] : [say(state, "cell.drop"), say(state, "cell.keep")];
    for (const { node, place, drawn, label, group } of figure.places) {
      const at = addressOf(subject, node, numbers(node.id).full);
      const given = node.kind === "input" || node.kind === "before" || node.kind === "parameter";
      const known = !hidden || given;
      toggle(group, "is-later", !given && reach(node.id) === "later");
      toggle(group, "is-present", reach(node.id) === "present" && !given);
      if (node.kind === "op") {
        if (at) set(group, "aria-label", `${say(state, "cell.weight", { name: node.name ?? "" })}, ${derive.symbolLabel(state, at)}`);
        continue;
      }
      const value = (/** @type {number} */ index) => (at ? derive.valueAt(state, at, step, index) ?? NaN : NaN);
      const whole = at !== null && derive.isWhole(state, at);
      // Going forward nothing is said of one input alone, where each has its digits.
      const spokenOf = !back && drawn.full && node.kind === "input" ? Infinity : unit;
      drawn.paint({ value, bound: at ? derive.range(state, at) : 1, known, unit: spokenOf, whole, ticks });
      const number = at ? value(Math.min(unit, derive.unitCount(state, at) - 1)) : NaN;
      const text = labelText(scene, node, place, { known, full: drawn.full, whole, number });
      label?.paint(text, lines);
      if (at && group.hasAttribute("role")) {
        const shown = known ? result(number) : say(state, "cell.hidden");
        const spoken = say(state, "cell.value", { name: [text.letter, text.sub].filter(Boolean).join(" "), label: derive.symbolLabel(state, at), value: shown });
        set(group, "aria-label", [spoken, text.word, text.slope, text.gradient].filter(Boolean).join(", "));
      }
    }
    const wireOf = (/** @type {string} */ from, /** @type {string} */ to) => figure?.wires.find(({ wire }) => wire.from === from && wire.to === to)?.wire;
    for (const { note, node, paint: write } of figure.notes) {
      const text = noteText(scene, note, wireOf);
      if (!text) continue;
      write(text.word, text.number, lines);
      toggle(node, "is-later", text.of !== null && reach(text.of) === "later");
    }
    if (moment.turned) more?.follow(stage, state.motion);
    move(state, moment, carried);
  }

  /**
   * Whether this picture follows from the one before by a step or by an equation.
   * @param {State} state @param {{step: number, back: boolean, hidden: boolean, now: number | null}} how
   * @returns {Moment}
   */
  function moving(state, how) {
    const stepped = Math.abs(how.step - shownStep) === 1 && shownStep > 0;
    const turned = state.equation !== shownEquation && how.now !== null;
    shownStep = how.step;
    shownEquation = state.equation;
    return { ...how, turned, moving: state.motion && !how.hidden && (stepped || turned) };
  }

  /** @param {State} state @param {Moment} moment @param {(wire: import("../draw/layouts.js").Wire) => number} carried */
  function move(state, { back, now, moving: is, turned }, carried) {
    if (!figure || !is) return;
    const duration = Math.min(turned ? LONGEST.equation : LONGEST.step, state.playing || !turned ? (SHARE * 1000) / (state.playing ? state.speed : 1) : Infinity);
    if (duration < SHORTEST) return;
    const wires = turned ? figure.wires.filter(({ wire }) => !wire.onward && turnOf(subject, wire.to) === now) : figure.wires;
    travel(wires, { duration, back });
    const textOf = (/** @type {import("../draw/layouts.js").Wire} */ wire) => (Number.isNaN(carried(wire)) ? "" : short(carried(wire)));
    if (turned) more?.execute(document, figure, { wires, isResult: (id) => turnOf(subject, id) === now, textOf, duration, back });
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

  function loadMore() {
    loading ??= late().then((found) => {
      more = found;
      draw();
    }, () => (loading = null));
  }

  const draw = () => {
    const state = store.get();
    const gone = derive.depth(state) === "strip";
    const zooms = gone !== shut && shownStep > 0 && state.motion && more !== null;
    const zoom = () => more?.fly(document, more.between(document, figure?.places ?? [], state.experiment.step, !gone), LONGEST.depth);
    if (zooms && gone) zoom();
    toggle(root, "is-shut", (shut = gone));
    // What stood there before still fits: how much room there is, is known only when it is open again.
    if (!gone && (!zooms || network !== state.network)) build(state);
    paint(state);
    if (!zooms || gone) return;
    zoom();
    figure?.figure.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1 }], { duration: LONGEST.depth });
  };

  /** Type stays readable where the drawing has to be small. */
  function enlarge() {
    if (!figure) return;
    const enlarged = planned ?? enlargedAt(scaleOf(figure.figure));
    lines = planned === null ? enlarged : theme * enlarged;
    figure.figure.style.setProperty("--enlarged", String(enlarged * made));
    figure.figure.style.setProperty("--made", String(made));
    toggle(root, "is-cut", stage.scrollWidth > stage.clientWidth + CUT || stage.scrollHeight > stage.clientHeight + CUT);
  }

  stage.addEventListener("click", open);
  stage.addEventListener("keydown", keydown);
  // A click leaves the keys with the stage: arrows go on stepping.
  stage.addEventListener("mousedown", (event) => event.preventDefault());
  const size = room(root, () => {
    if (shut) return;
    ({ theme, made } = typeOf(hint));
    above = head.node.clientHeight ? Math.min(HEAD, head.node.clientHeight + EDGE) : AROUND;
    build(store.get());
    enlarge();
    draw();
  });
  const stop = store.watch(["setting", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred", "motion", "pinned"], draw);
  draw();
  // Who begins to move will want more than the first picture.
  for (const name of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(name, loadMore, { once: true });
  return {
    destroy() {
      stop();
      size.stop();
      replace(root);
    },
  };
}

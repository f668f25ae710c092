/** One network of several: its name, its size, and its strip on the common clock. */

import { arrow, backflow } from "../../draw/backflow.js";
import { gradient as gradientColour } from "../../draw/colour.js";
import { element, replace, set, setStyle, setText, svg, toggle } from "../../draw/dom.js";
import { result } from "../../draw/format.js";
import { FOOT, leftOf, plan, stepAt, uncut } from "../../draw/plan.js";
import { norms } from "../../draw/reach.js";
import { magnitude } from "../../draw/scale.js";
import { names, unrolled } from "../../draw/unrolled.js";
import * as derive from "../../state/derive.js";
import { problemText, say } from "../../state/words.js";
import { counterpart, gradientRowsOf, rowsOf, subtractable } from "./lanes.js";

/** @typedef {import("./lanes.js").View} View */
/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/store.js").Lane} Lane */
/**
 * @typedef {object} Common
 * @property {State} state
 * @property {View} first
 * @property {Map<string, number>} bounds
 * @property {number} top
 * @property {boolean} difference
 * @property {number} margin  for the names of the symbols
 * @property {number} room
 * @property {number} high  of the strip
 * @property {boolean} wall  it is read from afar
 * @property {string} title
 */

/**
 * @param {Document} document
 * @param {string} id
 * @param {{seek: (step: number) => void, remove: () => void, scrolled: (left: number) => void}} act
 */
export function laneFigure(document, id, { seek, remove, scrolled }) {
  const name = element(document, "h3", { class: "lane-name" });
  const size = element(document, "span", { class: "aside-text number" });
  const loss = element(document, "span", { class: "lane-loss number" });
  const minus = element(document, "span", { class: "lane-minus" });
  const away = element(document, "button", { type: "button", class: "quiet lane-away", text: "×", onclick: remove });
  const said = element(document, "p", { class: "aside-text lane-said" });
  const gutter = element(document, "div", { class: "strip-gutter" });
  const scroll = element(document, "div", { class: "strip-scroll", onscroll: () => scrolled(scroll.scrollLeft) });
  const paper = element(document, "div", { class: "strip-paper" }, gutter, scroll);
  const head = element(document, "div", { class: "lane-head" }, name, size, loss, minus, away);
  const node = element(document, "section", { class: "lane" }, head, said, paper);

  let built = "";
  let shownStep = 0;
  /** @type {import("../../draw/plan.js").Plan} */
  let layout;
  /** @type {import("../../draw/unrolled.js").Unrolled} */
  let drawn;
  /** @type {import("../../draw/backflow.js").DrawnGradient[]} */
  let gradients = [];

  scroll.addEventListener("click", (event) => {
    const box = drawn.plot.getBoundingClientRect();
    const own = /** @type {Element} */ (event.target).closest("[data-step]")?.getAttribute("data-step");
    seek(Number(own ?? stepAt(layout, ((event.clientX - box.left) / box.width) * layout.full, derive.steps(drawnFor))));
  });
  // Where a finger or the wheel leaves it no step is cut, as in the strip.
  scroll.addEventListener("scrollend", () => (scroll.scrollLeft = uncut(layout, scroll.scrollLeft - layout.pitch / 2)));
  /** @type {View} */
  let drawnFor;

  /** @param {View} view @param {Common} common */
  function build(view, { first, margin, room, high, wall, title, difference }) {
    const both = difference && view.lane !== null ? subtractable(first, view) : [];
    // Of a gate minus a gate the sign is seen, as of any value.
    const kind = both.length > 0 ? "value" : "gate";
    const values = (both.length > 0 ? both : rowsOf(view)).map((row) => (row.kind === "gate" ? { ...row, kind: /** @type {"value" | "gate"} */ (kind), spare: true } : row));
    const wanted = [...values, ...(derive.direction(view) === "backward" ? gradientRowsOf(view) : [])];
    const key = JSON.stringify([wanted, room, high, wall, derive.steps(view), title]);
    if (key === built) return;
    built = key;
    layout = planned(wanted, { room, high, steps: derive.steps(view), large: wall, scrolls: true, wall, tall: high });
    const roles = (/** @type {string} */ address) => derive.roleOf(view, address);
    const back = backflow(document, layout, { steps: derive.steps(view), carried: (address) => derive.isCarried(view, address) });
    gradients = back.rows;
    drawn = unrolled(document, layout, { steps: derive.steps(view), id: `lane-${id}`, under: svg(document, "g"), over: [svg(document, "g", {}, ...back.groups)] });
    // A picture with a table beside it: its boxes are nothing to walk through.
    for (const each of [...drawn.plot.querySelectorAll("[role]")]) each.removeAttribute("role");
    set(drawn.plot, "role", "img");
    set(drawn.plot, "aria-label", say(view, "compare.picture", { name: title }));
    replace(gutter, names(document, layout, { width: margin, roles, input: (unit) => derive.inputName(view, unit), words: derive.readsWords(view), after: "", mark: () => "", wall }));
    replace(scroll, drawn.plot);
    shownStep = 0;
  }

  /** @param {View} view @param {Common} common */
  function paint(view, { first, bounds, top, difference }) {
    const { first: from, last } = derive.reached(view);
    const backward = derive.direction(view) === "backward";
    const step = view.experiment.step;
    // What is asked for is asked of the first.
    const asked = view.lane === null ? derive.openPrediction(first) : null;
    for (const { row, slots } of [...drawn.rows, ...gradients]) {
      const gradient = row.kind === "gradient";
      const get = gradient ? derive.gradientAt : derive.valueAt;
      const against = difference && view.lane && !gradient ? counterpart(first, row) : null;
      const whole = !against && derive.isWhole(view, row.address, gradient ? "gradients" : "values");
      slots.forEach((slot, index) => {
        const at = index + 1;
        const hidden = (gradient ? derive.isGradientHidden : derive.isHidden)(first, at, row.address);
        const later = gradient ? at < from : !backward && at > last;
        const value = (/** @type {number} */ unit) => {
          const own = get(view, row.address, at, unit) ?? NaN;
          return against ? own - (derive.valueAt(first, against, at, unit) ?? NaN) : own;
        };
        const question = hidden && derive.isAsked(asked, row.address, at);
        slot.paint({ value, question, reach: hidden ? "hidden" : later ? "later" : "shown", bound: bounds.get(derive.bare(row.address)) ?? derive.range(view, row.address), top, whole, faded: row.kind === "memory" && row.units === 1 && !against && derive.isFaded(view, row.address, at) });
      });
    }
    for (const { links } of drawn.rows) links.forEach((link, index) => {
      setStyle(link, "stroke-width", "3");
      toggle(link, "is-later", !backward && index + 1 > last);
    });
    for (const { row, flows } of gradients) {
      const sizes = norms(derive.steps(view), row.units, (at, unit) => derive.gradientAt(view, row.address, at, unit)).map((norm) => magnitude(norm, top));
      flows.forEach((flow, index) => {
        const to = index + (row.reverse ? 1 : -1);
        const there = derive.isGradientHidden(first, to + 1, row.address) ? 0 : sizes[to] ?? 0;
        set(flow, "d", arrow(layout, row, index + 1, sizes[index], there));
        setStyle(flow, "fill", there > 0 ? gradientColour(0.35 + 0.65 * there) : "");
        toggle(flow, "is-later", there === 0 || (!row.reverse && index < from));
      });
    }
    setStyle(drawn.frame, "transform", `translateX(${(step - 1) * layout.pitch}px)`);
    drawn.steps.forEach((label, index) => {
      setText(label, derive.stepLabel(first, index + 1, layout.pitch));
      toggle(label, "is-current", index + 1 === step);
    });
    if (step !== shownStep) follow(step);
    shownStep = step;
  }

  /** The present step stays in view. @param {number} step */
  function follow(step) {
    const x = leftOf(layout, step);
    const low = x - layout.pitch - 12;
    const over = x + 2 * layout.pitch - scroll.clientWidth;
    const left = low < scroll.scrollLeft ? low : Math.max(over, scroll.scrollLeft);
    if (left !== scroll.scrollLeft) scroll.scrollLeft = uncut(layout, left);
  }

  return {
    node,
    head,
    /** @param {number} left */
    scrollTo(left) {
      if (scroll.scrollLeft !== left) scroll.scrollLeft = left;
    },
    /** @param {View | null} view  null: not open yet @param {Lane | null} lane @param {Common} common */
    draw(view, lane, common) {
      const { state, title } = common;
      setText(name, title);
      set(node, "aria-label", title);
      toggle(node, "has-words", derive.readsWords(state));
      const problem = lane?.problems[0];
      const much = view !== null && derive.isWide(view);
      setText(said, problem ? say(state, "compare.refused", { problem: problemText(state, problem) }) : much ? tooMuch(view) : view ? "" : say(state, "compare.waiting"));
      said.hidden = said.textContent === "";
      setText(size, view ? say(state, "compare.parameters", { count: derive.parameterCount(view) }) : "");
      setText(loss, lossText(state, view));
      setText(minus, view?.lane && common.difference ? say(state, subtractable(common.first, view).length > 0 ? "compare.differs" : "compare.unlike") : "");
      away.hidden = lane === null;
      set(away, "aria-label", say(state, "compare.remove", { name: title }));
      paper.hidden = view === null || much;
      if (!view || much) return;
      drawnFor = view;
      build(view, common);
      paint(view, common);
    },
  };
}

/** On a wall gates leave where without them all is seen, and with its digits. @param {import("../../draw/plan.js").RowRequest[]} wanted @param {Parameters<typeof plan>[1]} paper */
function planned(wanted, paper) {
  if (!paper.wall) return plan(wanted, paper);
  const others = wanted.filter(({ spare }) => !spare);
  const fewer = others.length > 0 ? others : wanted;
  const seen = [wanted, fewer].map((rows) => plan(rows, paper)).filter(({ bottom }) => bottom + FOOT <= paper.high);
  return seen.find(hasDigits) ?? seen[0] ?? plan(fewer, { ...paper, large: false, scrolls: false });
}

/** @param {import("../../draw/plan.js").Plan} plan */
const hasDigits = ({ rows }) => rows.every(({ kind, size }) => kind === "gate" || kind === "gradient" || size.type > 0);

/** The loss of the sequence, where the network can be asked for the targets. @param {State} state @param {View | null} view */
function lossText(state, view) {
  if (!state.experiment.loss || !view || derive.concealed(state) !== null) return "";
  const value = derive.valueAt(view, "loss_sum", derive.steps(view));
  return value === undefined ? "" : say(state, "compare.loss", { value: result(value) });
}

/** Why a lane has no picture, and where its numbers are. @param {View} view */
function tooMuch(view) {
  const units = Math.max(...view.network.layers.filter(({ layer }) => layer !== "readout").map(({ sizes }) => sizes.units ?? 0));
  return say(view, units === 1 ? "compare.wide-one" : "compare.wide", { count: derive.steps(view), units, step: view.experiment.step });
}

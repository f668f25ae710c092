/** The curves of each question as plots: what is drawn of what was measured. Pure of the page. */

import { plainScale, powersOfTen } from "../../draw/curvescale.js";
import { number } from "../../draw/format.js";
import { FAR, leftAfter } from "../../state/powers.js";
import { numberName, standing } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/powers.js").Settings} Settings */
/** @typedef {import("../../draw/curveplot.js").Plot} Plot */
/** @typedef {import("../../draw/curveplot.js").Line} Line */
/** @typedef {Record<string, Record<string, Float64Array>>} Curves */
/** How a curve looks: the token of its colour, and its dashes. @typedef {{token: string, dash: number[]}} Look */

/** @type {Record<string, Look>} */
const LOOKS = {
  linear: { token: "--role-input", dash: [7, 4] },
  tanh: { token: "--role-output", dash: [] },
  relu: { token: "--role-gate", dash: [2, 3] },
  sigmoid: { token: "--role-value", dash: [7, 3, 2, 3] },
  lstm: { token: "--role-state", dash: [] },
  gru: { token: "--role-gate", dash: [7, 4] },
  identity: { token: "--role-gate", dash: [] },
  clockwork: { token: "--role-state", dash: [7, 4] },
  context: { token: "--role-value", dash: [7, 3, 2, 3] },
};
const VALUE = "--role-state";
const SLOPE = "--role-gradient";
/** So many times the number that is meant has room on a plain scale over a weight. */
const ROOM = 3;

/** @param {string} name */
export function lookOf(name) {
  return LOOKS[name] ?? LOOKS[name.split("-")[0]];
}

/** The tokens of all colours. */
export const TOKENS = [...new Set(Object.values(LOOKS).map(({ token }) => token)), VALUE, SLOPE];

/**
 * @param {State} state @param {Settings} own @param {Curves} curves @param {(token: string) => string} token
 * @param {{narrow: boolean, flat: boolean}} room  too little of it across, or so little upward that two frames stand beside each other
 * @returns {{plots: Plot[], columns: number}}
 */
export function pictures(state, own, curves, token, { narrow, flat }) {
  switch (own.question) {
    case "weight":
      return { plots: overTimeAndWeight(state, own, curves, token), columns: flat ? 2 : 1 };
    case "depth":
      return { plots: overLayers(state, own, curves, token), columns: flat ? 2 : 1 };
    case "causes":
      return { plots: sideBySide(state, own, curves, token, narrow), columns: narrow ? 2 : 3 };
    default:
      return { plots: [overLags(state, own, curves, token)], columns: 1 };
  }
}

/** @param {Settings} own @param {Line[]} lines */
function scaleOf(own, lines) {
  const values = lines.flatMap(({ ys }) => Array.from(ys));
  return own.scale === "log" ? powersOfTen(values) : plainScale(values);
}

/** @param {State} state @param {Settings} own @param {Curves} curves @param {(token: string) => string} token @returns {Plot[]} */
function overTimeAndWeight(state, own, { time, range }, token) {
  const { across, until } = own;
  if (!across) return [];
  const weight = numberName(state, across);
  const here = standing(state, across);
  const xs = Array.from({ length: until }, (_, at) => at + 1);
  const [value, slope] = [token(VALUE), token(SLOPE)];
  // One step alone makes no line.
  const dots = until === 1;
  const lines = time ? [
    { xs, ys: time.values, colour: value, dash: [], name: say(state, "powers.output"), dots },
    { xs, ys: time.gradients, colour: slope, dash: [7, 4], name: say(state, "powers.gradient"), dots },
  ] : [];
  const [now, steep] = time ? [time.values[time.values.length - 1], time.slope[0]] : [NaN, NaN];
  const over = [
    { xs: range?.at ?? [], ys: range?.values ?? [], colour: value, dash: [], name: say(state, "powers.output") },
    // By powers of ten the slope is a curve of its own; on a plain scale it is how steep the curve is.
    own.scale === "log"
      ? { xs: range?.at ?? [], ys: (range?.slopes ?? new Float64Array()).map(Math.abs), colour: slope, dash: [7, 4], name: say(state, "powers.slope") }
      : { ...tangent(across, here, now, steep), colour: slope, dash: [7, 4], name: "" },
  ];
  const shared = { note: "", here, across: /** @type {[number, number]} */ ([across.low, across.high]) };
  return [
    {
      title: say(state, "powers.over-time"), note: "", label: say(state, "powers.time"), across: [1, Math.max(2, until)], scale: scaleOf(own, lines), lines, here: null, points: [],
      below: [...new Set([1, Math.round((1 + until) / 2), Math.max(2, until)])].map((step) => ({ at: (step - 1) / Math.max(1, until - 1), text: number(step) })),
    },
    {
      ...shared, title: say(state, "powers.over-weight", { step: until, weight }), label: weight, lines: over,
      scale: own.scale === "log" ? scaleOf(own, over) : plainScale([ROOM * Math.abs(now || 1), Math.min(0, ...(range?.values ?? []))]),
      points: [{ x: here, y: now, colour: value }, ...(own.scale === "log" ? [{ x: here, y: Math.abs(steep), colour: slope }] : [])],
      below: [0, 0.5, 1].map((at) => ({ at, text: number(across.low + at * (across.high - across.low)) })),
    },
  ];
}

/** A short piece of a straight line, as steep as the curve. @param {{low: number, high: number}} axis @param {number} here @param {number} value @param {number} steep */
function tangent({ low, high }, here, value, steep) {
  const least = (high - low) / 200;
  const reach = Math.max(least, Math.min((high - low) / 8, Math.abs(value / (steep || 1)) / 2));
  return { xs: [here - reach, here + reach], ys: [value - reach * steep, value + reach * steep] };
}

/** @param {State} state @param {Settings} own @param {Curves} curves @param {(token: string) => string} token @returns {Plot[]} */
function overLayers(state, own, curves, token) {
  const names = Object.keys(curves);
  const xs = Array.from({ length: own.layers }, (_, at) => at + 1);
  const below = xs.map((layer) => ({ at: (layer - 1) / (own.layers - 1), text: String(layer) }));
  return /** @type {const} */ (["shares", "weights"]).map((part) => {
    const lines = names.map((name) => ({ xs, ys: curves[name][part], colour: token(lookOf(name).token), dash: lookOf(name).dash, name: say(state, `powers.${name}`), dots: true }));
    return {
      title: say(state, `powers.${part}`), note: "", label: say(state, "powers.layer"), across: /** @type {[number, number]} */ ([1, own.layers]),
      below, scale: scaleOf(own, lines), lines, here: null, points: [],
    };
  });
}

/** @param {State} state @param {string} name @param {Curves} curves @param {(token: string) => string} token @returns {Line} */
function back(state, name, curves, token) {
  const { token: colour, dash } = lookOf(name);
  const { lags, norms } = curves[name];
  return { xs: lags, ys: norms, colour: token(colour), dash, name: say(state, `powers.${name.split("-")[0]}`) };
}

/** The last step lies at the right, as everywhere. @param {number} far @param {number[]} [marks] */
function backwards(far, marks = [0, 0.5, 1]) {
  return { across: /** @type {[number, number]} */ ([far, 0]), below: marks.map((at) => ({ at, text: number(-far * (1 - at)) })), here: null, points: [] };
}

/** @param {State} state @param {Settings} own @param {Curves} curves @param {(token: string) => string} token @returns {Plot} */
function overLags(state, own, curves, token) {
  const lines = Object.keys(curves).map((name) => back(state, name, curves, token));
  return { title: say(state, "powers.reaches"), note: "", label: say(state, "powers.lag"), ...backwards(FAR), scale: scaleOf(own, lines), lines };
}

/** All have one scale, so that they can be compared. @param {State} state @param {Settings} own @param {Curves} curves @param {(token: string) => string} token @param {boolean} narrow @returns {Plot[]} */
function sideBySide(state, own, curves, token, narrow) {
  const kinds = ["repeated", "fresh"];
  const activations = ["linear", "tanh", "sigmoid"];
  const names = narrow ? activations.flatMap((name) => kinds.map((kind) => `${name}-${kind}`)) : kinds.flatMap((kind) => activations.map((name) => `${name}-${kind}`));
  const known = Object.keys(curves);
  const scale = scaleOf(own, known.map((name) => back(state, name, curves, token)));
  const far = Math.max(1, ...known.map((name) => curves[name].lags[curves[name].lags.length - 1]));
  return names.map((name) => {
    const [activation, kind] = name.split("-");
    return {
      title: say(state, `powers.${activation}`), note: curves[name] ? perStep(state, curves[name]) : "", label: say(state, `powers.${kind}`), ...backwards(far, [0, 1]), scale,
      lines: curves[name] ? [{ ...back(state, name, curves, token), name: "" }] : [],
    };
  });
}

/** By what each step multiplies, on average. @param {State} state @param {Record<string, Float64Array>} curve */
export function perStep(state, curve) {
  return say(state, "powers.rate", { rate: curve.rate[0].toFixed(2) });
}

/** What is left of a curve after so many steps. @param {Curves} curves @param {string} name @param {number} lag */
export const left = (curves, name, lag) => leftAfter(curves[name], lag);

/** What is asked of many steps and many layers: the settings as the experiment's view holds them, and the question that they make. Pure. */

import { steps } from "./derive.js";
import { numbers, readAxis, usualAxis } from "./surfaces.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("./surfaces.js").Axis} Axis */
/** @typedef {"weight" | "depth" | "matrix" | "gates" | "others" | "causes"} Question */
/** A range that a slider has; `log`: it goes by equal factors. @typedef {{low: number, high: number, step: number, usual: number}} Range */
/**
 * @typedef {object} Settings
 * @property {Question} question
 * @property {"log" | "linear"} scale
 * @property {Axis | null} across  the number that is asked about, null where there is none
 * @property {number} until
 * @property {number} radius
 * @property {number} gate
 * @property {number} drive
 * @property {number} gain
 * @property {number} layers
 * @property {number} seed
 */

export const QUESTIONS = /** @type {const} */ (["weight", "depth", "matrix", "gates", "others", "causes"]);
/** @type {Record<"radius" | "gate" | "drive" | "gain" | "layers" | "seed", Range>} */
export const RANGES = {
  radius: { low: 0.5, high: 2, step: 0.01, usual: 1 },
  gate: { low: -2, high: 10, step: 0.1, usual: 1 },
  drive: { low: 0, high: 2, step: 0.05, usual: 0.5 },
  gain: { low: 0.5, high: 4, step: 0.05, usual: 1 },
  layers: { low: 2, high: 8, step: 1, usual: 5 },
  seed: { low: 0, high: 99, step: 1, usual: 1 },
};
/** Which of them each question has. @type {Record<Question, (keyof typeof RANGES)[]>} */
export const ASKED = {
  weight: [],
  depth: ["gain", "layers", "seed"],
  matrix: ["radius", "drive", "seed"],
  gates: ["gate", "radius", "drive", "seed"],
  others: ["radius", "drive", "seed"],
  causes: ["radius", "drive", "seed"],
};
/** @type {Record<"matrix" | "gates" | "others", import("../net/contract.js").Sampled[]>} */
const CELLS = { matrix: ["linear", "tanh", "relu"], gates: ["lstm", "gru", "tanh"], others: ["identity", "clockwork", "context", "tanh"] };
/** The curves that a table has a row for, in the order in which they are asked for. */
export const NAMES = { ...CELLS, depth: ["sigmoid", "tanh", "relu"] };
/** How many curves answer each question. @type {Record<Question, number>} */
export const CURVES = { weight: 3, depth: NAMES.depth.length, matrix: CELLS.matrix.length, gates: CELLS.gates.length, others: CELLS.others.length, causes: 6 };
/** Values of the weight that are told by themselves. */
export const MARKS = [0.9, 0.99, 1, 1.01, 1.1];
/** Steps over which a product is followed, and those between which causes are told apart. */
export const FAR = 1000;
const NEAR = 100;
/** Points of a curve over a weight. */
const POINTS = 121;
/** What is left after so many steps is told in numbers. */
export const TOLD = [10, 100, 1000];

/** @param {State} state @returns {Settings} */
export function settings(state) {
  const { view } = state.experiment;
  const number = (/** @type {keyof typeof RANGES} */ name) => {
    const { low, high, usual } = RANGES[name];
    return typeof view[name] === "number" ? Math.min(high, Math.max(low, Number(view[name]))) : usual;
  };
  const across = readAxis(state, view.across) ?? usualAxis(state, numbers(state)[0]);
  const until = typeof view.until === "number" ? Math.max(1, Math.min(steps(state), Math.round(view.until))) : steps(state);
  const question = QUESTIONS.find((name) => name === view.question) ?? "weight";
  return {
    question, across, until, scale: view.scale === "linear" ? "linear" : "log",
    radius: number("radius"), gate: number("gate"), drive: number("drive"), gain: number("gain"), layers: Math.round(number("layers")), seed: Math.round(number("seed")),
  };
}

/** What leaves the last layer. @param {State} state */
function leaving({ network }) {
  const layer = network.layers.filter((each) => each.layer !== "readout").at(-1);
  return layer ? `${layer.address}.${network.programs[layer.program].output}` : "";
}

/** @param {State} state @param {Settings} own @returns {import("../net/contract.js").MeasureMessage["ask"] | null} */
export function questionOf(state, { question, across, until, radius, gate, drive, gain, layers, seed }) {
  switch (question) {
    case "weight":
      return across && { kind: "weight", across: { ...across, count: POINTS }, of: leaving(state), until, marks: MARKS };
    case "depth":
      return { kind: "depth", layers, gain, seed };
    case "causes":
      return { kind: "causes", radius, drive, seed, steps: NEAR };
    default:
      return { kind: "product", cells: CELLS[question], radius, drive, seed, gate: question === "gates" ? gate : 0, steps: FAR };
  }
}

/** The value of a curve at a lag, undefined where it is not known. @param {Record<string, Float64Array> | undefined} curve @param {number} lag */
export function leftAfter(curve, lag) {
  const at = curve ? curve.lags.indexOf(lag) : -1;
  return at < 0 ? undefined : curve?.norms[at];
}

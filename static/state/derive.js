/** Questions that views ask of the state. Nothing here writes, and nothing here knows the page. */

export { answeredPrediction, beat, beatAfter, beats, concealed, openPrediction, spotlight, spotlightFor } from "./beats.js";
export { roundBound } from "./receive.js";
export { inputName, layerLabel, layerMark, lossName, parameterLabel, parameterUse, symbolLabel, weightLabel } from "./labels.js";
export { foldable, gradientRows, INPUT, isCarried, isReversed, isStacked, open, operandsOf, rows, shownRows, stacked } from "./layers.js";
export { LOSS } from "./rebuilding.js";
export { isMasked } from "./masks.js";
export { matrices } from "./matrices.js";
export { wordAt } from "./sentence.js";
export { fitting, parametersOf, partners, sourceOf, weightsOf } from "./ties.js";
export { numberAt, readsOn } from "./edit.js";

import { answeredPrediction, concealed, openPrediction } from "./beats.js";
import { gradientRows, INPUT, isReversed } from "./layers.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("./store.js").Series} Series */
/** @typedef {import("../net/contract.js").LayerDocument} LayerDocument */
/** @typedef {import("../net/contract.js").Program} Program */
/** @typedef {import("../net/contract.js").Role} Role */

/** Steps in a second that can be chosen. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** T, the length of the sequence. @param {State} state */
export function steps(state) {
  return state.experiment.sequence.inputs.length;
}

/** What stands in the cell's place, null where the cell does. @param {State} state @returns {string | null} */
export function study(state) {
  const { loss, view } = state.experiment;
  const name = view.study ?? "cell";
  return name === "cell" || (name === "learning" && !loss) ? null : String(name);
}

/** @param {State} state @returns {"forward" | "backward"} */
export function direction(state) {
  return state.experiment.view.direction === "backward" ? "backward" : "forward";
}

/** What was chosen; else one unit has valves, and a column of them stands better on a conveyor. @param {State} state @returns {"valves" | "conveyor" | "operations" | "formulas"} */
export function drawing(state) {
  const name = state.experiment.view.drawing;
  if (name === "valves" || name === "conveyor" || name === "operations" || name === "formulas") return name;
  return Number(mainLayer(state)?.sizes.units ?? 1) > 1 ? "conveyor" : "valves";
}

/** @param {State} state @returns {"strip" | "cell" | "arithmetic"} */
export function depth(state) {
  if (state.pinned) return "arithmetic";
  return state.experiment.view.depth === "strip" ? "strip" : "cell";
}

/** The unit that is spoken of, counted from 0. @param {State} state */
export function unit(state) {
  const asked = Number(state.experiment.view.unit ?? 0);
  const units = mainLayer(state)?.sizes.units ?? 1;
  return Number.isInteger(asked) && asked >= 0 && asked < units ? asked : 0;
}

/** Everything before the symbol. @param {string} address */
export function prefix(address) {
  return address.slice(0, address.lastIndexOf("."));
}

/** @param {string} address */
export function bare(address) {
  return address.slice(address.lastIndexOf(".") + 1);
}

/** @param {State} state @param {string} address @returns {LayerDocument | undefined} */
export function layerOf(state, address) {
  const own = prefix(address);
  return state.network.layers.find((layer) => layer.address === own);
}

/** The layer in which the person's second clock runs. @param {State} state @returns {LayerDocument | undefined} */
export function mainLayer(state) {
  return state.network.layers.find((layer) => layer.layer !== "readout");
}

/** @param {State} state @param {string} address @returns {Program | undefined} */
export function programOf(state, address) {
  const layer = layerOf(state, address);
  return layer && state.network.programs[layer.program];
}

/** @param {State} state @param {string} address @returns {Role} */
export function roleOf(state, address) {
  return state.network.symbols[address.replace(/_prev$/, "")]?.role ?? "value";
}

/** @param {State} state @param {string} address */
export function unitCount(state, address) {
  if (address === INPUT) return state.experiment.sequence.inputs[0]?.length ?? 0;
  return state.network.symbols[address.replace(/_prev$/, "")]?.size ?? 1;
}

/** Whether nothing is carried from step to step. @param {State} state */
export function isStateless(state) {
  return state.network.layers.every((layer) => state.network.programs[layer.program].states.length === 0);
}

/**
 * The answer of a prediction, undefined while it is not known.
 * @param {State} state
 * @param {import("../net/contract.js").Prediction} prediction
 * @returns {number | undefined}
 */
export function truthOf(state, { of, gradient, step, unit: at, count }) {
  if (!count) return of === null || step === null ? undefined : (gradient ? gradientAt : valueAt)(state, of, step, at);
  const { lesson, experiment } = state;
  if (count.of === "steps") return (lesson?.presets.find(({ id }) => id === (count.preset ?? experiment.preset))?.inputs.length ?? steps(state));
  const variant = lesson?.variants.find(({ id }) => id === (count.variant ?? experiment.variant));
  if (count.of === "units") return variant?.units ?? mainLayer(state)?.sizes.units;
  return variant?.parameters ?? parameterCount(state);
}

/** Whether what is asked here, or was, is drawn. @param {State} state */
export function isCurve(state) {
  return Boolean((openPrediction(state) ?? answeredPrediction(state))?.curve);
}

/** How many numbers the network learns, those of tied parameters once. @param {State} state */
export function parameterCount(state) {
  return Object.values(state.network.symbols)
    .filter(({ kind, tied }) => kind === "parameter" && tied === undefined)
    .reduce((sum, { shape }) => sum + (shape ?? []).reduce((product, size) => product * size, 1), 0);
}

/** @param {Series | undefined} series @param {number} step @param {number} unit @returns {number | undefined} */
export function at(series, step, unit) {
  if (!series || step < series.first || step >= series.first + series.steps) return undefined;
  return unit < series.units ? series.data[(step - series.first) * series.units + unit] : undefined;
}

/**
 * @param {State} state @param {string} address @param {number} step @param {number} [unit]
 * @returns {number | undefined} undefined while it is not known
 */
export function valueAt(state, address, step, unit = 0) {
  if (address === INPUT) return state.experiment.sequence.inputs[step - 1]?.[unit];
  if (address.endsWith("_prev")) return beforeAt(state, address.slice(0, -"_prev".length), step, unit);
  return at(state.values[address], step, unit);
}

/** @param {State} state @param {string} address @param {number} step @param {number} [unit] @returns {number | undefined} */
export function gradientAt(state, address, step, unit = 0) {
  // Of a wide network they take as long as the run: what they were of earlier numbers is not read as if it were of these.
  if (state.overtaken && isWide(state)) return undefined;
  return at(state.gradients[address], step, unit);
}

/**
 * A state before the first step: the number given, or what the reading before has left.
 * @param {State} state @param {string} address @param {number} [unit]
 * @returns {number | undefined} undefined while it is not known
 */
export function startAt(state, address, unit = 0) {
  const { initial, carried } = state.experiment;
  return carried > 0 ? at(state.values[`${address}_prev`], 1, unit) : initial[address]?.[unit] ?? 0;
}

/**
 * A state's value one step earlier, as the layer hears the sequence.
 * @param {State} state @param {string} address @param {number} step @param {number} [unit]
 * @returns {number | undefined}
 */
export function beforeAt(state, address, step, unit = 0) {
  const streamed = at(state.values[`${address}_prev`], step, unit);
  if (streamed !== undefined) return streamed;
  const backward = layerOf(state, address)?.direction === "backward";
  const earlier = backward ? step + 1 : step - 1;
  if (earlier < 1 || earlier > steps(state)) return startAt(state, address, unit);
  return at(state.values[address], earlier, unit);
}

/**
 * The fixed symmetric bound of a symbol's colours: its activation's, the lesson's, or the one measured when the experiment was opened.
 * @param {State} state
 * @param {string} address
 */
export function range(state, address) {
  const plain = address.replace(/_prev$/, "");
  const asked = state.lesson?.view.ranges?.[plain];
  if (asked) return asked;
  const own = state.network.symbols[plain]?.range;
  if (own && own[0] !== null && own[1] !== null) return Math.max(Math.abs(own[0]), Math.abs(own[1]));
  return state.bounds[plain] ?? 1;
}

/** @type {WeakMap<ArrayLike<number>, number>} */
const extents = new WeakMap();

/** @param {Series | undefined} series */
function extent(series) {
  if (!series) return 0;
  let largest = extents.get(series.data);
  if (largest === undefined) {
    largest = 0;
    for (const value of series.data) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    extents.set(series.data, largest);
  }
  return largest;
}

/** The largest finite gradient on screen, for the logarithmic scale. @param {State} state */
export function gradientBound(state) {
  const pictures = Object.values(state.pictures).map(({ gradients }) => gradients);
  return Math.max(0, ...gradientRows(state).flatMap((address) => [state.gradients, ...pictures].map((each) => extent(each[address]))));
}

/**
 * The steps that are shown in full, first and last included.
 * @param {State} state
 * @returns {{first: number, last: number}}
 */
export function reached(state) {
  const step = state.experiment.step;
  return direction(state) === "backward" ? { first: step, last: steps(state) } : { first: 1, last: step };
}

/**
 * Whether the second clock has yet to come to a symbol.
 * @param {State} state
 * @returns {(address: string) => boolean}
 */
export function pending(state) {
  const { equation } = state;
  const layer = mainLayer(state);
  if (equation === null || !layer) return () => false;
  const equations = state.network.programs[layer.program].equations;
  const back = direction(state) === "backward";
  return (address) => {
    if (!address.startsWith(`${layer.address}.`)) return address !== INPUT;
    const turn = equations.findIndex((one) => `${layer.address}.${one.target}` === address);
    return back ? turn < equations.length - 1 - equation : turn > equation;
  };
}

/**
 * Whether a prediction keeps this value from being shown. Inputs are never hidden.
 * @param {State} state @param {number} step @param {string} [address]
 */
export function isHidden(state, step, address = "") {
  const kept = concealed(state);
  return kept !== null && !kept.gradient && step >= kept.step && address !== INPUT;
}

/**
 * Whether a prediction keeps this gradient from being shown; that of a state before the step belongs to the step before.
 * @param {State} state @param {number} step @param {string} [address]
 */
export function isGradientHidden(state, step, address = "") {
  const kept = concealed(state);
  const own = address.endsWith("_prev") ? step - 1 : step;
  return kept?.gradient === true && (own <= kept.step || isReversed(state, address.replace(/_prev$/, "")));
}

/**
 * Whether the gradients inside a step stay hidden: what enters it from the right and leaves it to the left tells what is asked for.
 * @param {State} state @param {number} step
 */
export function isWayBackHidden(state, step) {
  return isGradientHidden(state, step - 1);
}

/** @type {WeakMap<Record<string, Series>, {address: string, step: number} | null>} */
const overflows = new WeakMap();

/**
 * Where a value first stops being a finite number.
 * @param {State} state
 */
export function overflow(state) {
  const known = overflows.get(state.values);
  if (known !== undefined) return known;
  let found = null;
  for (const [address, series] of Object.entries(state.values)) {
    // What is sent with a loss is no value of the network.
    if (/^loss(_|$)/.test(address)) continue;
    const end = found ? (found.step - series.first) * series.units : series.data.length;
    for (let index = 0; index < Math.min(end, series.steps * series.units); index += 1) {
      if (Number.isFinite(series.data[index])) continue;
      found = { address, step: series.first + Math.floor(index / series.units) };
      break;
    }
  }
  overflows.set(state.values, found);
  return found;
}

/** @type {WeakMap<ArrayLike<number>, boolean>} */
const wholes = new WeakMap();

/**
 * Whether a symbol (or its gradient) is an integer at every step, so that decimals would be noise.
 * @param {State} state
 * @param {string} address
 * @param {"values" | "gradients"} [kind]
 */
export function isWhole(state, address, kind = "values") {
  const plain = address.replace(/_prev$/, "");
  if (kind === "values" && plain === INPUT) return state.experiment.sequence.inputs.every((row) => row.every(Number.isInteger));
  const data = state[kind][plain]?.data;
  if (!data) return false;
  let whole = wholes.get(data);
  if (whole === undefined) {
    whole = data.every((value) => Number.isInteger(value) || !Number.isFinite(value));
    wholes.set(data, whole);
  }
  return whole;
}

/** Layers of more units than this, longer sequences, and symbols of more numbers in all, are drawn as pictures. */
const MOST_UNITS = 16;
const MOST_FIELDS = 12;
const MOST_STEPS = 100;
const MOST_PLACES = 320;

/** Whether the network is drawn in pictures of many units or steps. @param {State} state */
export function isWide(state) {
  const length = steps(state);
  if (length > MOST_STEPS || isCrowded(state)) return true;
  return state.network.layers.some(({ layer, sizes }) => layer !== "readout" && length * (sizes.units ?? 0) > MOST_PLACES);
}

/** Whether some layer has too many units for a number each. @param {State} state */
export function isCrowded(state, most = MOST_UNITS) {
  return state.network.layers.some(({ layer, sizes }) => layer !== "readout" && (sizes.units ?? 0) > most);
}

/** Whether a field for each weight would be too small to be touched. @param {State} state */
export const hasManyWeights = (state) => isCrowded(state, MOST_FIELDS);

/** The window whose numbers are read. */
export const NEAR = "near";
/** The window in which the steps in view are drawn. */
export const VIEW = "view";
/** The window in which the memory is drawn from the first step to the last. */
export const WHOLE_SEQUENCE = "whole";
/** The window of the one place that is pointed at. */
export const POINT = "point";

/** What stands for the network where there is room for one symbol only. @param {State} state */
export function memory(state) {
  const layer = mainLayer(state);
  const program = layer && state.network.programs[layer.program];
  return layer && program ? `${layer.address}.${program.states[0] ?? program.output}` : INPUT;
}

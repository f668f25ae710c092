/** Questions that views ask of the state. Nothing here writes, and nothing here knows the page. */

export { answeredPrediction, beat, beatAfter, beats, concealed, isAsked, openPrediction, spotlight, spotlightFor, stays } from "./beats.js";
export { roundBound } from "./receive.js";
export { belowLabel, belowName, inputName, layerLabel, layerMark, lossName, parameterLabel, parameterUse, readsWords, stepLabel, symbolLabel, unitName, weightLabel } from "./labels.js";
export { foldable, gradientRows, INPUT, isCarried, isReversed, isStacked, joinedFrom, open, operandsOf, rows, shownRows, stacked } from "./layers.js";
export { LOSS } from "./rebuilding.js";
export { isMasked } from "./masks.js";
export { heldPlace, matrices } from "./matrices.js";
export { fitting, parametersOf, partners, sourceOf, weightsOf } from "./ties.js";
export { numberAt, readsOn } from "./edit.js";
export { startOf } from "./starts.js";
export { bare, hasManyWeights, isCrowded, isStateless, isWide, layerOf, mainLayer, memory, parameterCount, prefix, programOf, roleOf, steps, unitCount } from "./shape.js";
export { wordAt } from "./sentence.js";
export { at, beforeAt, extent, gradientAt, gradientBound, isFaded, isWhole, overflow, range, startAt, valueAt } from "./values.js";

import { answeredPrediction, beat, concealed, openPrediction } from "./beats.js";
import { same } from "./edit.js";
import { INPUT, isReversed, stacked } from "./layers.js";
import { mainLayer, parameterCount, steps } from "./shape.js";
import { gradientAt, seenAt, valueAt } from "./values.js";

/** @typedef {import("./store.js").State} State */

/** Steps in a second that can be chosen. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Which of the lesson's sequences is read, null where it has been changed. @param {State} state @returns {string | null} */
export function presetRead({ experiment, base }) {
  return same(experiment.sequence.inputs, base.sequence.inputs) ? experiment.preset : null;
}

/** What stands in the cell's place, null where the cell does. @param {State} state @returns {string | null} */
export function study(state) {
  const { loss, view } = state.experiment;
  const name = view.study ?? "cell";
  return name === "cell" || (name === "learning" && !loss) ? null : String(name);
}

/** The cell of the library that is shown: as which the page was opened, or what was chosen in its place, once the library's cells are known. @param {State} state */
export function card({ cell, cells, experiment }) {
  const names = experiment?.network.parts.flatMap(({ layers }) => layers.map((layer) => layer.cell)) ?? [];
  return !cell || !names.length || names.includes(cell.name) ? cell : cells?.find(({ name }) => name === names[0]) ?? null;
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
  return state.pinned ? "arithmetic" : plane(state);
}

/**
 * Whether the cell is looked into, or the strip alone is looked at: what was chosen. A wall has room for one of the two; where nobody has chosen
 * it is the strip as the lesson wants it, and where the words speak of what stands in no drawing of the cell.
 * @param {State} state
 * @returns {"strip" | "cell"}
 */
export function plane(state) {
  const chosen = state.experiment.view.depth;
  if (chosen !== undefined || state.theme !== "projector") return chosen === "strip" ? "strip" : "cell";
  const layer = mainLayer(state)?.address;
  const within = (/** @type {string} */ address) => stacked(state).length < 2 || address === INPUT || address.startsWith(`${layer}.`);
  return state.lesson?.view.wall === "strip" || !(beat(state)?.spotlight ?? []).every(within) ? "strip" : "cell";
}

/** The unit that is spoken of, counted from 0. @param {State} state */
export function unit(state) {
  const asked = Number(state.experiment.view.unit ?? 0);
  const units = mainLayer(state)?.sizes.units ?? 1;
  return Number.isInteger(asked) && asked >= 0 && asked < units ? asked : 0;
}

/**
 * The answer of a prediction, undefined while it is not known.
 * @param {State} state
 * @param {import("../net/contract.js").Prediction} prediction
 * @returns {number | undefined}
 */
export function truthOf(state, { of, gradient, step, unit: at, count }) {
  if (!count) return of === null || step === null ? undefined : (gradient ? gradientAt : valueAt)(state, of, step, at) ?? seenAt(state, gradient ? "gradients" : "values", of, step, at);
  const { lesson, experiment } = state;
  if (count.of === "steps") return (lesson?.presets.find(({ id }) => id === (count.preset ?? experiment.preset))?.inputs.length ?? steps(state));
  const variant = lesson?.variants.find(({ id }) => id === (count.variant ?? experiment.variant));
  if (count.of === "units") return variant?.units ?? stacked(state).at(-1)?.sizes.units;
  return variant?.parameters ?? parameterCount(state);
}

/** Whether what is asked here, or was, is drawn. @param {State} state */
export function isCurve(state) {
  return Boolean((openPrediction(state) ?? answeredPrediction(state))?.curve);
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
 * Whether the second clock has yet to come to a symbol: the layers below have been worked out, those above wait; going backward it is the other way round.
 * @param {State} state
 * @returns {(address: string) => boolean}
 */
export function pending(state) {
  const { equation } = state;
  const layer = mainLayer(state);
  if (equation === null || !layer) return () => false;
  const equations = state.network.programs[layer.program].equations;
  const back = direction(state) === "backward";
  const { layers } = state.network;
  const own = layers.indexOf(layer);
  return (address) => {
    if (!address.startsWith(`${layer.address}.`)) {
      const at = layers.findIndex((one) => address.startsWith(`${one.address}.`));
      return back ? at < own : at > own;
    }
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

/** The window whose numbers are read. */
export const NEAR = "near";
/** The window in which the steps in view are drawn. */
export const VIEW = "view";
/** The window in which the memory is drawn from the first step to the last. */
export const WHOLE_SEQUENCE = "whole";
/** The window of the one place that is pointed at. */
export const POINT = "point";

/** A curve that is drawn over the steps, against the one that the engine computed. Pure of the state. */

import { gradientAt, steps, valueAt } from "./derive.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/**
 * The steps that are drawn, first and last included; the others are given. Gradients come from the right.
 * @param {State} state @param {Prediction} prediction
 */
export function drawnSteps(state, { gradient, step }) {
  return gradient ? { first: 1, last: step ?? 1 } : { first: step ?? 1, last: steps(state) };
}

/**
 * What the engine computed at a step; undefined while it is not known.
 * @param {State} state @param {Prediction} prediction @param {number} step
 */
export function truthAt(state, { of, gradient, unit }, step) {
  return of === null ? undefined : (gradient ? gradientAt : valueAt)(state, of, step, unit);
}

/**
 * Where the drawn curve is furthest from the true one; null while a true value is missing.
 * @param {State} state @param {Prediction} prediction @param {ArrayLike<number>} drawn  from left to right
 * @returns {{step: number, own: number, truth: number, difference: number} | null}
 */
export function furthest(state, prediction, drawn) {
  const { first, last } = drawnSteps(state, prediction);
  let found = null;
  for (let step = first; step <= last; step += 1) {
    const own = drawn[step - first];
    const truth = truthAt(state, prediction, step);
    if (truth === undefined || own === undefined) return null;
    const difference = Math.abs(own - truth);
    if (!found || difference > found.difference) found = { step, own, truth, difference };
  }
  return found;
}

/** The way on which a network has learned: like an answer it lasts as long as the tab, so that a reload leaves the curve with the weights. */

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{losses: number[], at: number}} Way */

const KEY = "unrolled.learned";

/** All that a loss is made of. @param {Experiment} experiment */
export function lossOf({ network, sequence, initial, carried, loss, parameters }) {
  const values = Object.entries(parameters.values).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([network, sequence.inputs, initial, carried, loss, values]);
}

/** @param {Experiment} experiment @returns {Way | null} the one that has led to these very weights */
export function recallWay(experiment) {
  try {
    const { of, losses, at } = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return of === lossOf(experiment) && Array.isArray(losses) && losses.every(Number.isFinite) && Number.isInteger(at) && at >= 0 && at < losses.length ? { losses, at } : null;
  } catch {
    return null;
  }
}

/** @param {Experiment} experiment @param {Way} way */
export function rememberWay(experiment, { losses, at }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ of: lossOf(experiment), losses, at }));
  } catch {
    // Without storage the curve begins anew after a reload.
  }
}

/** What of a wide network has to be sent: the numbers near the present step, and pictures of what is in view. Pure. */

import { answeredPrediction, direction, gradientRows, isWide, memory, NEAR, openPrediction, POINT, rows, steps, unitCount, VIEW, WHOLE_SEQUENCE } from "./derive.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Window} Window */

/** Steps of a block, and how many beyond its ends are sent with it, so that the next block can be asked for in time. */
const BLOCK = 8;
const MARGIN = 2;

/** So many numbers of a picture are sent as they are; of more, as much as colours need. */
const EXACT = 4096;

/** @param {State} state @returns {Window[] | null} null: everything */
export function windows(state) {
  if (!isWide(state)) return null;
  const { sight } = state;
  const gradients = direction(state) === "backward";
  const block = Math.floor((state.experiment.step - 1) / BLOCK) * BLOCK;
  const first = Math.max(1, block + 1 - MARGIN);
  const last = Math.min(steps(state), block + BLOCK + MARGIN);
  /** @type {Window[]} */
  const list = [{ name: NEAR, symbols: null, first, count: last - first + 1, dtype: "float64", gradients }];
  // What a question asks for may be far from the present step, and out of view.
  const asked = openPrediction(state) ?? answeredPrediction(state);
  if (asked?.of && asked.step) list.push({ name: "asked", symbols: [asked.of], first: asked.step, count: 1, dtype: "float64", gradients });
  if (sight) {
    const symbols = [...new Set([...rows(state), ...(gradients ? gradientRows(state) : [])])];
    list.push({ name: VIEW, symbols, first: sight.first, count: sight.count, dtype: precision(state, symbols, sight.count), gradients });
    if (sight.pointed) list.push({ name: POINT, symbols: [sight.pointed.address], first: sight.pointed.step, count: 1, dtype: "float64", gradients });
    const whole = [memory(state)];
    list.push({ name: WHOLE_SEQUENCE, symbols: whole, first: 1, count: null, dtype: precision(state, whole, steps(state)), gradients });
  }
  return list;
}

/** What float32 cannot hold would look like an overflow. @param {State} state @param {string[]} symbols @param {number} count @returns {"float64" | "float32"} */
function precision(state, symbols, count) {
  const units = symbols.reduce((sum, address) => sum + unitCount(state, address), 0);
  return units * count <= EXACT ? "float64" : "float32";
}

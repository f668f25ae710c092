/** The upright scale of curves that fade or grow without bound: by powers of ten, or plain. What lies outside is held at the edge and marked. Pure. */

import { number, tenTo } from "./format.js";
import { clamp } from "./scale.js";

/** @typedef {{share: (value: number) => number, outside: (value: number) => -1 | 0 | 1, ticks: {at: number, text: string}[]}} CurveScale  shares from 0 below to 1 above */

/** How many powers of ten below and above 1 are seen: few sizes, so that the scale seldom changes. */
const BELOW = [1, 3, 6, 10, 20, 50, 100, 200, 308];
const ABOVE = [0, 3, 6, 20, 50, 100, 200, 308];
const TICKS = 5;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200];
const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** @param {Iterable<number>} values @returns {CurveScale} */
export function powersOfTen(values) {
  let [least, most] = [1, 1];
  for (const value of values) {
    const size = Math.abs(value);
    // No scale reaches these: they are marked where the curve leaves.
    if (size === 0 || !Number.isFinite(size)) continue;
    if (size < least) least = size;
    if (size > most) most = size;
  }
  const low = -(BELOW.find((count) => least >= 10 ** -count) ?? /** @type {number} */ (BELOW.at(-1)));
  const high = ABOVE.find((count) => most <= 10 ** count) ?? /** @type {number} */ (ABOVE.at(-1));
  const exponent = (/** @type {number} */ value) => (value === 0 ? -Infinity : Math.log10(Math.abs(value)));
  const step = STEPS.find((count) => (high - low) / count <= TICKS) ?? high - low;
  const powers = [];
  for (let power = Math.ceil(low / step) * step; power <= high; power += step) powers.push(power === 0 ? 0 : power);
  return {
    share: (value) => clamp((exponent(value) - low) / (high - low), 0, 1),
    outside: (value) => (exponent(value) < low ? -1 : exponent(value) > high ? 1 : 0),
    ticks: powers.map((power) => ({ at: (power - low) / (high - low), text: tenTo(power) })),
  };
}

/** From 0, or from as far below it as above, to the next round number. @param {Iterable<number>} values */
export function plainScale(values) {
  let [least, most] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const high = above(Math.max(most, -least));
  const low = least < 0 ? -high : 0;
  return {
    share: (/** @type {number} */ value) => clamp((value - low) / (high - low), 0, 1),
    outside: (/** @type {number} */ value) => /** @type {-1 | 0 | 1} */ (value < low ? -1 : value > high ? 1 : 0),
    ticks: [...new Set([low, 0, high / 2, high])].map((at) => ({ at: (at - low) / (high - low), text: number(at) })),
  };
}

/** @param {number} largest */
function above(largest) {
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return (ROUND.find((factor) => largest <= factor * power * 1.0001) ?? 10) * power;
}

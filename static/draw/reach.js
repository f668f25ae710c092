/**
 * How much of a gradient is left at each step, and where it has vanished or exploded. Pure.
 */

/** Above this nothing is scaled any more, only marked. */
export const EXPLODED = 3;

/** @typedef {"" | "none" | "vanished" | "exploded"} Mark */
/** @typedef {{norm: number, share: number, mark: Mark}} Reach  `share`: of the norm at the loss step, NaN where that is none */

/**
 * The length of a gradient as a vector, at each step.
 * @param {number} steps
 * @param {number} units
 * @param {(step: number, unit: number) => number | undefined} at
 * @returns {number[]} NaN where it is not known yet
 */
export function norms(steps, units, at) {
  return Array.from({ length: steps }, (_, index) => Math.hypot(...Array.from({ length: units }, (_, unit) => at(index + 1, unit) ?? NaN)));
}

/**
 * @param {number} norm
 * @param {number} low  the exponent at which the scale begins
 * @returns {Mark}
 */
export function markOf(norm, low) {
  if (Number.isNaN(norm)) return "";
  if (norm === 0) return "none";
  if (norm > 10 ** EXPLODED) return "exploded";
  return norm < 10 ** low ? "vanished" : "";
}

/**
 * @param {number[]} lengths  as `norms` gives them
 * @param {number} loss  the step, from 1, at which the error enters
 * @param {number} low
 * @returns {Reach[]}
 */
export function reached(lengths, loss, low) {
  const whole = lengths[loss - 1];
  return lengths.map((norm) => ({ norm, share: whole > 0 && whole < Infinity ? norm / whole : NaN, mark: markOf(norm, low) }));
}

/**
 * Where, on its way from the loss step, a gradient first gets a mark.
 * @param {Reach[]} reach
 * @param {number} loss
 * @param {1 | -1} way
 * @param {Mark} mark
 * @returns {number | null} the step, from 1
 */
export function firstMarked(reach, loss, way, mark) {
  for (let step = loss; step >= 1 && step <= reach.length; step += way) if (reach[step - 1].mark === mark) return step;
  return null;
}

/** @param {number} share @param {number} [room]  characters: a narrow column has not enough for the longest forms with their spaces */
export function percent(share, room = Infinity) {
  if (Number.isNaN(share)) return "";
  const hundred = share * 100;
  const close = (/** @type {string} */ text) => (room < text.length ? text.replace(/ /g, "") : text);
  if (!Number.isFinite(hundred)) return "∞";
  if (hundred === 0) return "0 %";
  if (hundred < 0.1) return close("< 0.1 %");
  if (Math.round(hundred) > 9999) return close("≥ 10⁴ %");
  return `${hundred < 9.95 ? hundred.toFixed(1) : hundred.toFixed(0)} %`;
}

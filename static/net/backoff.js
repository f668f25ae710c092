/** When to try again: full jitter, so that a class whose server came back does not arrive all at once. */

export const BASE = 250;
export const CAP = 5000;

/**
 * @param {number} attempt  failures so far, from 0
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function delay(attempt, random = Math.random) {
  return random() * Math.min(CAP, BASE * 2 ** attempt);
}

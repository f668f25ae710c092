/**
 * From numbers to places and to shares of a range.
 */

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/**
 * Share of a symmetric range, in [-1, 1]; what lies outside is held at the end and has to be marked by the caller.
 * @param {number} value
 * @param {number} bound
 */
export function share(value, bound) {
  if (Number.isNaN(value) || bound <= 0) return 0;
  return clamp(value / bound, -1, 1);
}

/** How many powers of ten a logarithmic scale covers. */
export const DECADES = 6;

/**
 * The top of a logarithmic scale, as a power of ten: 1 for gradients that do not grow, else in jumps of three decades, so that it seldom changes.
 * @param {number} largest
 */
export function decadeAbove(largest) {
  if (!(largest > 1)) return 0;
  if (!Number.isFinite(largest)) return 309;
  return Math.ceil(Math.log10(largest) / 3) * 3;
}

/**
 * Share of a logarithmic scale that ends at 10^top.
 * @param {number} value
 * @param {number} top
 */
export function magnitude(value, top) {
  const size = Math.abs(value);
  if (size === 0 || Number.isNaN(size)) return 0;
  if (!Number.isFinite(size)) return 1;
  return clamp((Math.log10(size) - (top - DECADES)) / DECADES, 0, 1);
}

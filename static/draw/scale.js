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
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @returns {(value: number) => number}
 */
export function linear([from, to], [start, stop]) {
  const factor = to === from ? 0 : (stop - start) / (to - from);
  return (value) => start + (value - from) * factor;
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

/**
 * Round numbers on an axis, about `count` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function ticks(low, high, count) {
  const raw = (high - low) / count;
  if (!(raw > 0) || !Number.isFinite(raw)) return [low];
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = unit * ([1, 2, 5, 10].find((factor) => factor * unit >= raw) ?? 10);
  const out = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) out.push(Math.abs(at) < step * 1e-9 ? 0 : at);
  return out;
}

/**
 * Numbers as people read and say them: few digits, a real minus sign, powers of ten written out.
 */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {number} exponent */
function raised(exponent) {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => RAISED[Number(digit)]);
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** @param {string} text */
function minus(text) {
  return text.replace(/-/g, "−");
}

/** @param {number} value */
function special(value) {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : "−∞";
}

/**
 * @param {number} value
 * @param {number} digits
 */
export function power(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits).split("e");
  return `${minus(mantissa)}·10${raised(Number(exponent))}`;
}

/** The power of ten that is least often wrong by a factor of three: of 0.00089 it is 10⁻³. @param {number} value */
function nearest(value) {
  return `${value < 0 ? "−" : ""}10${raised(Math.round(Math.log10(Math.abs(value))))}`;
}

/** @param {string} text */
function trimmed(text) {
  return /\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}

/**
 * A number that somebody chose or that stands in the middle of a sum: at most five significant digits, nothing after them.
 * @param {number} value
 */
export function number(value) {
  if (!Number.isFinite(value)) return special(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 5e-6) return power(value, size >= 1e6 ? 2 : 1).replace(/\.?0+·/, "·");
  if (size < 1e-3) return minus(trimmed(value.toFixed(5)));
  if (size >= 1e5) return minus(value.toFixed(0));
  return minus(trimmed(value.toPrecision(5)));
}

/**
 * A number that was computed: five significant digits even when they are zeros, so that 1.0000 can be told from 1.
 * @param {number} value
 */
export function result(value) {
  if (!Number.isFinite(value)) return special(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6) return power(value, 2);
  if (size < 5e-6) return power(value, 1);
  if (size < 1) return minus(value.toFixed(5));
  if (size >= 1e5) return minus(value.toFixed(0));
  return minus(value.toPrecision(5));
}

/**
 * A computed number where there is little room.
 * @param {number} value
 */
export function brief(value) {
  return trimmed(result(value)).replace(/\.0+·/, "·");
}

/**
 * A computed number beside those that it was chosen from: two decimals, or one more than they have. What is beyond tells nothing apart.
 * @param {number} value
 * @param {number[]} choices
 */
export function beside(value, choices) {
  const small = choices.some((choice) => choice !== 0 && Math.abs(choice) < 0.01);
  if (choices.length === 0 || small || Number.isInteger(value) || !(Math.abs(value) < 1e5)) return brief(value);
  const most = Math.max(...choices.map((choice) => String(choice).split(".")[1]?.length ?? 0));
  return fixed(value, Math.max(2, most + 1));
}

/**
 * All the digits of the double.
 * @param {number} value
 */
export function exact(value) {
  if (!Number.isFinite(value)) return special(value);
  const [mantissa, exponent] = String(value).split("e");
  return exponent === undefined ? minus(mantissa) : `${minus(mantissa)}·10${raised(Number(exponent))}`;
}

/**
 * How many decimals tell the numbers of a row apart, of which the largest is about `bound`.
 * @param {number} bound
 */
export function decimals(bound) {
  return bound > 0 && bound < 0.1 ? Math.min(8, 1 + Math.ceil(-Math.log10(bound))) : 2;
}

/**
 * The best form that is at most `room` characters long; a raised digit counts as half a character.
 * @param {number} value
 * @param {number} room
 * @param {boolean} whole  the whole row is made of integers, so decimals would be noise
 * @param {number} most  decimals, where there is room for them
 * @returns {string}
 */
export function fit(value, room, whole = false, most = 2) {
  if (!Number.isFinite(value)) return special(value);
  const size = Math.abs(value);
  for (let digits = whole ? 0 : most; digits >= 0; digits--) {
    if (digits < 2 && size < 10 && !whole) break;
    const text = fixed(value, digits);
    if (length(text) > room || size >= 1e6) continue;
    // Where all numbers are small, 0.00 would say nothing.
    return most > 2 && size > 0 && /^[−0.]*$/.test(text) ? tight(value, room) : text;
  }
  if (size < 10) return fixed(value, room >= 4 ? 1 : 0);
  const long = power(value, 1);
  if (length(long) <= room) return long;
  return nearest(value);
}

/**
 * The same for numbers that are often far below one, where two decimals would all say 0.00.
 * @param {number} value
 * @param {number} room
 * @param {boolean} [whole]
 * @returns {string}
 */
export function tight(value, room, whole) {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 0.01 || !Number.isFinite(value)) return fit(value, room, whole);
  const long = power(value, 0);
  if (length(long) <= room) return long;
  return nearest(value);
}

/**
 * What is left in a memory, where two decimals would say that nothing is: a third one, and of what has faded to still less its size.
 * @param {number} value
 * @param {number} room
 * @param {{whole?: boolean, most?: number, faded?: boolean}} [how]
 * @returns {string}
 */
export function remnant(value, room, { whole = false, most = 2, faded = false } = {}) {
  const size = Math.abs(value);
  const three = fixed(value, 3);
  const forms = most !== 2 || size >= 0.005 || size === 0 ? []
    : size >= 0.0005 ? [three, three.replace("0.", ".")]
    : faded ? [power(value, 0), nearest(value)] : [];
  return forms.find((text) => length(text) <= room) ?? fit(value, room, whole, most);
}

/**
 * The same in so little room that a nought before the point would cost a digit behind it: −.5, not −1.
 * @param {number} value
 * @param {number} room
 * @returns {string}
 */
export function narrow(value, room) {
  const size = Math.abs(value);
  if (size < 0.01 || size >= 10 || !Number.isFinite(value)) return tight(value, room);
  const forms = [2, 1].map((digits) => fixed(value, digits).replace(/^(−?)0\./, "$1.").replace(/(\.\d)0$/, "$1"));
  return forms.find((text) => length(text) <= room && /[1-9]/.test(text)) ?? tight(value, room);
}

/** Never −0.00. @param {number} value @param {number} digits */
function fixed(value, digits) {
  return minus(value.toFixed(digits)).replace(/^−(0(\.0*)?)$/, "$1");
}

/** In digits. @param {string} text */
export function length(text) {
  let sum = 0;
  for (const sign of text) sum += RAISED.includes(sign) || sign === "⁻" || sign === "." || sign === "·" ? 0.5 : 1;
  return sum;
}

/**
 * 10⁻⁶, the way an axis says it.
 * @param {number} exponent
 */
export function tenTo(exponent) {
  return exponent === 0 ? "1" : `10${raised(exponent)}`;
}

/** @param {number} index */
export function lowered(index) {
  return String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]);
}

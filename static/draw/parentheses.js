/** Parentheses that were put beside a name: whoever types them too goes over them, and has them once. Pure. */

/**
 * @typedef {object} Pair
 * @property {number} open  where the first of the two stands
 * @property {number} rest  how much text begins with the second: what is typed between them does not change it
 */

/** @param {string} text @param {number} open  the text has () there @returns {Pair} */
export const pairAt = (text, open) => ({ open, rest: text.length - open - 1 });

/**
 * How far the caret goes over what is there instead of writing the sign; null: it is written.
 * @param {string} text @param {number} caret @param {string} sign @param {Pair} pair
 * @returns {0 | 1 | null}
 */
export function over(text, caret, sign, { open, rest }) {
  const inside = text.slice(open + 1, caret);
  if (text[open] !== "(" || caret <= open || text.length - caret < rest) return null;
  if (sign === "(" && inside === "") return 0;
  const count = (/** @type {string} */ each) => inside.split(each).length;
  return sign === ")" && text.length - caret === rest && text[caret] === ")" && count("(") === count(")") ? 1 : null;
}

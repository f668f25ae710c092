/** How the address spells numbers and words: in the shortest form that reads back to exactly the same. Pure. */

/** The sign of a zero counts: its reciprocal knows it. @param {number} value */
export const spell = (value) => (Object.is(value, -0) ? "-0" : String(value));

/** @param {number[]} row */
export const list = (row) => row.map(spell).join(",");

/** @param {string} text @returns {number | null} */
export function parse(text) {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

/** @param {string} text @returns {number[] | null} */
export function parseList(text) {
  const row = text.split(",").map(parse);
  return row.some((value) => value === null) ? null : /** @type {number[]} */ (row);
}

/** @param {string} text @returns {string | null} */
export function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Where a surface over a grid has a height: the lines of a map, by marching squares. Pure. */

/**
 * Corners of a square in order: lower left, lower right, upper right, upper left; its sides in the same order, from the lower one on. By which corners lie
 * above the height (1, 2, 4, 8): the sides that each piece of the line joins.
 * @type {[number, number][][]}
 */
const PIECES = [
  [], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 0], [1, 2]], [[0, 2]], [[3, 2]],
  [[2, 3]], [[2, 0]], [[0, 1], [2, 3]], [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], [],
];

/**
 * @param {ArrayLike<number>} values  row by row
 * @param {number} columns
 * @param {number} height
 * @returns {number[]}  pieces of line, each x0, y0, x1, y1 in columns and rows; squares with a corner that is no number have none
 */
export function contour(values, columns, height) {
  /** @type {number[]} */
  const found = [];
  const rows = Math.floor(values.length / columns);
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const corners = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
      if (!corners.every(Number.isFinite)) continue;
      const which = corners.reduce((sum, value, bit) => sum + (value > height ? 1 << bit : 0), 0);
      for (const sides of PIECES[which]) for (const side of sides) found.push(...crossing(side, corners, column, row, height));
    }
  }
  return found;
}

/** @param {number} side @param {number[]} corners @param {number} column @param {number} row @param {number} height @returns {[number, number]} */
function crossing(side, corners, column, row, height) {
  const [from, to] = [corners[side], corners[(side + 1) % 4]];
  const share = (height - from) / (to - from);
  if (side === 0) return [column + share, row];
  if (side === 1) return [column + 1, row + share];
  if (side === 2) return [column + 1 - share, row + 1];
  return [column, row + 1 - share];
}

/**
 * Rows that have not come yet look like the nearest that has; null where none has.
 * @param {Float64Array} values @param {number} columns
 * @returns {Float64Array | null}
 */
export function filled(values, columns) {
  const rows = values.length / columns;
  const known = Array.from({ length: rows }, (_, row) => row).filter((row) => !unknown(values, row * columns, columns));
  if (known.length === rows) return values;
  if (known.length === 0) return null;
  const next = values.slice();
  for (let row = 0; row < rows; row += 1) {
    const from = known.reduce((best, each) => (Math.abs(each - row) < Math.abs(best - row) ? each : best));
    if (from !== row) next.copyWithin(row * columns, from * columns, (from + 1) * columns);
  }
  return next;
}

/** @param {Float64Array} values @param {number} first @param {number} columns */
function unknown(values, first, columns) {
  for (let at = first; at < first + columns; at += 1) if (!Number.isNaN(values[at])) return false;
  return true;
}

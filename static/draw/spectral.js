/** How much a matrix that is applied again and again makes grow what it is applied to. */

/** Squared so often, the matrix stands to the power of 2^20: its size to the root of that is the radius to five digits. */
const SQUARES = 20;

/**
 * The spectral radius of a square matrix, by Gelfand's formula: the limit of the n-th root of the size of the n-th power.
 * @param {number[][]} matrix
 */
export function spectralRadius(matrix) {
  const n = matrix.length;
  let power = Float64Array.from(matrix.flat());
  let log = 0;
  for (let round = 0; round <= SQUARES; round += 1) {
    const size = power.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (size === 0) return 0;
    log += Math.log(size) / 2 ** round;
    power = power.map((value) => value / size);
    if (round < SQUARES) power = squared(power, n);
  }
  return Math.exp(log);
}

/** @param {Float64Array} matrix  row by row @param {number} n */
function squared(matrix, n) {
  const product = new Float64Array(n * n);
  for (let row = 0; row < n; row += 1) {
    for (let inner = 0; inner < n; inner += 1) {
      const value = matrix[row * n + inner];
      for (let column = 0; column < n; column += 1) product[row * n + column] += value * matrix[inner * n + column];
    }
  }
  return product;
}

/** Which weights have a part in a value: of every matrix that its equation reads the row of its unit, of every bias the number of that. */

import { namesIn, rightSide } from "./tree.js";

/**
 * @param {string} name @param {import("./numbers.js").Numbers} numbers @param {number} unit
 * @returns {(address: string, index: string) => boolean}  `index`: row and column, with a point between them
 */
export function weightsIn(name, numbers, unit) {
  const right = rightSide(numbers.program, name);
  const read = new Set(right ? namesIn(right).filter(numbers.isParameter).map(numbers.full) : []);
  return (address, index) => read.has(address) && (index === "" || parseInt(index, 10) === unit);
}

/** Arrays of a record: their bits in base64, little-endian doubles; in records of version 1 nested lists. */

/** @typedef {import("../../net/contract.js").Nested} Nested */
/** @typedef {{shape: number[], f8: string}} Packed */

/** @param {Packed | Nested} array @returns {Nested} */
export function unpacked(array) {
  if (typeof array === "number" || Array.isArray(array)) return array;
  const bytes = Uint8Array.from(atob(array.f8), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const numbers = Array.from({ length: bytes.length / 8 }, (_, at) => view.getFloat64(8 * at, true));
  const [rows, columns] = array.shape;
  if (rows === undefined) return numbers[0];
  return columns === undefined ? numbers : Array.from({ length: rows }, (_, row) => numbers.slice(row * columns, (row + 1) * columns));
}

/** Arrays of a record: their bits in base64, little-endian doubles; in records of version 1 nested lists. */

/** @typedef {import("../../net/contract.js").Nested} Nested */
/** @typedef {{shape: number[], f8: string}} Packed */

/** @param {Nested} nested @returns {Packed} */
export function packed(nested) {
  const shape = Array.isArray(nested) ? (Array.isArray(nested[0]) ? [nested.length, nested[0].length] : [nested.length]) : [];
  const view = new DataView(new ArrayBuffer(8 * shape.reduce((product, size) => product * size, 1)));
  /** @type {number[]} */ ([nested].flat(2)).forEach((value, at) => view.setFloat64(8 * at, value, true));
  let text = "";
  for (const byte of new Uint8Array(view.buffer)) text += String.fromCharCode(byte);
  return { shape, f8: btoa(text) };
}

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

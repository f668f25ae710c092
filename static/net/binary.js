/**
 * Arrays travel behind a small header: u32 little-endian header length, a JSON header padded with spaces so that the data start
 * at a multiple of 8, then the arrays one after the other, little-endian: float64 where numbers are read, float32 for pictures. The
 * next message follows at a multiple of 8: what was computed together arrives together.
 */

/** @typedef {import("./contract.js").ArrayHeader} ArrayHeader */
/** @typedef {import("./contract.js").NamedArray} NamedArray */
/** @typedef {import("./contract.js").BinaryMessage} BinaryMessage */

/** @type {Record<string, typeof Float64Array | typeof Float32Array | undefined>} */
const TYPES = { float64: Float64Array, float32: Float32Array };
const ALIGNMENT = 8;
const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * @param {ArrayBuffer} buffer
 * @returns {BinaryMessage[]}
 * @throws {RangeError} when a header and its data do not fit together
 */
export function decode(buffer) {
  const found = [];
  let offset = 0;
  /** @param {ArrayHeader[]} list @returns {NamedArray[]} */
  const read = (list) =>
    list.map(({ name, dtype, shape }) => {
      const type = TYPES[dtype];
      if (!type) throw new RangeError(`array ${name} is ${dtype}, not a list of numbers`);
      const count = shape.reduce((product, size) => product * size, 1);
      const data = numbers(buffer, offset, count, type);
      offset += count * type.BYTES_PER_ELEMENT;
      return { name, data, shape };
    });
  while (offset < buffer.byteLength) {
    const length = new DataView(buffer).getUint32(offset, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, offset + 4, length)));
    offset += 4 + length;
    const arrays = header.arrays ? { arrays: read(header.arrays) } : {};
    const totals = header.type === "gradients" ? { totals: header.totals ? read(header.totals) : null } : {};
    found.push({ ...header, ...arrays, ...totals });
    offset = Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
  }
  return found;
}

/** @param {ArrayBuffer} buffer @param {number} offset @param {number} count @param {typeof Float64Array | typeof Float32Array} type */
function numbers(buffer, offset, count, type) {
  const size = type.BYTES_PER_ELEMENT;
  if (LITTLE && offset % size === 0) return new type(buffer, offset, count);
  const view = new DataView(buffer, offset, count * size);
  const found = new type(count);
  for (let index = 0; index < count; index++) found[index] = size === 8 ? view.getFloat64(index * 8, true) : view.getFloat32(index * 4, true);
  return found;
}

/**
 * Arrays travel behind a small header: u32 little-endian header length, a JSON header padded with spaces so that the data start
 * at a multiple of 8, then the arrays one after the other as little-endian float64.
 */

/** @typedef {import("./contract.js").ArrayHeader} ArrayHeader */
/** @typedef {import("./contract.js").NamedArray} NamedArray */
/** @typedef {import("./contract.js").FramesMessage} FramesMessage */
/** @typedef {import("./contract.js").GradientsMessage} GradientsMessage */

const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * @param {ArrayBuffer} buffer
 * @returns {FramesMessage | GradientsMessage}
 * @throws {RangeError} when the header and the data do not fit together
 */
export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let offset = 4 + length;
  /** @param {ArrayHeader[]} list @returns {NamedArray[]} */
  const read = (list) =>
    list.map(({ name, dtype, shape }) => {
      if (dtype !== "float64") throw new RangeError(`array ${name} is ${dtype}, not float64`);
      const count = shape.reduce((product, size) => product * size, 1);
      const data = doubles(buffer, offset, count);
      offset += count * 8;
      return { name, data, shape };
    });
  const arrays = read(header.arrays);
  const totals = header.totals ? read(header.totals) : null;
  return header.type === "gradients" ? { ...header, arrays, totals } : { ...header, arrays };
}

/** @param {ArrayBuffer} buffer @param {number} offset @param {number} count */
function doubles(buffer, offset, count) {
  if (LITTLE && offset % 8 === 0) return new Float64Array(buffer, offset, count);
  const view = new DataView(buffer, offset, count * 8);
  return Float64Array.from({ length: count }, (_, index) => view.getFloat64(index * 8, true));
}

/** From frames to series. Pure: takes the series that are shown and one message, gives the series to show. */

/** @typedef {import("./store.js").Series} Series */
/** @typedef {import("../net/contract.js").FramesMessage} FramesMessage */
/** @typedef {import("../net/contract.js").GradientsMessage} GradientsMessage */
/** @typedef {import("../net/contract.js").NamedArray} NamedArray */

/**
 * What a window shows, which comes all at once.
 * @param {{first: number, count: number, arrays: NamedArray[]}} message
 * @returns {Record<string, Series>}
 */
export function seen({ first, count, arrays }) {
  return Object.fromEntries(arrays.map((array) => [array.name, { data: array.data, first, steps: count, units: unitsOf(array) }]));
}

/** @param {NamedArray} array */
function unitsOf({ shape }) {
  return shape.length > 1 ? shape[1] : 1;
}

/**
 * Frames come from the first step to the last. Where the sequence kept its length, later steps keep their old values until theirs
 * arrive, so that nothing blinks while a long sequence is computed.
 * @param {Record<string, Series>} shown
 * @param {FramesMessage} message
 * @returns {Record<string, Series>}
 */
export function withFrames(shown, { first, count, steps, arrays }) {
  /** @type {Record<string, Series>} */
  const next = first === 1 ? {} : { ...shown };
  for (const array of arrays) {
    const units = unitsOf(array);
    if (count === steps) {
      next[array.name] = { data: array.data, first: 1, steps, units };
      continue;
    }
    const old = shown[array.name];
    const fits = old !== undefined && old.units === units && old.data.length === steps * units;
    const data = fits ? old.data.slice() : new Float64Array(steps * units);
    data.set(array.data, (first - 1) * units);
    const known = Math.max(first + count - 1, fits ? old.steps : 0);
    next[array.name] = { data, first: 1, steps: known, units };
  }
  return next;
}

/**
 * Gradients come from the last step to the first; earlier ones keep their old values until theirs arrive, where the length is the same.
 * @param {Record<string, Series>} shown
 * @param {GradientsMessage} message
 * @param {boolean} fresh  the first message of its gradient
 * @returns {Record<string, Series>}
 */
export function withGradients(shown, { first, count, steps, arrays }, fresh) {
  /** @type {Record<string, Series>} */
  const next = fresh ? {} : { ...shown };
  for (const array of arrays) {
    const units = unitsOf(array);
    if (count === steps) {
      next[array.name] = { data: array.data, first: 1, steps, units };
      continue;
    }
    const before = shown[array.name];
    if (before && before.first === 1 && before.units === units && before.data.length === steps * units) {
      const data = before.data.slice();
      data.set(array.data, (first - 1) * units);
      next[array.name] = { ...before, data };
      continue;
    }
    const tail = before && !fresh && before.first === first + count ? before : undefined;
    const data = new Float64Array((count + (tail?.steps ?? 0)) * units);
    data.set(array.data, 0);
    if (tail) data.set(tail.data, count * units);
    next[array.name] = { data, first, steps: count + (tail?.steps ?? 0), units };
  }
  return next;
}

/**
 * The next round number (1, 2, 5, 10 ...) that holds every finite value of a series: a colour bound that a person can say.
 * @param {Series} series
 */
export function roundBound(series) {
  let largest = 0;
  // Of a hundred thousand numbers at every move of a drag: by index and without a call, a tenth of the time.
  const { data } = series;
  for (let index = 0; index < data.length; index++) {
    const size = data[index] < 0 ? -data[index] : data[index];
    if (size > largest && size < Infinity) largest = size;
  }
  if (largest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const factor = [1, 2, 5, 10].find((candidate) => largest <= candidate * power * (1 + 1e-9)) ?? 10;
  return factor * power;
}

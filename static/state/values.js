/** The numbers of a run: read by address, step and unit, and how large they become. Pure of the state. */

import { gradientRows, INPUT, joinedFrom } from "./layers.js";
import { isWide, layerOf, steps, unitCount } from "./shape.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("./store.js").Series} Series */

/** @param {Series | undefined} series @param {number} step @param {number} unit @returns {number | undefined} */
export function at(series, step, unit) {
  if (!series || step < series.first || step >= series.first + series.steps) return undefined;
  return unit < series.units ? series.data[(step - series.first) * series.units + unit] : undefined;
}

/**
 * @param {State} state @param {string} address @param {number} step @param {number} [unit]
 * @returns {number | undefined} undefined while it is not known
 */
export function valueAt(state, address, step, unit = 0) {
  if (address === INPUT) return state.experiment.sequence.inputs[step - 1]?.[unit];
  if (address.endsWith("_prev")) return beforeAt(state, address.slice(0, -"_prev".length), step, unit);
  return at(state.values[address], step, unit) ?? joinedAt(state, joinedFrom(state, address), step, unit);
}

/**
 * Of a long sequence only what is near is there in full; its pictures have the rest.
 * @param {State} state @param {"values" | "gradients"} kind @param {string} address @param {number} step @param {number} [unit]
 * @returns {number | undefined} undefined where it is in no picture, or in one of earlier numbers
 */
export function seenAt(state, kind, address, step, unit = 0) {
  if (kind === "gradients" && state.overtaken) return undefined;
  for (const picture of Object.values(state.pictures)) {
    const found = at(picture[kind][address], step, unit);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param {State} state @param {string[]} parts @param {number} step @param {number} unit @returns {number | undefined} */
function joinedAt(state, [first, ...rest], step, unit) {
  if (!first) return undefined;
  const units = unitCount(state, first);
  return unit < units ? valueAt(state, first, step, unit) : joinedAt(state, rest, step, unit - units);
}

/** @param {State} state @param {string} address @param {number} step @param {number} [unit] @returns {number | undefined} */
export function gradientAt(state, address, step, unit = 0) {
  // Of a wide network they take as long as the run: what they were of earlier numbers is not read as if it were of these.
  if (state.overtaken && isWide(state)) return undefined;
  return at(state.gradients[address], step, unit);
}

/**
 * A state before the first step: the number given, or what the reading before has left.
 * @param {State} state @param {string} address @param {number} [unit]
 * @returns {number | undefined} undefined while it is not known
 */
export function startAt(state, address, unit = 0) {
  const { initial, carried } = state.experiment;
  return carried > 0 ? at(state.values[`${address}_prev`], 1, unit) : initial[address]?.[unit] ?? 0;
}

/**
 * A state's value one step earlier, as the layer hears the sequence.
 * @param {State} state @param {string} address @param {number} step @param {number} [unit]
 * @returns {number | undefined}
 */
export function beforeAt(state, address, step, unit = 0) {
  const streamed = at(state.values[`${address}_prev`], step, unit);
  if (streamed !== undefined) return streamed;
  const backward = layerOf(state, address)?.direction === "backward";
  const earlier = backward ? step + 1 : step - 1;
  if (earlier < 1 || earlier > steps(state)) return startAt(state, address, unit);
  return at(state.values[address], earlier, unit);
}

/**
 * Whether a memory faded to what it holds: wiped by a gate, it would have lost nine tenths of what it was at once.
 * @param {State} state @param {string} address @param {number} step
 */
export function isFaded(state, address, step) {
  const before = Math.abs(beforeAt(state, address, step) ?? 0);
  return before > 0 && Math.abs(valueAt(state, address, step) ?? 0) >= before / 10;
}

/**
 * The fixed symmetric bound of a symbol's colours: its activation's, the lesson's, or the one measured when the experiment was opened.
 * @param {State} state
 * @param {string} address
 * @returns {number}
 */
export function range(state, address) {
  const plain = address.replace(/_prev$/, "");
  const parts = joinedFrom(state, plain);
  if (parts.length) return Math.max(...parts.map((part) => range(state, part)));
  const asked = state.lesson?.view.ranges?.[plain];
  if (asked) return asked;
  const own = state.network.symbols[plain]?.range;
  if (own && own[0] !== null && own[1] !== null) return Math.max(Math.abs(own[0]), Math.abs(own[1]));
  return state.bounds[plain] ?? 1;
}

/** @type {WeakMap<ArrayLike<number>, {largest: number, endless: boolean}>} */
const extents = new WeakMap();

/** The largest finite number, and whether there are others. @param {Series | undefined} series */
export function extent(series) {
  const found = { largest: 0, endless: false };
  if (!series) return found;
  const known = extents.get(series.data);
  if (known) return known;
  for (const value of series.data) {
    if (Number.isFinite(value)) found.largest = Math.max(found.largest, Math.abs(value));
    else found.endless = true;
  }
  extents.set(series.data, found);
  return found;
}

/** The largest finite gradient on screen, for the logarithmic scale. @param {State} state */
export function gradientBound(state) {
  const pictures = Object.values(state.pictures).map(({ gradients }) => gradients);
  return Math.max(0, ...gradientRows(state).flatMap((address) => [state.gradients, ...pictures].map((each) => extent(each[address]).largest)));
}

/** @type {WeakMap<Record<string, Series>, {address: string, step: number} | null>} */
const overflows = new WeakMap();

/**
 * Where a value first stops being a finite number, as far as is known.
 * @param {State} state
 */
export function overflow(state) {
  const found = [state.values, ...Object.values(state.pictures).map(({ values }) => values)].map(firstOverflow);
  return found.reduce((first, one) => (one && (!first || one.step < first.step) ? one : first), null);
}

/** @param {Record<string, Series>} values */
function firstOverflow(values) {
  const known = overflows.get(values);
  if (known !== undefined) return known;
  let found = null;
  for (const [address, series] of Object.entries(values)) {
    // What is sent with a loss is no value of the network, and what a picture has in short may be finite in full.
    if (/^loss(_|$)/.test(address) || series.data instanceof Float32Array) continue;
    const end = found ? (found.step - series.first) * series.units : series.data.length;
    for (let index = 0; index < Math.min(end, series.steps * series.units); index += 1) {
      if (Number.isFinite(series.data[index])) continue;
      found = { address, step: series.first + Math.floor(index / series.units) };
      break;
    }
  }
  overflows.set(values, found);
  return found;
}

/** @type {WeakMap<ArrayLike<number>, boolean>} */
const wholes = new WeakMap();

/**
 * Whether a symbol (or its gradient) is an integer at every step, so that decimals would be noise.
 * @param {State} state
 * @param {string} address
 * @param {"values" | "gradients"} [kind]
 * @returns {boolean}
 */
export function isWhole(state, address, kind = "values") {
  const plain = address.replace(/_prev$/, "");
  if (kind === "values" && plain === INPUT) return state.experiment.sequence.inputs.every((row) => row.every(Number.isInteger));
  const data = state[kind][plain]?.data;
  if (!data) {
    const parts = joinedFrom(state, plain);
    return parts.length > 0 && parts.every((part) => isWhole(state, part, kind));
  }
  let whole = wholes.get(data);
  if (whole === undefined) {
    whole = data.every((value) => Number.isInteger(value) || !Number.isFinite(value));
    wholes.set(data, whole);
  }
  return whole;
}

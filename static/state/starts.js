/** What a network's numbers are before anybody has changed one of them. Pure. */

import { same } from "./edit.js";
import { sourceOf } from "./ties.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("../net/contract.js").Parameters} Parameters */
/** @typedef {import("../net/contract.js").Start} Start */
/** @typedef {import("./store.js").State} State */
/**
 * @typedef {object} Ground
 * @property {Record<string, Nested>} own  the lesson's own numbers; where it has none, what the cell's rule gives
 * @property {Record<string, Nested>} drawn  those of parameters that are started otherwise, before they are scaled
 */

/** @param {Experiment} base @returns {Ground} */
export const plainGround = (base) => ({ own: base.parameters.values, drawn: {} });

/** The ground of another network: what the base has in the same shape, else what the engine started it with. @param {Experiment} base @param {Record<string, Nested>} fresh @param {Record<string, Nested>} drawn @returns {Ground} */
export function groundOf(base, fresh, drawn) {
  return { own: keeping(base.parameters.values, fresh), drawn };
}

/** Numbers by address: those of `kept` that are there in the same shape, else the fresh ones. @param {Record<string, Nested>} kept @param {Record<string, Nested>} fresh */
export function keeping(kept, fresh) {
  return Object.fromEntries(Object.entries(fresh).map(([address, nested]) => [address, alike(kept[address], nested) ? kept[address] : nested]));
}

/** What changes are counted from. @param {Parameters} parameters @param {Ground} ground @returns {Record<string, Nested>} */
export function untouched({ starts }, { own, drawn }) {
  const entries = Object.entries(starts).flatMap(([address, { scale }]) => (drawn[address] === undefined ? [] : [[address, times(drawn[address], scale)]]));
  return entries.length === 0 ? own : { ...own, ...Object.fromEntries(entries) };
}

/** The rule that a parameter's numbers came from, as long as they are those of the rule. @param {State} state @param {string} named @returns {Start | null} */
export function startOf(state, named) {
  const { experiment: { parameters }, ground } = state;
  const address = sourceOf(state, named);
  const start = parameters.starts[address];
  return start && same(parameters.values[address], untouched(parameters, ground)[address]) ? start : null;
}

/** Every number times a factor. @param {Nested} nested @param {number} factor @returns {any} */
export function times(nested, factor) {
  if (factor === 1) return nested;
  return Array.isArray(nested) ? nested.map((/** @type {any} */ item) => times(item, factor)) : nested * factor;
}

/** The record without what the engine finds by itself, so that a large network makes a short message. @param {Experiment} experiment @param {Experiment} base @param {Ground} ground @returns {Experiment} */
export function lean(experiment, base, ground) {
  const { parameters } = experiment;
  const found = untouched(parameters, ground);
  const values = Object.entries(parameters.values).filter(([address, nested]) => {
    const given = !parameters.starts[address] && alike(base.parameters.values[address], nested);
    return given || !same(nested, found[address]);
  });
  return { ...experiment, parameters: { ...parameters, values: Object.fromEntries(values) } };
}

/** @param {Nested | undefined} a @param {Nested | undefined} b */
function alike(a, b) {
  return a !== undefined && b !== undefined && String(shape(a)) === String(shape(b));
}

/** @param {Nested} nested @returns {number[]} */
export function shape(nested) {
  return Array.isArray(nested) ? [nested.length, ...shape(nested[0] ?? 0)] : [];
}

/** Nested lists of a row of numbers. @param {ArrayLike<number>} data @param {number[]} sizes @returns {any} */
export function nest(data, sizes) {
  if (sizes.length === 0) return data[0];
  const [count, ...rest] = sizes;
  const width = rest.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, at) => nest(Array.prototype.slice.call(data, at * width, (at + 1) * width), rest));
}

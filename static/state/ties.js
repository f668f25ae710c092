/** Parameters that are one: whose numbers a tied parameter has, and what it could be tied with. Pure. */

import { shape } from "./starts.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").NetworkDocument} NetworkDocument */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {Record<string, string>} Tied  from a parameter to the one that it is */

/** Where a parameter's numbers stand: under its own address, or under that of the one that it is tied to. @param {{network: NetworkDocument}} state @param {string} address */
export function sourceOf({ network }, address) {
  return network.symbols[address]?.tied ?? address;
}

/** @type {WeakMap<Record<string, Nested>, Record<string, Nested>>} */
const filled = new WeakMap();

/** The numbers of every parameter by its own address, those of tied ones too. @param {State} state @returns {Record<string, Nested>} */
export function weightsOf({ experiment, network }) {
  const { values } = experiment.parameters;
  const known = filled.get(values);
  if (known) return known;
  const tied = Object.entries(network.symbols).flatMap(([address, symbol]) => (symbol.tied === undefined ? [] : [[address, values[symbol.tied]]]));
  const found = tied.length === 0 ? values : { ...values, ...Object.fromEntries(tied) };
  filled.set(values, found);
  return found;
}

/** @param {State} state @returns {string[]} every parameter, tied ones too */
export function parametersOf({ network }) {
  return Object.keys(network.symbols).filter((address) => network.symbols[address].kind === "parameter");
}

/** The parameters that are one with this one, itself left out. @param {State} state @param {string} address */
export function partners(state, address) {
  const source = sourceOf(state, address);
  return parametersOf(state).filter((other) => other !== address && sourceOf(state, other) === source);
}

/** What has the same shape and is not yet one with it. @param {State} state @param {string} address */
export function fitting(state, address) {
  const own = String(state.network.symbols[address]?.shape);
  return parametersOf(state).filter((other) => String(state.network.symbols[other].shape) === own && sourceOf(state, other) !== sourceOf(state, address));
}

/** A parameter, with all that are one with it, becomes one with another. @param {Tied} tied @param {string} address @param {string} other @returns {Tied} */
export function tie(tied, address, other) {
  const [from, to] = [tied[address] ?? address, tied[other] ?? other];
  return { ...Object.fromEntries(Object.entries(tied).map(([one, source]) => [one, source === from ? to : source])), [from]: to };
}

/**
 * A parameter is one of its own again. Where the numbers stood under its address, they go by the next one's.
 * @param {Tied} tied @param {string} address
 * @returns {{tied: Tied, same: Tied}}  `same`: which numbers a parameter begins with that had none of its own
 */
export function untie(tied, address) {
  const { [address]: source, ...others } = tied;
  if (source !== undefined) return { tied: others, same: { [address]: source } };
  const [first, ...rest] = Object.keys(tied).filter((one) => tied[one] === address);
  if (first === undefined) return { tied, same: {} };
  const { [first]: _, ...left } = tied;
  return { tied: { ...left, ...Object.fromEntries(rest.map((one) => [one, first])) }, same: { [first]: address } };
}

/** The ties of parameters that are both still there, in one shape. @param {Tied} tied @param {Record<string, Nested>} values */
export function lasting(tied, values) {
  const fits = (/** @type {string} */ one, /** @type {string} */ other) =>
    one in values && other in values && String(shape(values[one])) === String(shape(values[other]));
  return Object.fromEntries(Object.entries(tied).filter(([one, other]) => fits(one, other)));
}

/** A tied network in a line of the address. @param {Tied} tied */
export const listTies = (tied) => Object.entries(tied).map((pair) => pair.join("~")).join(";");

/** @param {string} text @returns {Tied | null} */
export function readTies(text) {
  const pairs = text.split(";").map((part) => /^([\w.-]{1,200})~([\w.-]{1,200})$/.exec(part));
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map(([, one, other]) => [one, other])) : null;
}

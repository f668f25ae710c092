/** Parameters that are one: whose numbers a tied parameter has, and what it could be tied with. Pure. */

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

/** A tied network in a line of the address. @param {Tied} tied */
export const listTies = (tied) => Object.entries(tied).map((pair) => pair.join("~")).join(";");

/** @param {string} text @returns {Tied | null} */
export function readTies(text) {
  const pairs = text.split(";").map((part) => /^([\w.-]{1,200})~([\w.-]{1,200})$/.exec(part));
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map(([, one, other]) => [one, other])) : null;
}

/** How parameters become one and come apart, and which stay one in another network. Pure. */

import { shape } from "./starts.js";

/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("./ties.js").Tied} Tied */

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

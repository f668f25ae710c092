/** What an engine that knows one experiment has to be told to know another. Pure. */

import { same } from "./edit.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").ClientMessage} ClientMessage */
/** @typedef {import("../net/contract.js").ParameterChange} ParameterChange */

/**
 * @param {Experiment} known
 * @param {Experiment} wanted
 * @returns {ClientMessage[]}
 */
export function messages(known, wanted) {
  if (known === wanted) return [];
  if (known.lesson !== wanted.lesson || known.variant !== wanted.variant || !same(known.network, wanted.network)) {
    return [{ type: "open", experiment: wanted }];
  }
  /** @type {ClientMessage[]} */
  const list = [];
  const parameters = changedNumbers(known.parameters.values, wanted.parameters.values);
  const inputs = same(known.sequence.inputs, wanted.sequence.inputs) ? null : wanted.sequence.inputs;
  const initial = same(known.initial, wanted.initial) ? null : allStates(known.initial, wanted.initial);
  if (parameters.length > 0 || inputs || initial) {
    list.push({
      type: "change",
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(inputs ? { inputs } : {}),
      ...(initial ? { initial } : {}),
    });
  }
  if (!same(known.backward, wanted.backward)) {
    list.push(wanted.backward ? { type: "differentiate", ...wanted.backward } : { type: "differentiate", of: null });
  }
  return list;
}

/**
 * A state that is named no more starts at zero again, and has to be said so.
 * @param {Record<string, number[]>} known
 * @param {Record<string, number[]>} wanted
 */
function allStates(known, wanted) {
  const zeros = Object.fromEntries(Object.entries(known).map(([address, list]) => [address, list.map(() => 0)]));
  return { ...zeros, ...wanted };
}

/**
 * @param {Record<string, import("../net/contract.js").Nested>} known
 * @param {Record<string, import("../net/contract.js").Nested>} wanted
 */
export function changedNumbers(known, wanted) {
  /** @type {ParameterChange[]} */
  const list = [];
  /** @param {string} address @param {any} before @param {any} after @param {number[]} index */
  const walk = (address, before, after, index) => {
    if (Object.is(before, after)) return;
    if (Array.isArray(after)) after.forEach((item, at) => walk(address, before?.[at], item, [...index, at]));
    else list.push({ address, index, value: after });
  };
  for (const [address, nested] of Object.entries(wanted)) walk(address, known[address], nested, []);
  return list;
}

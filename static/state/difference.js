/** What an engine that knows one experiment has to be told to know another. Pure. */

import { numberAt, same } from "./edit.js";
import { lean, times } from "./starts.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").ClientMessage} ClientMessage */
/** @typedef {import("../net/contract.js").ParameterChange} ParameterChange */
/** @typedef {import("../net/contract.js").Start} Start */
/** @typedef {import("./starts.js").Ground} Ground */

/** Weights that updates have led to, by their record: the message that asked for them, and the weights it began with. @type {WeakMap<object, {id: number, from: unknown}>} */
export const LEARNT = new WeakMap();

/** As many numbers as fit into one message. */
const MOST = 400;

/**
 * @param {Experiment} known
 * @param {Experiment} wanted
 * @param {{base: Experiment, ground: Ground}} from
 * @returns {ClientMessage[]}
 */
export function messages(known, wanted, { base, ground }) {
  if (known === wanted) return [];
  if (known.lesson !== wanted.lesson || known.variant !== wanted.variant || !same(known.network, wanted.network) || known.loss?.of !== wanted.loss?.of || known.loss?.kind !== wanted.loss?.kind) {
    return [{ type: "open", experiment: lean(wanted, base, ground) }];
  }
  const targets = wanted.loss && !same(known.loss?.targets, wanted.loss.targets) ? wanted.loss.targets : null;
  /** @type {ClientMessage[]} */
  const list = [];
  const starts = newStarts(known, wanted);
  const started = Object.entries(starts).map(([address, { scale }]) => [address, times(ground.drawn[address], scale)]);
  const learnt = LEARNT.get(wanted.parameters.values);
  const learned = learnt?.from === known.parameters.values ? { learned: learnt.id } : null;
  const parameters = learned ? [] : changedNumbers({ ...known.parameters.values, ...Object.fromEntries(started) }, wanted.parameters.values);
  const inputs = same(known.sequence.inputs, wanted.sequence.inputs) ? null : wanted.sequence.inputs;
  const initial = same(known.initial, wanted.initial) ? null : allStates(known.initial, wanted.initial);
  const carried = known.carried === wanted.carried ? null : wanted.carried;
  if (learned || parameters.length > 0 || inputs || initial || carried !== null || targets || started.length > 0) {
    const first = parameters.slice(0, MOST);
    list.push({
      type: "change",
      ...learned,
      ...(started.length > 0 ? { starts } : {}),
      ...(first.length > 0 ? { parameters: first } : {}),
      ...(inputs ? { inputs } : {}),
      ...(initial ? { initial } : {}),
      ...(carried !== null ? { carried } : {}),
      ...(targets ? { targets } : {}),
    });
  }
  for (let at = MOST; at < parameters.length; at += MOST) list.push({ type: "change", parameters: parameters.slice(at, at + MOST) });
  if (!same(known.backward, wanted.backward)) {
    list.push(wanted.backward ? { type: "differentiate", ...wanted.backward } : { type: "differentiate", of: null });
  }
  return list;
}

/** Parameters that are started in another way than the engine knows. @param {Experiment} known @param {Experiment} wanted */
function newStarts(known, wanted) {
  /** @type {[string, Start][]} */
  const entries = Object.entries(wanted.parameters.starts);
  return Object.fromEntries(entries.filter(([address, start]) => !same(known.parameters.starts[address], start)));
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

/**
 * Which number a name with places behind it means.
 * @param {Record<string, import("../net/contract.js").Nested>} values @param {string} name @param {string} tail e.g. ".0.1"
 */
export function located(values, name, tail) {
  // A layer's number is part of an address too ("main.1"): the longest name that exists is the address.
  const parts = `${name}${tail}`.split(".");
  for (let cut = parts.length; cut > 0; cut -= 1) {
    const address = parts.slice(0, cut).join(".");
    if (!Object.hasOwn(values, address)) continue;
    const index = parts.slice(cut).map(Number);
    let shape = /** @type {any} */ (values[address]);
    for (const position of index) shape = shape?.[position];
    return typeof shape === "number" && numberAt(values[address], index) === shape ? { address, index } : null;
  }
  return null;
}

/** One experiment over another network: what of it still has a place there. Pure. */

import { readsOn, risen } from "./edit.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").NetworkDocument} NetworkDocument */
/** @typedef {import("../net/contract.js").OpenMessage} OpenMessage */

/** What the loss of the sequence is called where a value is named. */
export const LOSS = "loss";

/** Asks for a network alone, with the numbers that it starts with by itself. @param {Experiment} experiment @returns {OpenMessage} */
export function bareOf(experiment) {
  const parameters = { seed: experiment.parameters.seed, starts: {}, values: {} };
  return { type: "open", experiment: { ...experiment, parameters, initial: {}, carried: 0, loss: null, backward: null } };
}

/**
 * Starting states that are still there, handed on where the network still can; what is differentiated, or what leaves the network at the last step where that is gone.
 * @param {Experiment} experiment  over its own network
 * @param {Experiment} fresh  as the engine opened the other
 * @param {NetworkDocument} network  of that
 * @returns {Experiment}
 */
export function fitted(experiment, fresh, network) {
  const sizeOf = (/** @type {string} */ address) => network.symbols[address]?.kind === "value" ? network.symbols[address].size ?? 0 : 0;
  const kept = Object.fromEntries(Object.entries(experiment.initial).filter(([address, list]) => sizeOf(address) === list.length));
  const initial = { ...fresh.initial, ...kept };
  const steps = experiment.sequence.inputs.length;
  /** At the top, else where it was. @template {{of: string}} Aim @param {Aim | null | undefined} aim @returns {Aim[]} */
  const places = (aim) => (aim ? [{ ...aim, of: risen(aim.of, experiment.network, fresh.network) }, aim] : []);
  const loss = places(experiment.loss).find(({ of, targets }) => targets.every((row) => row === null || row.length === sizeOf(of))) ?? null;
  const still = places(experiment.backward).find(({ of, step, unit }) => step <= steps && (of === LOSS ? loss !== null : (unit ?? 0) < sizeOf(of)));
  const carried = readsOn(fresh.network) ? experiment.carried : 0;
  const backward = experiment.backward && (still ?? leaving(network, steps));
  return { ...experiment, network: fresh.network, parameters: fresh.parameters, initial, carried, loss, backward };
}

/** @param {NetworkDocument} network @param {number} step */
function leaving({ layers, programs }, step) {
  const top = layers[layers.length - 1];
  return { of: `${top.address}.${programs[top.program].output}`, step, unit: top.layer === "readout" ? 0 : null };
}

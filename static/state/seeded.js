/** Parameters that the seed made need not be told: whoever has the network and the seed makes them again. */

/** @typedef {import("../net/contract.js").Experiment} Experiment */

/** What made them, by the very list: a change makes another one. @type {WeakMap<object, string>} */
const made = new WeakMap();

/** @param {Experiment} experiment */
const maker = ({ network, parameters }) => JSON.stringify([network, parameters.seed, parameters.starts]);

/**
 * Remembers which parameters of an experiment came from its seed.
 * @param {Experiment} complete  as the engine answered
 * @param {Experiment} asked  as it was told
 */
export function remember(complete, asked) {
  const key = maker(complete);
  for (const [address, list] of Object.entries(complete.parameters.values)) {
    if (typeof list === "object" && !Object.hasOwn(asked.parameters.values, address)) made.set(list, key);
  }
}

/** The same experiment without what its seed makes again. @param {Experiment} experiment @returns {Experiment} */
export function given(experiment) {
  const key = maker(experiment);
  const values = Object.entries(experiment.parameters.values).filter(([, list]) => typeof list !== "object" || made.get(list) !== key);
  return { ...experiment, parameters: { ...experiment.parameters, values: Object.fromEntries(values) } };
}

/** How long each list of numbers is as text: found once, since a step or a drag leaves most lists as they are. @type {WeakMap<object, number>} */
const lengths = new WeakMap();

/** Whether an experiment's parameters alone are longer text than this. @param {Experiment} experiment @param {number} most */
export function tooMany({ parameters }, most) {
  let sum = 0;
  for (const list of Object.values(parameters.values)) {
    sum += typeof list === "object" ? lengthOf(list) : 1;
    if (sum > most) return true;
  }
  return false;
}

/** @param {object} list */
function lengthOf(list) {
  const length = lengths.get(list) ?? JSON.stringify(list).length;
  lengths.set(list, length);
  return length;
}

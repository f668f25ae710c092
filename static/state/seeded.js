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

/** How many numbers an experiment's parameters have. @param {Experiment} experiment */
export function size({ parameters }) {
  return Object.values(parameters.values).flat().reduce((/** @type {number} */ sum, row) => sum + (Array.isArray(row) ? row.length : 1), 0);
}

/** Numbers that JSON cannot hold travel as "inf", "-inf" and "nan", inside records of any shape. */

/** @type {Record<string, number>} */
const NAMED = { inf: Infinity, "-inf": -Infinity, nan: NaN };

/** @param {unknown} value @returns {any} the same record with numbers for their names */
export function revive(value) {
  if (typeof value === "string") return Object.hasOwn(NAMED, value) ? NAMED[value] : value;
  return Array.isArray(value) ? value.map(revive) : value;
}

/** @param {Record<string, unknown>} record @returns {Record<string, any>} */
export function reviveAll(record) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, revive(value)]));
}

/** JSON has a minus zero, which JSON.stringify does not write: it is marked, and written afterwards. */
const MINUS_ZERO = "\0-0";

/** @param {unknown} message */
export function encode(message) {
  let marked = false;
  const text = JSON.stringify(message, (_key, value) => {
    if (typeof value !== "number") return value;
    if (Object.is(value, -0)) {
      marked = true;
      return MINUS_ZERO;
    }
    if (Number.isFinite(value)) return value;
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  });
  return marked ? text.replaceAll(JSON.stringify(MINUS_ZERO), "-0.0") : text;
}

/** @typedef {import("./contract.js").Experiment} Experiment */

/** @param {Experiment} experiment @returns {Experiment} the same with numbers for their names */
export function reviveExperiment(experiment) {
  return {
    ...experiment,
    network: { ...experiment.network, tied: experiment.network?.tied ?? {} },
    parameters: { ...experiment.parameters, starts: experiment.parameters?.starts ?? {}, values: reviveAll(experiment.parameters?.values ?? {}) },
    sequence: { ...experiment.sequence, inputs: revive(experiment.sequence?.inputs ?? []) },
    initial: reviveAll(experiment.initial ?? {}),
  };
}

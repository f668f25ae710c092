/** A file that holds an experiment: one saved as such, or a run that carries the experiment it is of. */

import { reviveExperiment } from "./numbers.js";

/** @typedef {import("./contract.js").Experiment} Experiment */
/** @typedef {import("./contract.js").Problem} Problem */

/** The form that is read here. */
const VERSION = 1;
/** What a record of a training says it is: there is a place of its own for those. */
const TRAINING = "unrolled-training";

/**
 * @param {string} text
 * @returns {{record: Experiment | null, problems: Problem[], training?: boolean}} everything in it that has to fit a network the engine checks; `training`: it is the record of one
 */
export function readSaved(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return refused("not-json");
  }
  if (found?.format === TRAINING) return { record: null, problems: [], training: true };
  const record = isRecord(found?.experiment) ? found.experiment : found;
  if (!isRecord(record) || !isRecord(record.network) || !isRecord(record.sequence)) return refused("no-experiment");
  if (record.version !== VERSION) return refused("other-version", { version: String(record.version).slice(0, 20), known: VERSION });
  const odd = ["parameters", "initial"].find((key) => record[key] !== undefined && !isRecord(record[key]));
  if (odd) return refused("wrong-type", { field: odd });
  return { record: reviveExperiment(/** @type {Experiment} */ (/** @type {unknown} */ (record))), problems: [] };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} code @param {Problem["args"]} [args] */
function refused(code, args = {}) {
  return { record: null, problems: [{ code, args, message: "" }] };
}

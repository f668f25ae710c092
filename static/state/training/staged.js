/** A run as an experiment: its network with the weights of its newest record, and the example's inputs and targets. */

import { unpacked } from "./record.js";

/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("../../net/contract.js").Experiment} Experiment */
/** @typedef {import("../../net/contract.js").NamedArray} NamedArray */

/** What a task's answers are compared by. @type {Record<string, import("../../net/contract.js").Loss["kind"]>} */
const KINDS = { classes: "cross-entropy", "yes-no": "binary", numbers: "squared" };

/** @param {Run} run @param {number} most  steps that a stage takes @returns {Experiment | null} null: nothing has been told of it yet */
export function staged({ record, example, about }, most) {
  if (!record || !example || !about) return null;
  const { network, parameters } = JSON.parse(record);
  const inputs = rows(example.x).slice(0, most);
  return {
    version: 1, lesson: null, preset: null, variant: null, cell: null, network,
    parameters: { seed: 0, starts: {}, values: Object.fromEntries(Object.entries(parameters).map(([address, array]) => [address, unpacked(array)])) },
    sequence: { inputs }, initial: {}, carried: 0, lanes: [],
    loss: lossOf(network, parameters, KINDS[about.task.loss], rows(example.targets).slice(0, most)),
    backward: null, step: inputs.length, view: {}, language: null,
  };
}

/**
 * Layers of a cell of the library have its name alone, as they have on the stage: a record holds the equations too, and what has
 * equations of its own is called as they say, in one language.
 * @param {Experiment} experiment @param {string | null} listed  what the library has under that name
 */
export function called({ network, ...rest }, listed) {
  const parts = network.parts.map((part) => ({ ...part, layers: part.layers.map((layer) => (layer.text === listed ? { ...layer, text: null } : layer)) }));
  return { ...rest, network: { ...network, parts } };
}

/**
 * Only of a readout: a cell that answers by itself has no parameter beside whose address its answer stands.
 * @param {Experiment["network"]} network @param {Record<string, unknown>} parameters @param {import("../../net/contract.js").Loss["kind"]} kind @param {number[][]} targets
 */
function lossOf({ parts }, parameters, kind, targets) {
  const name = /^(\w+)\[/.exec(parts[0].readout ?? "")?.[1];
  const beside = Object.keys(parameters).find((address) => address.includes(".readout."));
  if (!name || !beside) return null;
  return { kind, of: `${beside.slice(0, beside.lastIndexOf("."))}.${name}`, targets: targets.map((row) => (row.some(Number.isNaN) ? null : row)) };
}

/** @param {NamedArray} array @returns {number[][]} */
function rows({ data, shape: [count, width] }) {
  return Array.from({ length: count }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width)));
}

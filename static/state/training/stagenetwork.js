/** The network of the stage as a run that learns it: its cell, units, layers and direction, and the task that suits it best. Pure. */

import { change, unread } from "./settings.js";
import { networkKey } from "./starting.js";

/** @typedef {import("../store.js").State} State */
/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./settings.js").Offer} Offer */
/** @typedef {import("./settings.js").Task} Task */
/** How a network answers: `own` when the cell does it without a readout; `kind` "": not at all. @typedef {{kind: string, outputs: number, own: boolean}} Answers */

/** Settings in an address that stand for it. */
export const STAGE = "stage";
/** What a readout's activation makes of an answer. @type {Record<string, string>} */
const KINDS = { softmax: "classes", sigmoid: "yes-no" };
const NUMBERS = "numbers";
const OUTPUTS = "outputs";

/** The cell of the library after which the stage's is called, "" where it has no text of its own. @param {State} state @param {Offer} offer */
export function namesake({ experiment }, offer) {
  const { cell, text } = experiment?.network.parts[0].layers[0] ?? { cell: "", text: null };
  return text !== null && offer.choices.cell.all.includes(cell) ? cell : "";
}

/** @param {State} state @param {Offer} offer @param {string | null} listed  the text of its namesake: a record has it, and so says no more than the name does @param {Given} [laid]  what is learned now: its task is taken as it is where it fits as well as any other @returns {Given | null} null: nothing is on the stage */
export function stageRun(state, offer, listed, laid) {
  const part = state.experiment?.network.parts[0];
  if (!part || !state.network) return null;
  const [layer] = part.layers;
  const answers = answersOf(state);
  const whole = (/** @type {string} */ name, /** @type {number} */ value) => Math.min(value, offer.whole.find((each) => each.name === name)?.high ?? value);
  const network = {
    cell: offer.choices.cell.all.includes(layer.cell) ? layer.cell : offer.choices.cell.usual, equations: layer.text === listed ? "" : layer.text ?? "",
    units: whole("units", layer.units), layers: whole("layers", part.layers.length), direction: layer.direction,
  };
  const allowed = offer.tasks.filter((task) => answering(answers, task) && (layer.direction === "forward" || unread(offer, { task: task.name }) === ""));
  const worth = (/** @type {Task} */ task) => [
    task.kind === answers.kind && task.inputs === part.inputs && task.outputs === answers.outputs, task.kind === answers.kind, task.name === laid?.task,
  ].reduce((sum, holds) => 2 * sum + Number(holds), 0);
  const best = [...allowed].sort((one, other) => worth(other) - worth(one))[0] ?? offer.tasks[0];
  /** @type {Given} */
  const data = best.name === laid?.task ? { task: best.name, options: laid.options, readout: laid.readout } : { task: best.name };
  return change(offer, { ...data, ...network }, "readout", data.readout ?? best.readouts[0]);
}

/** The place among runs that learn this network; -1 where none does. @param {Given[]} runs @param {Given} own */
export const placeOf = (runs, own) => runs.findIndex((given) => networkKey(given) === networkKey(own));

/** @param {State} state @returns {Answers} */
function answersOf({ experiment, network }) {
  const { readout, layers, sizes = {} } = experiment.network.parts[0];
  if (readout !== null) return { kind: KINDS[/=\s*(\w+)\(/.exec(readout)?.[1] ?? ""] ?? NUMBERS, outputs: sizes[OUTPUTS] ?? 0, own: false };
  const top = layers[layers.length - 1];
  const program = network.programs[network.layers[network.layers.length - 1].program];
  const answer = program.values.filter(({ size }) => size === OUTPUTS).at(-1)?.name;
  if (!answer) return { kind: "", outputs: 0, own: false };
  const { expr } = /** @type {import("../../net/contract.js").Equation} */ (program.equations.find(({ target }) => target === answer));
  return { kind: KINDS[Array.isArray(expr) ? expr[0] : ""] ?? NUMBERS, outputs: top.sizes[OUTPUTS] ?? 0, own: true };
}

/** A cell that answers by itself answers in its way; several yes-or-no answers may also be classes. @param {Answers} answers @param {Task} task */
function answering({ kind, own }, task) {
  return !own || kind === task.kind || (kind === KINDS.sigmoid && task.kind === KINDS.softmax);
}

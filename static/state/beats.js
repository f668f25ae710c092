/** Which words of the lesson belong to what is on screen, and what they ask or hide. Pure of the state. */

import { same } from "./edit.js";
import { keeping } from "./starts.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Beat} Beat */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/**
 * The beats that the sequence, the network and the direction in force can meet, in the lesson's order.
 * @param {State} state
 * @returns {Beat[]}
 */
export function beats(state) {
  return (state.lesson?.beats ?? []).filter((beat) => belongs(beat, state.experiment));
}

/** Whether a beat speaks of what is on screen. @param {Beat} beat @param {import("../net/contract.js").Experiment} experiment */
export function belongs(beat, { view, preset, variant }) {
  const direction = view.direction === "backward" ? "backward" : "forward";
  return beat.direction === direction && (!beat.preset || beat.preset === preset) && (!beat.variant || beat.variant === variant);
}

/**
 * The beat before or after the one in force, in the order in which the lesson tells them; null at its ends.
 * @param {State} state
 * @param {number} delta
 * @returns {Beat | null}
 */
export function beatAfter(state, delta) {
  const all = state.lesson?.beats ?? [];
  const current = beat(state);
  return (current && all[all.indexOf(current) + delta]) ?? null;
}

/**
 * The beat in force: the one asked for, else one of this step, else the nearest already passed in the direction of travel.
 * @param {State} state
 * @returns {Beat | null}
 */
export function beat(state) {
  const { step, view } = state.experiment;
  const candidates = beats(state);
  const asked = candidates.find((candidate) => candidate.id === view.beat);
  if (asked) return asked;
  const here = candidates.find((candidate) => candidate.step === step);
  if (here) return here;
  const passed = candidates.filter((candidate) =>
    view.direction === "backward" ? candidate.step > step : candidate.step < step,
  );
  const nearest = (/** @type {Beat} */ candidate) => Math.abs(candidate.step - step);
  return passed.sort((a, b) => nearest(a) - nearest(b))[0] ?? null;
}

/**
 * Whether a beat stays in force at a step where time alone would bring other words: where several pages of a lesson stand at one step,
 * to look along the sequence neither turns the pages nor exchanges the weights beneath them. Nor does it leave a page without words.
 * @param {State} state  at the step to which it goes, with nothing asked for
 * @param {Beat} left
 */
export function stays(state, left) {
  const all = beats(state);
  const told = beat(state);
  if (!told) return true;
  const [here, own] = [state.experiment.step, left.step].map((step) => all.filter((one) => one.step === step));
  const pages = own.length > 1;
  const others = !same(left.set ?? {}, told.set ?? {});
  if (here.length === 0 || here.includes(left)) return pages || others;
  return others && (pages || here.length > 1);
}

/**
 * How far the lesson has been read: "begun" beyond its first words, "done" at its last ones.
 * @param {State} state
 * @returns {import("./store.js").Progress | null}
 */
export function progress(state) {
  const all = state.lesson?.beats ?? [];
  const at = all.findIndex(({ id }) => id === beat(state)?.id);
  if (at < 1) return null;
  return at === all.length - 1 ? "done" : "begun";
}

/**
 * The lesson's own experiment as the beat in force has it, with the weights that it sets.
 * @param {State} state
 * @param {import("../net/contract.js").Experiment} [base]
 */
export function asTold(state, base = state.base) {
  const own = beat(state)?.set ?? {};
  if (Object.keys(own).length === 0) return base;
  return { ...base, parameters: { ...base.parameters, values: { ...base.parameters.values, ...own } } };
}

/** The weights to which they are put back: those of the beat in force, in the shapes of the network as it is. @param {State} state */
export const ownWeights = (state) => keeping(asTold(state).parameters.values, state.ground.own);

/**
 * The question that waits for an answer. It was asked about the lesson's own numbers: who has changed them explores, and nothing is hidden;
 * nor is it where the stage stands alone, as nobody could answer.
 * @param {State} state
 * @returns {Prediction | null}
 */
export function openPrediction(state) {
  const current = beat(state);
  const prediction = current?.prediction ?? null;
  if (!prediction || !current || state.changed || state.embed || current.step !== state.experiment.step) return null;
  const known = (prediction.step ?? 0) <= state.experiment.sequence.inputs.length;
  return known && !(prediction.id in state.predictions) ? prediction : null;
}

/** Whether a value is what is asked for. @param {Prediction | null} asked @param {string} address @param {number} step */
export function isAsked(asked, address, step) {
  return asked?.of === address && (asked.step === step || Boolean(asked.curve));
}

/**
 * The answered question that is still worth looking at: of the words in force, else about this step. Other words said where it was asked
 * speak of something else.
 * @param {State} state
 * @returns {Prediction | null}
 */
export function answeredPrediction(state) {
  if (state.changed) return null;
  const { step } = state.experiment;
  const here = beat(state);
  // What is true of the weights that one beat sets is not of another's.
  const now = JSON.stringify(here?.set ?? {});
  const done = beats(state).filter(({ prediction, set }) => prediction && JSON.stringify(set ?? {}) === now && prediction.id in state.predictions);
  // Whoever goes on from the last words by a step is told there; a curve, which may take the whole place, is left behind.
  const own = done.find(({ id, prediction, step: asked }) => id === here?.id && (asked === step || !prediction?.curve));
  return (own ?? done.find(({ prediction, step: asked }) => prediction?.step === step && asked !== step))?.prediction ?? null;
}

/**
 * What stays hidden until the prediction is answered: values from a step on, or gradients from a step back. The steps on the way to the
 * one that is asked about would all but tell it, so they are hidden too.
 * @param {State} state
 * @returns {{gradient: boolean, step: number} | null}
 */
export function concealed(state) {
  const open = openPrediction(state);
  if (!open?.step) return null;
  const { step } = state.experiment;
  return open.gradient ? { gradient: true, step: Math.max(open.step, step - 1) } : { gradient: false, step: Math.min(open.step, step + 1) };
}

/**
 * What is to be looked at. A person's own spotlight dims the rest; the lesson's only marks.
 * @param {State} state
 * @returns {{addresses: string[], dim: boolean}}
 */
export function spotlight(state) {
  if (state.spotlight) return { addresses: state.spotlight, dim: state.spotlight.length > 0 };
  return { addresses: beat(state)?.spotlight ?? [], dim: false };
}

/** The symbols that the keys 1 to 6 light: input, output, memory and the gates, under the names that cells use. */
const KEYS = [["x"], ["h", "y"], ["c", "h"], ["f", "r"], ["i", "z"], ["o"]];

/** @param {State} state @param {number} key from 1 */
export function spotlightFor(state, key) {
  const names = KEYS[key - 1] ?? [];
  const all = Object.keys(state.network.symbols);
  for (const name of names) {
    const found = all.filter((address) => address.endsWith(`.${name}`));
    if (found.length > 0) return [...found, ...found.flatMap((address) => parametersOf(state, address))];
  }
  return null;
}

/** The weights that an equation uses belong to what it computes. @param {State} state @param {string} address */
function parametersOf(state, address) {
  const cut = address.lastIndexOf(".");
  const own = address.slice(0, cut);
  const layer = state.network.layers.find((candidate) => candidate.address === own);
  const used = layer ? state.network.programs[layer.program].parameters : [];
  return used.filter(({ used_by: by }) => by.includes(address.slice(cut + 1))).map(({ name }) => `${own}.${name}`);
}

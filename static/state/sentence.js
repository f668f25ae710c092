/** Words as inputs: which word the numbers of a step stand for. Pure. */

import { say } from "./words.js";

/** @typedef {import("./store.js").State} State */

/** The word that an input stands for; null where the inputs are no words. @param {State} state @param {number} input counted from 0 */
export function wordOf(state, input) {
  const { vocabulary } = state.experiment.sequence;
  return vocabulary ? vocabulary[input] ?? say(state, "sequence.other") : null;
}

/**
 * The word at a step: the one written there as long as the numbers are its code, else the one whose code they are.
 * @param {State} state
 * @param {number} step
 * @returns {string | null}  null: the numbers are no word's
 */
export function wordAt(state, step) {
  const { inputs, vocabulary, words } = state.experiment.sequence;
  const row = inputs[step - 1];
  if (!vocabulary || !row) return null;
  const at = row.indexOf(1);
  if (at < 0 || row.some((value, index) => value !== (index === at ? 1 : 0))) return null;
  const written = words?.[step - 1];
  const known = written ? vocabulary.indexOf(written) : -1;
  return written && (known < 0 ? vocabulary.length : known) === at ? written : wordOf(state, at);
}

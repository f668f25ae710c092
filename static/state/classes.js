/** What the numbers of a choice stand for. Pure. */

import { wordOf } from "./sentence.js";

/** The name of a class; where the inputs are the same words, that word, else its number. @param {import("./store.js").State} state @param {number} at from 0 @param {number} units */
export function className(state, at, units) {
  const named = state.experiment.loss?.classes?.[at];
  if (named) return named;
  const known = state.experiment.sequence.inputs[0]?.length === units ? wordOf(state, at) : null;
  return known ?? String(at + 1);
}

/** A row of targets in a few signs. @param {import("./store.js").State} state @param {number[]} row @param {(value: number) => string} number */
export function targetText(state, row, number) {
  const { loss } = state.experiment;
  if (loss?.kind === "cross-entropy" && row.includes(1)) return className(state, row.indexOf(1), row.length);
  return row.map(number).join(", ");
}

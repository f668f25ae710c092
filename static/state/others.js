/** Networks beside the first that learn with it, and what their losses were. Pure. */

import { beside } from "./comparing.js";
import { sideName } from "./sidename.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {{at: number, name: string, losses: number[]}} Other  `at`: which lane, the page's own network being 0 */

/** A copy does not learn. @param {State} state @returns {Other[]} */
export function othersOf(state) {
  return state.lanes.flatMap((lane, at) => {
    const learns = lane.record.cell !== null && lane.base && beside(state.experiment, lane).loss;
    return learns ? [{ at: at + 1, name: sideName(state, lane.id), losses: state.learning?.others[lane.id] ?? [] }] : [];
  });
}

/** All whose losses are drawn over each other, the page's own network first; nobody where that is alone. @param {State} state @param {Other[]} others @returns {Other[]} */
export function racing(state, others) {
  return others.length === 0 ? [] : [{ at: 0, name: sideName(state, "main"), losses: state.learning?.losses ?? [] }, ...others];
}

/** What networks beside each other are called. Pure of the state. */

import { pick, say } from "./words.js";

/** @typedef {import("./store.js").State} State */

/** What a network is called: its cells, by their names in the library; a lesson's own is called by the folder it is from, which says nothing; else as it calls itself. @param {State} state @param {string} id */
export function sideName(state, id) {
  const { network } = state.lanes.find((lane) => lane.id === id)?.record ?? state.experiment;
  const names = network.parts.flatMap((part) => part.layers).map(({ cell }) => {
    // Until the library's names are there, what a cell is called in a link would be read for a moment.
    const card = state.cells?.find(({ name }) => name === cell);
    return card ? pick(state, card.title) : cell === state.experiment.lesson ? say(state, "compare.own-cell") : state.cells ? cell : "…";
  });
  return [...new Set(names)].join(" + ");
}

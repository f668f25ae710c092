/** Which cell is being written, and its text. Pure. */

/** @typedef {import("./store.js").State} State */

/** @param {State} state */
const layers = ({ experiment }) => experiment.network.parts.flatMap((part) => part.layers);

/** Whether a cell is being written. @param {State} state */
export function isEditing(state) {
  return Boolean(state.experiment.view.editing);
}

/** The names of the network's cells, from the input upwards. @param {State} state */
export function cellNames(state) {
  return [...new Set(layers(state).map(({ cell }) => cell))];
}

/** The cell that is written: the one that was chosen while there is one of that name, else the first. @param {State} state */
export function editedCell(state) {
  const names = cellNames(state);
  const asked = String(state.experiment.view.editing ?? "");
  return names.includes(asked) ? asked : names[0];
}

/** The text that runs: as it was typed, or the library's. @param {State} state @param {string} cell */
export function textOf(state, cell) {
  const own = layers(state).find((layer) => layer.cell === cell)?.text;
  return own ?? state.network.programs[cell]?.text ?? "";
}

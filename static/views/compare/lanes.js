/** What a lane shows and how strongly: questions that are asked of several networks at once. Pure of the state. */

import { decadeAbove } from "../../draw/scale.js";
import * as derive from "../../state/derive.js";
import { sideName } from "../../state/sidename.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/store.js").Lane} Lane */
/** @typedef {import("../../draw/plan.js").RowRequest} RowRequest */
/** What one lane is drawn from: the page's state with the lane's own network. @typedef {State & {lane: Lane | null}} View */

/** The page's own network is the first. @param {State} state @returns {View[]} */
export function views(state) {
  const { sequence, step, view, language } = state.experiment;
  const others = state.lanes.filter(({ network, base }) => network && base).map((lane) => {
    const experiment = { .../** @type {import("../../net/contract.js").Experiment} */ (lane.base), sequence, step, view, language };
    return /** @type {View} */ (/** @type {unknown} */ ({ ...state, ...lane, experiment, lane }));
  });
  return [{ ...state, lane: null }, ...others];
}

/** @param {State} state @param {Lane | null} lane  null: the page's own network */
export function cellName(state, lane) {
  return sideName(state, lane ? lane.id : "main");
}

/** States, gates and what leaves the network, top to bottom; the inputs are the same for all. @param {View} view @returns {RowRequest[]} */
export function rowsOf(view) {
  const rows = view.network.layers.flatMap((layer) => {
    const program = view.network.programs[layer.program];
    return program.values
      .filter(({ name, derived }) => !derived && (program.states.includes(name) || name === program.output || derive.roleOf(view, `${layer.address}.${name}`) === "gate"))
      .map(({ name }) => request(view, `${layer.address}.${name}`));
  });
  return rows.reverse();
}

/** @param {View} view @returns {RowRequest[]} */
export function gradientRowsOf(view) {
  return rowsOf(view).filter(({ kind }) => kind === "memory").map((row) => ({ ...row, kind: /** @type {const} */ ("gradient") }));
}

/** @param {View} view @param {string} address @returns {RowRequest} */
function request(view, address) {
  const role = derive.roleOf(view, address);
  const kind = role === "state" ? "memory" : role === "gate" || role === "input" ? role : "value";
  return { address, kind, units: derive.unitCount(view, address), layer: derive.prefix(address) };
}

/**
 * Where the colour of each signed symbol is strongest, by its name without the network's: one for all lanes, never below what any
 * of them has alone.
 * @param {View[]} all
 * @returns {Map<string, number>}
 */
export function sharedBounds(all) {
  const bounds = new Map();
  for (const view of all) {
    for (const { address, kind } of rowsOf(view)) {
      if (kind === "gate") continue;
      const name = derive.bare(address);
      bounds.set(name, Math.max(bounds.get(name) ?? 0, derive.range(view, address)));
    }
  }
  return bounds;
}

/** The top of the one logarithmic scale. @param {View[]} all */
export function sharedTop(all) {
  let largest = 0;
  for (const view of all) {
    for (const { address } of gradientRowsOf(view)) {
      for (const value of view.gradients[address]?.data ?? []) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    }
  }
  return decadeAbove(largest);
}

/** The row of another lane that has the same name and as many units. @param {View} other @param {RowRequest} row */
export function counterpart(other, row) {
  const name = derive.bare(row.address);
  return rowsOf(other).find((one) => derive.bare(one.address) === name && one.units === row.units)?.address ?? null;
}

/** The rows of another lane from which the first one's can be subtracted. @param {View} first @param {View} view */
export function subtractable(first, view) {
  return rowsOf(view).filter((row) => counterpart(first, row) !== null);
}

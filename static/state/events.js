/** Where something happens in the sequence. Pure. */

import { mainLayer, steps, unitCount, valueAt } from "./derive.js";

/** @typedef {import("./store.js").State} State */

/**
 * The next step, in the direction asked for, at which a gate crosses one half; the end of the sequence when there is none.
 * @param {State} state
 * @param {1 | -1} delta
 */
export function nextEvent(state, delta) {
  const gates = gateAddresses(state);
  const last = steps(state);
  for (let step = state.experiment.step + delta; step >= 2 && step <= last; step += delta) {
    if (gates.some((address) => crosses(state, address, step))) return step;
  }
  return delta > 0 ? last : 1;
}

/** @param {State} state */
function gateAddresses(state) {
  const layer = mainLayer(state);
  if (!layer) return [];
  return state.network.programs[layer.program].values
    .filter((value) => value.role === "gate" && !value.derived)
    .map((value) => `${layer.address}.${value.name}`);
}

/** @param {State} state @param {string} address @param {number} step */
function crosses(state, address, step) {
  for (let unit = 0; unit < unitCount(state, address); unit += 1) {
    const before = valueAt(state, address, step - 1, unit);
    const now = valueAt(state, address, step, unit);
    if (before !== undefined && now !== undefined && before >= 0.5 !== now >= 0.5) return true;
  }
  return false;
}

/** One number of the weights that is spoken of while the network learns. Pure. */

import { bare, heldPlace, sourceOf, unit } from "./derive.js";
import { numberAt } from "./edit.js";

/** @typedef {import("./store.js").State} State */
/** `at`: its place among the parameter's numbers, in a row. @typedef {{address: string, at: number, value: number, label: string}} Chosen */

/**
 * The chosen weight, else the first through which a state is heard.
 * @param {State} state
 * @param {(address: string) => boolean} [among]
 * @returns {Chosen | null}
 */
export function chosenWeight(state, among = () => true) {
  const { network, selected } = state;
  const parameters = free(state).filter(among);
  const asked = selected && parameters.find((address) => address === sourceOf(state, selected.address));
  if (asked && selected) return numbered(state, asked, selected.index);
  const [first] = parameters.filter((address) => network.layers.some(({ program, address: own }) =>
    network.programs[program].parameters.some((one) => one.recurrent && `${own}.${one.name}` === address))).concat(parameters);
  return first === undefined ? null : numbered(state, first, (network.symbols[first].shape ?? []).map(() => 0));
}

/** What the slider of the weights holds. @param {State} state @returns {Chosen | null} */
export function heldWeight(state) {
  const place = heldPlace(state, unit(state));
  return place && numbered(state, sourceOf(state, place.address), place.index);
}

/** Parameters that are no others in disguise. @param {State} state */
const free = ({ network }) => Object.keys(network.symbols).filter((address) => network.symbols[address].kind === "parameter" && network.symbols[address].tied === undefined);

/** @param {State} state @param {string} address @param {number[]} index @returns {Chosen} */
function numbered({ network, experiment }, address, index) {
  const { shape = [] } = network.symbols[address];
  const at = index.reduce((sum, one, axis) => sum * shape[axis] + one, 0);
  return { address, at, value: numberAt(experiment.parameters.values[address], index), label: `${bare(address)}${index.length && shape.some((one) => one > 1) ? `[${index.map((one) => one + 1).join(",")}]` : ""}` };
}

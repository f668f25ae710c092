/** One number of the weights that is spoken of while the network learns. Pure. */

import { bare, sourceOf } from "./derive.js";
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
  const parameters = Object.entries(network.symbols).filter(([address, { kind, tied }]) => kind === "parameter" && tied === undefined && among(address));
  const [first] = parameters.filter(([address]) => network.layers.some(({ program, address: own }) =>
    network.programs[program].parameters.some((one) => one.recurrent && `${own}.${one.name}` === address))).concat(parameters);
  if (!first) return null;
  const asked = selected && parameters.find(([address]) => address === sourceOf(state, selected.address));
  const [address, { shape = [] }] = asked ?? first;
  const index = asked && selected ? selected.index : shape.map(() => 0);
  const at = index.reduce((sum, one, axis) => sum * shape[axis] + one, 0);
  return { address, at, value: numberAt(state.experiment.parameters.values[address], index), label: `${bare(address)}${index.length && shape.some((one) => one > 1) ? `[${index.map((one) => one + 1).join(",")}]` : ""}` };
}

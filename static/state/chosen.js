/** One number of the weights that is spoken of while the network learns. Pure. */

import { beat } from "./beats.js";
import { bare, mainLayer, sourceOf } from "./derive.js";
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
  const { network } = state;
  const parameters = free(state).filter(among);
  const [first] = parameters.filter((address) => network.layers.some(({ program, address: own }) =>
    network.programs[program].parameters.some((one) => one.recurrent && `${own}.${one.name}` === address))).concat(parameters);
  return first === undefined ? null : numbered(state, parameters, first);
}

/** What the slider of the weights holds: the chosen weight, else that of which the words speak. @param {State} state @returns {Chosen | null} */
export function heldWeight(state) {
  const parameters = free(state);
  const own = parameters.filter((address) => address.startsWith(`${mainLayer(state)?.address}.`));
  const spoken = beat(state)?.spotlight?.find((address) => parameters.includes(address));
  const first = spoken ?? own.find((address) => address.endsWith(".b_f")) ?? own[0] ?? parameters[0];
  return first === undefined ? null : numbered(state, parameters, first);
}

/** Parameters that are no others in disguise. @param {State} state */
const free = ({ network }) => Object.keys(network.symbols).filter((address) => network.symbols[address].kind === "parameter" && network.symbols[address].tied === undefined);

/** One number of the chosen among `parameters`, else of `first`. @param {State} state @param {string[]} parameters @param {string} first @returns {Chosen} */
function numbered(state, parameters, first) {
  const { network, selected } = state;
  const asked = selected && parameters.find((address) => address === sourceOf(state, selected.address));
  const address = asked ?? first;
  const { shape = [] } = network.symbols[address];
  const index = asked && selected ? selected.index : shape.map(() => 0);
  const at = index.reduce((sum, one, axis) => sum * shape[axis] + one, 0);
  return { address, at, value: numberAt(state.experiment.parameters.values[address], index), label: `${bare(address)}${index.length && shape.some((one) => one > 1) ? `[${index.map((one) => one + 1).join(",")}]` : ""}` };
}

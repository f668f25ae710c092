/** How large that is which runs: its steps, layers and symbols, and whether they are too many for a number each. Pure of the state. */

import { beat } from "./beats.js";
import { INPUT, joinedFrom } from "./layers.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").LayerDocument} LayerDocument */
/** @typedef {import("../net/contract.js").Program} Program */
/** @typedef {import("../net/contract.js").Role} Role */

/** T, the length of the sequence. @param {State} state */
export function steps(state) {
  return state.experiment.sequence.inputs.length;
}

/** Everything before the symbol. @param {string} address */
export function prefix(address) {
  return address.slice(0, address.lastIndexOf("."));
}

/** @param {string} address */
export function bare(address) {
  return address.slice(address.lastIndexOf(".") + 1);
}

/** @param {State} state @param {string} address @returns {LayerDocument | undefined} */
export function layerOf(state, address) {
  const own = prefix(address);
  return state.network.layers.find((layer) => layer.address === own);
}

/**
 * The layer that is looked into, in which the person's second clock runs: the one that was chosen, else the one that the words speak of,
 * else the lowest.
 * @param {State} state
 * @returns {LayerDocument | undefined}
 */
export function mainLayer(state) {
  const layers = state.network.layers.filter(({ layer }) => layer !== "readout");
  if (layers.length < 2) return layers[0];
  const chosen = (/** @type {unknown} */ own) => layers.find(({ address }) => address === own);
  return chosen(state.experiment.view.layer) ?? beat(state)?.spotlight?.map((address) => chosen(prefix(address))).find(Boolean) ?? layers[0];
}

/** @param {State} state @param {string} address @returns {Program | undefined} */
export function programOf(state, address) {
  const layer = layerOf(state, address);
  return layer && state.network.programs[layer.program];
}

/** @param {State} state @param {string} address @returns {Role} */
export function roleOf(state, address) {
  return state.network.symbols[address.replace(/_prev$/, "")]?.role ?? "value";
}

/** @param {State} state @param {string} address @returns {number} */
export function unitCount(state, address) {
  if (address === INPUT) return state.experiment.sequence.inputs[0]?.length ?? 0;
  const { size } = state.network.symbols[address.replace(/_prev$/, "")] ?? {};
  return size ?? (joinedFrom(state, address).reduce((sum, part) => sum + unitCount(state, part), 0) || 1);
}

/** Whether nothing is carried from step to step. @param {State} state */
export function isStateless(state) {
  return state.network.layers.every((layer) => state.network.programs[layer.program].states.length === 0);
}

/** How many numbers the network learns, those of tied parameters once. @param {State} state */
export function parameterCount(state) {
  return Object.values(state.network.symbols)
    .filter(({ kind, tied }) => kind === "parameter" && tied === undefined)
    .reduce((sum, { shape }) => sum + (shape ?? []).reduce((product, size) => product * size, 1), 0);
}

/** Layers of more units than this, longer sequences, and symbols of more numbers in all, are drawn as pictures. */
const MOST_UNITS = 16;
const MOST_FIELDS = 12;
const MOST_STEPS = 100;
const MOST_PLACES = 320;

/** Whether the network is drawn in pictures of many units or steps. @param {State} state */
export function isWide(state) {
  const length = steps(state);
  if (length > MOST_STEPS || isCrowded(state)) return true;
  return state.network.layers.some(({ layer, sizes }) => layer !== "readout" && length * (sizes.units ?? 0) > MOST_PLACES);
}

/** Whether some layer has too many units for a number each. @param {State} state */
export function isCrowded(state, most = MOST_UNITS) {
  return state.network.layers.some(({ layer, sizes }) => layer !== "readout" && (sizes.units ?? 0) > most);
}

/** Whether a field for each weight would be too small to be touched. @param {State} state */
export const hasManyWeights = (state) => isCrowded(state, MOST_FIELDS);

/** What stands for the network where there is room for one symbol only. @param {State} state */
export function memory(state) {
  const layer = mainLayer(state);
  const program = layer && state.network.programs[layer.program];
  return layer && program ? `${layer.address}.${program.states[0] ?? program.output}` : INPUT;
}

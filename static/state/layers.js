/** How the layers of a network stand above one another in the strip, and which are folded to what they carry and say. Pure. */

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").LayerDocument} LayerDocument */

export const INPUT = "main.0.forward.x";

/** In the address: no layer is open. */
const NONE = "none";

/** @param {State} state @param {LayerDocument} layer */
const programOf = (state, layer) => state.network.programs[layer.program];

/** All layers but the readout, the topmost first; of two directions the backward one. @param {State} state */
export function stacked(state) {
  return state.network.layers.filter(({ layer }) => layer !== "readout").reverse();
}

/** Whether the layers have to be told apart. @param {State} state */
export function isStacked(state) {
  return stacked(state).length > 1;
}

/** Whether its steps are read from the last to the first. @param {State} state @param {string} address of the layer or of a symbol in it */
export function isReversed(state, address) {
  return state.network.layers.some((layer) => layer.direction === "backward" && (address === layer.address || address.startsWith(`${layer.address}.`)));
}

/**
 * What a name means in a layer, as addresses: its own symbol, or what comes from below, where two directions stand one after the other.
 * @param {State} state
 * @param {LayerDocument} layer
 * @param {string} name  as its equations have it
 * @returns {string[]}
 */
export function operandsOf(state, layer, name) {
  const plain = name.replace(/_prev$/, "");
  const own = `${layer.address}.${plain}`;
  if (plain !== "x" && own in state.network.symbols) return [own];
  const all = stacked(state);
  const number = layer.layer === "readout" ? Number(all[0]?.layer ?? 0) + 1 : Number(layer.layer);
  if (number <= 1) return [INPUT];
  const below = all.filter((one) => Number(one.layer) === number - 1).reverse();
  return below.map((one) => `${one.address}.${plain === "x" ? programOf(state, one).output : plain}`).filter((address) => address in state.network.symbols);
}

/**
 * What stands one behind the other under an address of a layer that reads two directions, as `main.2.forward.x`; empty for any other.
 * @param {State} state
 * @param {string} address
 * @returns {string[]}
 */
export function joinedFrom(state, address) {
  if (address === INPUT || address in state.network.symbols) return [];
  const cut = address.lastIndexOf(".");
  const layer = state.network.layers.find((one) => one.address === address.slice(0, cut));
  const found = layer ? operandsOf(state, layer, address.slice(cut + 1)) : [];
  return found.length > 1 ? found : [];
}

/** What a network is made of, however many units it has. @param {import("../net/contract.js").Experiment} experiment */
const made = ({ network }) => JSON.stringify(network.parts.map(({ layers, readout }) => [readout, layers.map(({ cell, text, direction }) => [cell, text, direction])]));

/** What a lesson shows of its own network; of another in its place it chooses nothing. @param {State} state @param {"rows" | "gradients"} kind */
function chosen({ lesson, base, experiment, network }, kind) {
  const asked = lesson?.view[kind];
  const own = asked && (base.network === experiment.network || made(base) === made(experiment));
  return own ? asked.filter((address) => address in network.symbols) : [];
}

/**
 * Every symbol that has a row, top to bottom.
 * @param {State} state
 * @returns {string[]}
 */
export function rows(state) {
  const asked = chosen(state, "rows");
  if (asked.length > 0) return asked;
  const drawn = state.network.layers.flatMap((layer) => programOf(state, layer).values.filter((value) => !value.derived).map((value) => `${layer.address}.${value.name}`));
  return [...drawn.reverse(), INPUT];
}

/** Whether a symbol is read one step later. @param {State} state @param {string} address */
export function isCarried(state, address) {
  return state.network.layers.some((layer) => programOf(state, layer).states.some((name) => address === `${layer.address}.${name}`));
}

/** What a layer hands on, to the next step or to the layer above. @param {State} state @param {LayerDocument} layer */
function handedOn(state, layer) {
  const program = programOf(state, layer);
  return [...new Set([...program.states, program.output])].map((name) => `${layer.address}.${name}`);
}

/**
 * The layers that folding would make smaller.
 * @param {State} state
 * @returns {string[]}
 */
export function foldable(state) {
  if (!isStacked(state)) return [];
  const all = rows(state);
  return stacked(state)
    .filter((layer) => all.some((address) => address.startsWith(`${layer.address}.`) && !handedOn(state, layer).includes(address)))
    .map(({ address }) => address);
}

/**
 * Those of them that are shown whole: the ones asked for, else what a lesson wants, else the one whose inside the cell shows; going
 * backward the gradients need that room.
 * @param {State} state
 * @returns {string[]}
 */
export function open(state) {
  const can = foldable(state);
  const asked = state.experiment.view.open;
  if (typeof asked === "string") return can.filter((address) => asked.split(",").includes(address));
  if (chosen(state, "rows").length) return can;
  const inside = can.filter((address) => address === state.experiment.view.layer);
  return state.experiment.view.direction === "backward" ? [] : inside.length ? inside : can.slice(-1);
}

/** What the record says after a layer was folded or unfolded. @param {State} state @param {string} address */
export function toggled(state, address) {
  const now = open(state);
  return (now.includes(address) ? now.filter((one) => one !== address) : [...now, address]).join(",") || NONE;
}

/**
 * The rows that are not folded away.
 * @param {State} state
 * @returns {string[]}
 */
export function shownRows(state) {
  const whole = open(state);
  const folded = stacked(state).filter(({ address }) => foldable(state).includes(address) && !whole.includes(address));
  return rows(state).filter((address) => {
    const layer = folded.find((one) => address.startsWith(`${one.address}.`));
    return !layer || handedOn(state, layer).includes(address);
  });
}

/**
 * Whose gradients the strip shows, top to bottom: of a folded layer only the memory's.
 * @param {State} state
 * @returns {string[]}
 */
export function gradientRows(state) {
  const asked = chosen(state, "gradients");
  if (asked.length > 0) return asked;
  const whole = open(state);
  return stacked(state).flatMap((layer) => {
    const all = handedOn(state, layer);
    return foldable(state).includes(layer.address) && !whole.includes(layer.address) ? all.slice(0, 1) : all;
  });
}

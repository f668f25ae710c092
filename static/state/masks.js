/** Weights that a constant mask multiplies by 0: whatever they are, nothing changes. Read off the equations. Pure. */

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../draw/tree.js").Raw} Raw */

/**
 * @param {State} state
 * @param {{address: string, index: number[]}} place
 * @returns {boolean}
 */
export function isMasked({ network }, { address, index: [row, column] }) {
  const cut = address.lastIndexOf(".");
  const layer = network.layers.find((candidate) => candidate.address === address.slice(0, cut));
  const size = network.symbols[address]?.shape?.[0];
  if (!layer || !size || column === undefined) return false;
  const masks = network.programs[layer.program].equations.flatMap(({ expr }) => masksOf(expr, address.slice(cut + 1)));
  return masks.length > 0 && masks.every((periods) => periods !== null && periodOf(periods, column, size) < periodOf(periods, row, size));
}

/** The mask at each place where a matrix is read, null where it stands bare. @param {Raw} tree @param {string} name @returns {(number[] | null)[]} */
function masksOf(tree, name) {
  if (!Array.isArray(tree)) return tree === name ? [null] : [];
  const [op, ...args] = tree;
  const mask = op === "mul" && args.includes(name) && args.find((arg) => Array.isArray(arg) && arg[0] === "slower");
  return mask ? [mask.slice(1)] : args.flatMap((arg) => masksOf(arg, name));
}

/** The period of a unit's group. @param {number[]} periods @param {number} unit @param {number} size */
function periodOf(periods, unit, size) {
  return periods[Math.floor((unit * periods.length) / size)];
}

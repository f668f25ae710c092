/**
 * Which gate lets the old memory through: the one that is multiplied with it.
 */

/** @type {WeakMap<object, Map<string, string | null>>} */
const known = new WeakMap();

/**
 * @param {any} network
 * @param {string} address  of a state
 * @returns {string | null}  the gate's address
 */
export function keepGate(network, address) {
  let found = known.get(network);
  if (!found) known.set(network, (found = new Map()));
  const before = found.get(address);
  if (before !== undefined) return before;
  const gate = search(network, address);
  found.set(address, gate);
  return gate;
}

/**
 * @param {any} network
 * @param {string} address
 */
function search(network, address) {
  const cut = address.lastIndexOf(".");
  const layer = network.layers.find((/** @type {any} */ one) => one.address === address.slice(0, cut));
  const diagram = layer && network.diagrams[layer.program]?.gate;
  if (!diagram) return null;
  const state = address.slice(cut + 1);
  for (const edge of diagram.edges) {
    // Elsewhere the old memory may be read through a gate that resets it.
    if (edge.from !== `${state}_prev` || !edge.to.startsWith(`${state}/`)) continue;
    const node = diagram.nodes.find((/** @type {any} */ one) => one.id === edge.to);
    if (node?.op !== "mul" || node.kind !== "op") continue;
    const other = diagram.edges.find((/** @type {any} */ one) => one.to === edge.to && one.from !== edge.from);
    const gate = other && diagram.nodes.find((/** @type {any} */ one) => one.id === other.from);
    if (gate?.role === "gate") return `${layer.address}.${gate.id}`;
  }
  return null;
}

/** Which column each thing of a drawing stands in: right of all that it reads. */

import { BEND, CHANNEL, extent, isGiven, MARGIN, NARROW } from "./noderoom.js";

/** @typedef {import("./layout.js").Node} Node */
/** @typedef {import("./layout.js").Spot} Spot */
/** @typedef {import("./layout.js").Edge} Edge */
/** @typedef {Map<string, number>} Ranks  which column each node stands in */

/** What an even filling of columns is worth against the height of the highest. */
const EVEN = 20;
const STEEP = 8;

/**
 * Longest way from a source; sources stand right before what reads them.
 * @param {Node[]} nodes
 * @param {Edge[]} edges
 */
function ranked(nodes, edges) {
  /** @type {Map<string, number>} */
  const ranks = new Map();
  const into = new Map(nodes.map((node) => [node.id, edges.filter((edge) => edge.to === node.id).map((edge) => edge.from)]));
  /** @param {string} id @returns {number} */
  const rank = (id) => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    ranks.set(id, 0);
    const found = Math.max(-1, ...(into.get(id) ?? []).map(rank)) + 1;
    ranks.set(id, found);
    return found;
  };
  for (const node of nodes) rank(node.id);
  for (const node of nodes) {
    if (!isGiven(node)) continue;
    const readers = edges.filter((edge) => edge.from === node.id).map((edge) => ranks.get(edge.to) ?? 1);
    if (readers.length) ranks.set(node.id, Math.max(0, Math.min(...readers) - 1));
  }
  return ranks;
}

/**
 * What is not read at once may stand farther right, and what is read late need not stand there: one thing at a time, with what has to give way to
 * it, goes where the columns come out lower or narrower for their room, begun with everything as far left as it can be, and with everything as far right.
 * @param {Node[]} nodes @param {Edge[]} edges
 * @param {{units: (node: Node) => number, type: number, aspect: number}} how
 * @returns {Ranks[]}  both: which comes out better is seen when they are drawn
 */
export function balanced(nodes, edges, { units, type, aspect }) {
  const sides = new Map(nodes.map((node) => [node.id, extent(/** @type {Spot} */ ({ node, units: units(node), type }))]));
  const around = neighbours(nodes, edges);
  const { read, readers } = around;
  const movable = nodes.filter((node) => !isGiven(node) && read(node.id).length && readers(node.id).length).map(({ id }) => id);
  /** How high the highest column is, or would be if it were as wide for its room as they are together; and how evenly they are filled. @param {Ranks} ranks */
  const cost = (ranks) => {
    const columns = Array.from({ length: Math.max(...ranks.values()) + 1 }, () => ({ height: 0, left: NARROW, right: NARROW }));
    for (const [id, { height, left, right }] of sides) {
      const column = columns[at(ranks, id)];
      column.height += height;
      column.left = Math.max(column.left, left);
      column.right = Math.max(column.right, right);
    }
    for (const { from, to } of edges) for (let rank = at(ranks, from) + 1; rank < at(ranks, to); rank++) columns[rank].height += BEND;
    const width = columns.reduce((sum, { left, right }) => sum + left + right + CHANNEL, 2 * MARGIN - CHANNEL);
    const highest = Math.max(...columns.map(({ height }) => height));
    return Math.max(highest, width / aspect) + EVEN * columns.reduce((sum, { height }) => sum + (height / highest) ** STEEP, 0);
  };
  const early = ranked(nodes, edges);
  const last = Math.max(...early.values());
  const late = new Map(early);
  for (const id of [...movable].sort((a, b) => at(early, b) - at(early, a))) late.set(id, Math.min(...readers(id).map((to) => at(late, to))) - 1);
  return [early, late].map((start) => {
    let ranks = start;
    let least = cost(ranks);
    for (let better = true; better;) {
      better = false;
      for (const id of movable) {
        let own = ranks;
        for (let rank = 1; rank < last; rank++) {
          const next = pushed(ranks, id, rank, around);
          const now = [...next.values()].every((each) => each >= 0 && each <= last) ? cost(next) : Infinity;
          // Without room everything costs without end, and nothing is better.
          if (!(now < least - 1)) continue;
          [least, own, better] = [now, next, true];
        }
        ranks = own;
      }
    }
    return ranks;
  });
}

/**
 * One thing stands elsewhere, and all that it would meet gives way: what it reads to the left, what reads it to the right.
 * @param {Ranks} ranks @param {string} id @param {number} rank @param {ReturnType<typeof neighbours>} around
 * @returns {Ranks}
 */
function pushed(ranks, id, rank, { read, readers }) {
  const next = new Map(ranks).set(id, rank);
  /** @type {(one: string, others: string[], by: 1 | -1, way: (id: string) => string[]) => void} */
  const push = (one, others, by, way) => {
    for (const other of others) {
      if (by * (at(next, other) - at(next, one)) > 0) continue;
      next.set(other, at(next, one) + by);
      push(other, way(other), by, way);
    }
  };
  push(id, read(id), -1, read);
  push(id, readers(id), 1, readers);
  return next;
}

/** @param {Ranks} ranks @param {string} id */
function at(ranks, id) {
  return ranks.get(id) ?? 0;
}

/** @param {Node[]} nodes @param {Edge[]} edges */
function neighbours(nodes, edges) {
  const into = new Map(nodes.map(({ id }) => [id, edges.filter(({ to }) => to === id).map(({ from }) => from)]));
  const out = new Map(nodes.map(({ id }) => [id, edges.filter(({ from }) => from === id).map(({ to }) => to)]));
  return { read: (/** @type {string} */ id) => into.get(id) ?? [], readers: (/** @type {string} */ id) => out.get(id) ?? [] };
}

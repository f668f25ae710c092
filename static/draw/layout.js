/**
 * A drawing for any diagram: ranks from left to right, as few crossings as a few sweeps find.
 */

import { route } from "./route.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {{id: string, kind: string, role: string | null, op: string | null, name: string | null}} Node */
/** @typedef {{from: string, to: string, name: string}} Edge */
/** @typedef {{id: string, node: Node | null, rank: number, y: number, before: Spot[], after: Spot[]}} Spot */

const SWEEPS = 8;
const MARGIN = 56;

/** A function inside an equation has a name, but no line of its own. @param {Node} node */
function isOperation(node) {
  return node.kind === "op" || (node.kind === "value" && node.id.includes(":"));
}

/** Weights and numbers: the same at every step. @param {Node | null} node */
function isGiven(node) {
  return node !== null && ["parameter", "constant", "number"].includes(node.kind);
}

/** Height a node asks for, and half its width. @param {Node | null} node @returns {{height: number, half: number}} */
function extent(node) {
  if (!node) return { height: 20, half: 0 };
  if (isOperation(node)) return { height: 44, half: node.op && node.op.length > 3 && !["matmul"].includes(node.op) ? 24 : 14 };
  if (isGiven(node)) return { height: 30, half: 18 };
  return { height: node.role === "state" ? 136 : 118, half: node.role === "gate" ? 24 : 30 };
}

/**
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @returns {Drawing}
 */
export function layout({ nodes, edges }) {
  const ranks = ranked(nodes, edges);
  /** @type {Map<string, Spot>} */
  const spots = new Map(nodes.map((node) => [node.id, { id: node.id, node, rank: ranks.get(node.id) ?? 0, y: 0, before: [], after: [] }]));
  /** @type {Map<Edge, Spot[]>} */
  const chains = new Map();
  const all = [...spots.values()];
  for (const edge of edges) {
    const from = spots.get(edge.from);
    const to = spots.get(edge.to);
    if (!from || !to) continue;
    const chain = [from];
    for (let rank = from.rank + 1; rank < to.rank; rank++) {
      const bend = /** @type {Spot} */ ({ id: `${edge.from}>${edge.to}@${rank}`, node: null, rank, y: 0, before: [], after: [] });
      all.push(bend);
      chain.push(bend);
    }
    chain.push(to);
    chain.forEach((spot, index) => {
      if (index) {
        spot.before.push(chain[index - 1]);
        chain[index - 1].after.push(spot);
      }
    });
    chains.set(edge, chain);
  }
  const columns = stacked(all);
  order(columns);
  settle(columns);
  const lefts = abscissas(columns);
  const top = Math.min(...all.map((spot) => spot.y - extent(spot.node).height / 2));
  for (const spot of all) spot.y += 12 - top;
  const bottom = Math.max(...all.map((spot) => spot.y + extent(spot.node).height / 2));
  const width = lefts[lefts.length - 1] + MARGIN;

  /** @type {Drawing} */
  const drawing = { width: Math.max(360, width), height: bottom + 10, full: true, places: {}, wires: [], notes: [] };
  const indent = (drawing.width - width) / 2;
  for (const spot of spots.values()) {
    const x = lefts[spot.rank] + indent;
    drawing.places[spot.id] = placed(/** @type {Node} */ (spot.node), x, Math.round(spot.y));
  }
  for (const [edge, chain] of chains) {
    const points = chain.map((spot, index) => {
      const { half } = extent(spot.node);
      const x = lefts[spot.rank] + indent;
      const y = spot.y - lift(spot.node);
      return /** @type {[number, number]} */ ([index === 0 ? x + half : index === chain.length - 1 ? x - half : x, y]);
    });
    drawing.wires.push({ from: edge.from, to: edge.to, name: edge.name, d: route(points), stub: isGiven(chain[0].node) });
  }
  return drawing;
}

/** A labelled thing stands above the middle of the room it has. @param {Node | null} node */
function lift(node) {
  return node && extent(node).height > 60 ? 22 : 0;
}

/**
 * @param {Node} node
 * @param {number} x
 * @param {number} y
 * @returns {import("./layouts.js").Place}
 */
function placed(node, x, y) {
  if (isOperation(node)) return { shape: "op", x, y };
  if (isGiven(node)) return { shape: "port", x, y, label: { x, y: y + 5, anchor: "middle", inline: true } };
  const shape = node.role === "gate" ? "valve" : "state";
  return { shape, x, y: y - lift(node), width: 56, height: 44, label: { x, y: y + 20, anchor: "middle" } };
}

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

/** @param {Spot[]} all @returns {Spot[][]} */
function stacked(all) {
  const columns = /** @type {Spot[][]} */ (Array.from({ length: Math.max(0, ...all.map((spot) => spot.rank)) + 1 }, () => []));
  for (const spot of all) columns[spot.rank].push(spot);
  return columns;
}

/** @param {Spot[][]} columns */
function order(columns) {
  const place = new Map(columns.flatMap((column) => column.map((spot, index) => [spot, index])));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      const wish = new Map(column.map((spot) => {
        const around = forward ? spot.before : spot.after;
        const sum = around.reduce((total, other) => total + (place.get(other) ?? 0), 0);
        return [spot, around.length ? sum / around.length : place.get(spot) ?? 0];
      }));
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
      column.forEach((spot, index) => place.set(spot, index));
    }
  }
}

/** Heights: everything moves towards its neighbours as far as the room above and below allows. @param {Spot[][]} columns */
function settle(columns) {
  for (const column of columns) spread(column, column.map(() => 0));
  for (let sweep = 0; sweep < 3 * SWEEPS; sweep++) {
    for (const column of sweep % 2 ? [...columns].reverse() : columns) {
      const wishes = column.map((spot) => {
        const around = [...spot.before, ...spot.after];
        return around.length ? around.reduce((sum, other) => sum + other.y, 0) / around.length : spot.y;
      });
      spread(column, wishes);
    }
  }
}

/**
 * As near to the wishes as the order and the heights permit.
 * @param {Spot[]} column
 * @param {number[]} wishes
 */
function spread(column, wishes) {
  const apart = column.map((spot, index) => (index ? (extent(spot.node).height + extent(column[index - 1].node).height) / 2 : 0));
  let y = -Infinity;
  const down = wishes.map((wish, index) => (y = Math.max(wish, y + apart[index])));
  y = Infinity;
  const up = wishes.map((_, back) => {
    const index = wishes.length - 1 - back;
    y = Math.min(wishes[index], y - (apart[index + 1] ?? 0));
    return y;
  }).reverse();
  column.forEach((spot, index) => {
    spot.y = (down[index] + up[index]) / 2;
  });
}

/** @param {Spot[][]} columns */
function abscissas(columns) {
  let x = MARGIN;
  return columns.map((column, index) => {
    const half = Math.max(14, ...column.map((spot) => extent(spot.node).half));
    if (index) {
      const previous = Math.max(14, ...columns[index - 1].map((spot) => extent(spot.node).half));
      x += half + previous + 34;
    }
    return x;
  });
}

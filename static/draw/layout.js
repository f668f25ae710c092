/**
 * A drawing for any diagram: ranks from left to right, as few crossings as a few sweeps find.
 */

import { abscissas } from "./abscissas.js";
import { level, order, settle, straighten } from "./heights.js";
import { attached, boxHeight, boxWidth, CLOSE, drop, extent, FACTOR, isFunction, isGiven, isOperation, PILL, pillWidth } from "./noderoom.js";
import { balanced } from "./ranks.js";
import { route } from "./route.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {{id: string, kind: string, role: string | null, op: string | null, name: string | null, label?: string | null}} Node */
/** @typedef {{from: string, to: string, name: string}} Edge */
/** @typedef {{id: string, node: Node | null, units: number, type: number, rank: number, y: number, before: Spot[], after: Spot[]}} Spot  `type`: how much larger its words are than in the page */

/** The scale at which the words can just be read: 11.75 of 12.5 pixels. */
const LEAST = 0.94;
/** And that at which words and digits have ten pixels still. */
const TIGHT = 0.8;
/** A small diagram is not blown up. */
const NARROWEST = 560;
/** The most that columns are drawn apart to fill a high card. */
const AIRIEST = 1.5;

/**
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @param {{units?: (node: Node) => number, aspect?: number, high?: number, type?: number}} how  `aspect`: width by height of the room there is; `high`: its height in pixels; `type`: how much larger the words are than in the page
 * @returns {Drawing}
 */
export function layout(diagram, { units = () => 1, aspect = Infinity, high = Infinity, type = 1 } = {}) {
  const drawn = balanced(diagram.nodes, diagram.edges, { units, type, aspect }).map((ranks) => drawnIn(ranks, diagram, { units, aspect, high, type }));
  const [first, second] = drawn;
  const size = (/** @type {Drawing} */ { width, height }) => Math.max(height, width / aspect);
  return size(second) < size(first) ? second : first;
}

/**
 * @param {import("./ranks.js").Ranks} ranks
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @param {{units: (node: Node) => number, aspect: number, high: number, type: number}} how
 * @returns {Drawing}
 */
function drawnIn(ranks, { nodes, edges }, { units, aspect, high, type }) {
  /** @type {Map<string, Spot>} */
  const spots = new Map(nodes.map((node) => [node.id, { id: node.id, node, units: units(node), type, rank: ranks.get(node.id) ?? 0, y: 0, before: [], after: [] }]));
  /** @type {Map<Edge, Spot[]>} */
  const chains = new Map();
  const all = [...spots.values()];
  for (const edge of edges) {
    const from = spots.get(edge.from);
    const to = spots.get(edge.to);
    if (!from || !to) continue;
    const chain = [from];
    for (let rank = from.rank + 1; rank < to.rank; rank++) {
      const bend = /** @type {Spot} */ ({ id: `${edge.from}>${edge.to}@${rank}`, node: null, units: 1, type, rank, y: 0, before: [], after: [] });
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
  const ways = [...chains.values()];
  straighten(ways, columns);
  level(columns);
  const reach = (/** @type {number} */ side) => Math.max(...all.map((spot) => side * spot.y + extent(spot).height / 2));
  // What is scrolled along is not made so high that it is scrolled down too.
  const air = Math.max(1, Math.min(AIRIEST, Math.min(abscissas(columns, ways).width / aspect, (high * type) / LEAST) / (reach(-1) + reach(1))));
  for (const spot of all) spot.y *= air;
  const top = -reach(-1);
  for (const spot of all) spot.y = Math.round(spot.y - top + 4);

  const { at, width, bend } = abscissas(columns, ways);
  const indent = Math.max(0, NARROWEST - width) / 2;
  /** @type {Drawing} */
  const drawing = { width: width + 2 * indent, height: reach(1) + 4, full: true, type, least: LEAST / type, tight: TIGHT / type, places: {}, wires: [], notes: [] };
  for (const spot of spots.values()) drawing.places[spot.id] = placed(spot, at[spot.rank] + indent);
  for (const { id, node } of spots.values()) {
    if (node && isOperation(node)) drawing.notes.push(...remarks(node, edges.filter((edge) => edge.to === id), drawing.places[id], drawing.places, type));
  }
  for (const [edge, chain] of chains) {
    const [first, last] = [chain[0], chain[chain.length - 1]];
    /** @type {[number, number][]} */
    const points = [[at[first.rank] + indent + extent(first).half, attached(first)]];
    for (let index = 1; index < chain.length; index++) {
      const [from, to] = bend(chain[index - 1], chain[index]);
      points.push([from + indent, attached(chain[index - 1])], [to + indent, attached(chain[index])]);
    }
    points.push([at[last.rank] + indent - extent(last).half, attached(last)]);
    drawing.wires.push({ from: edge.from, to: edge.to, name: edge.name, d: route(points), stub: isGiven(first.node) });
  }
  return drawing;
}

/**
 * What comes out of an operation, and, for going backward, by what its operands are multiplied.
 * @param {Node} node @param {Edge[]} into @param {import("./layouts.js").Place} place @param {Drawing["places"]} places @param {number} type
 * @returns {import("./layouts.js").Note[]}
 */
function remarks(node, into, { x, y }, places, type) {
  const result = { op: node.id, bare: true, x, y: y + drop(type), anchor: /** @type {const} */ ("middle") };
  if (isFunction(node)) return [result, ...into.map(({ from }) => ({ slope: `${from} ${node.id}`, x, y: y - PILL - CLOSE, anchor: /** @type {const} */ ("middle") }))];
  if (node.op !== "mul" || into.length !== 2) return [result];
  const [upper, lower] = [...into].sort((a, b) => places[a.from].y - places[b.from].y);
  const side = { x, anchor: /** @type {const} */ ("middle") };
  return [result, { ...side, slope: `${upper.from} ${node.id}`, y: y - PILL - CLOSE }, { ...side, slope: `${lower.from} ${node.id}`, y: result.y + type * FACTOR }];
}

/**
 * @param {Spot} spot
 * @param {number} x  the middle of its column
 * @returns {import("./layouts.js").Place}
 */
function placed(spot, x) {
  const node = /** @type {Node} */ (spot.node);
  const y = attached(spot);
  if (isOperation(node)) return { shape: "op", x, y, width: pillWidth(node, spot.type) };
  if (isGiven(node)) return { shape: "port", x, y, label: { x, y: y + 5, anchor: "middle", inline: true } };
  const valve = node.role === "gate" && spot.units === 1;
  const height = valve ? 46 : boxHeight(spot.units, spot.type);
  const anchor = /** @type {const} */ ("middle");
  const label = { x, y: y - height / 2 - 7, anchor, under: { x, y: y + height / 2 + 2 + 13 * spot.type, anchor } };
  return valve ? { shape: "valve", x, y, label } : { shape: "state", x, y, width: boxWidth(spot.units), height, exact: true, label };
}

/** @param {Spot[]} all @returns {Spot[][]} */
function stacked(all) {
  const columns = /** @type {Spot[][]} */ (Array.from({ length: Math.max(0, ...all.map((spot) => spot.rank)) + 1 }, () => []));
  for (const spot of all) columns[spot.rank].push(spot);
  return columns;
}

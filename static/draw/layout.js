/**
 * A drawing for any diagram: ranks from left to right, as few crossings as a few sweeps find.
 */

import { operationHalf } from "./places.js";
import { route } from "./route.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {{id: string, kind: string, role: string | null, op: string | null, name: string | null, label?: string | null}} Node */
/** @typedef {{from: string, to: string, name: string}} Edge */
/** @typedef {Map<string, number>} Ranks  which column each node stands in */
/** @typedef {{id: string, node: Node | null, units: number, type: number, rank: number, y: number, before: Spot[], after: Spot[]}} Spot  `type`: how much larger its words are than in the page */

const SWEEPS = 8;
/** What an even filling of columns is worth against the height of the highest. */
const EVEN = 20;
const STEEP = 8;
const MARGIN = 7;
/** Between two columns the wires bend; within a column they are level, so that none runs through a word. */
const CHANNEL = 10;
/** A wire that passes a column, and half of a column where nothing else does. */
const [BEND, NARROW] = [18, 14];
const BOX = { width: 76, slim: 58, height: 36, row: 16, frame: 8, crowd: 84 };
/** More units than this show no digits; what is spoken of is written beside the name. */
const MOST_DIGITS = 7;
/** Above a box or a gate: its letter, perhaps with a number, which are no larger where words are; below it: two lines of words. */
const [OVER, UNDER] = [27, 34];
/** Half an operation, from it to what is written there, and below and above that; a line of words. */
const [PILL, CLOSE, AIR, LINE] = [12, 5, 3, 10];
/** How much larger than in the page words are for which operations have room as they are. */
const ROOMY = 1.15;
/** Half of what is written below an operation: what comes out of it; around a product, and above a function its slope. */
const RESULT = { half: 26, factor: 35, function: 41 };
/** Half of what is said below a box, by what it is, and above it: its letter with a number. */
const SAID = { gate: 37, value: 33, function: 38, before: 36, number: 42, indexed: 52 };
/** By what a product multiplies is written above it for the upper wire, and below its result for the lower one: so far below. */
const FACTOR = 15;
/** The scale at which the words can just be read: 11.75 of 12.5 pixels. */
const LEAST = 0.94;
/** And that at which words and digits have ten pixels still. */
const TIGHT = 0.8;
/** A small diagram is not blown up. */
const NARROWEST = 560;
/** The most that columns are drawn apart to fill a high card. */
const AIRIEST = 1.5;

/** A function inside an equation has a name, but no line of its own. @param {Node} node */
function isOperation(node) {
  return node.kind === "op" || (node.kind === "value" && node.id.includes(":"));
}

/** @param {Node} node */
function isFunction({ kind, op }) {
  return kind !== "op" || !["mul", "add", "sub", "neg", "matmul"].includes(op ?? "");
}

/** Of two that both change from step to step. @param {Node} node */
function isProduct({ kind, op, label }) {
  return kind === "op" && op === "mul" && (label ?? "").length < 2;
}

/** Weights and numbers: the same at every step. @param {Node | null} node */
function isGiven(node) {
  return node !== null && ["parameter", "constant", "number"].includes(node.kind);
}

/**
 * How high a node's room is, and how far it reaches to either side with what is written beside it; `half` is the thing alone.
 * @param {Spot} spot
 */
function extent({ node, units, type }) {
  const words = (/** @type {number} */ room) => room * type;
  if (!node) return { height: BEND, half: 0, left: 0, right: 0 };
  if (isOperation(node)) {
    const half = pillWidth(node, type) / 2 + 1;
    const side = words(isFunction(node) ? RESULT.function : isProduct(node) ? RESULT.factor : RESULT.half);
    return { height: above(node, type) + under(node, type), half, left: Math.max(side, half + 4), right: Math.max(side, half + 4) };
  }
  if (isGiven(node)) return { height: 27, half: 17, left: 17, right: 17 };
  const valve = node.role === "gate" && units === 1;
  const half = valve ? 24 : boxWidth(units) / 2;
  const side = words(Math.max(SAID[said(node)], units > MOST_DIGITS || valve ? SAID[node.kind === "before" ? "indexed" : "number"] : 0));
  return { height: (valve ? 48 : boxHeight(units, type)) + OVER + words(UNDER), half, left: Math.max(half + 10, side), right: Math.max(half + 4, side) };
}

/** @param {Node} node @returns {"before" | "gate" | "function" | "value"} */
function said({ kind, role, op }) {
  if (kind === "before") return kind;
  return role === "gate" ? role : op && op !== "affine" ? "function" : "value";
}

/** What is said in an operation is as large as other words. @param {Node} node @param {number} type */
function pillWidth({ kind, op, label }, type) {
  const half = operationHalf(op ?? "", kind === "op" ? label ?? null : null);
  return 2 * (half > PILL ? half * Math.max(1, type / ROOMY) : half);
}

/** From the middle of an operation to the line of what comes out of it. @param {number} type */
function drop(type) {
  return PILL + CLOSE - 1 + LINE * type;
}

/** How far an operation reaches down with its words. @param {Node} node @param {number} type */
function under(node, type) {
  return drop(type) + (isProduct(node) ? FACTOR * type : 0) + AIR;
}

/** And up. @param {Node} node @param {number} type */
function above(node, type) {
  return PILL + (isProduct(node) || isFunction(node) ? CLOSE + LINE * type : 0) + (isProduct(node) ? AIR : 0);
}

/** A number alone says all its digits. @param {number} units */
function boxWidth(units) {
  return units === 1 ? BOX.width : BOX.slim;
}

/** Digits grow with the words. @param {number} units @param {number} type */
function boxHeight(units, type) {
  return units === 1 ? BOX.height : units > MOST_DIGITS ? BOX.crowd : Math.round(BOX.row * units * type) + BOX.frame;
}

/**
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @param {{units?: (node: Node) => number, aspect?: number, high?: number, type?: number}} how  `aspect`: width by height of the room there is; `high`: its height in pixels; `type`: how much larger the words are than in the page
 * @returns {Drawing}
 */
export function layout({ nodes, edges }, { units = () => 1, aspect = Infinity, high = Infinity, type = 1 } = {}) {
  const ranks = balanced(nodes, edges, { units, type, aspect });
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
  straighten([...chains.values()], columns);
  const { lanes, width } = abscissas(columns);
  const reach = (/** @type {number} */ side) => Math.max(...all.map((spot) => side * spot.y + extent(spot).height / 2));
  // What is scrolled along is not made so high that it is scrolled down too.
  const air = Math.max(1, Math.min(AIRIEST, Math.min(width / aspect, (high * type) / LEAST) / (reach(-1) + reach(1))));
  for (const spot of all) spot.y *= air;
  const top = -reach(-1);
  for (const spot of all) spot.y = Math.round(spot.y - top + 4);

  /** @type {Drawing} */
  const drawing = { width, height: reach(1) + 4, full: true, type, least: LEAST / type, tight: TIGHT / type, places: {}, wires: [], notes: [] };
  for (const spot of spots.values()) drawing.places[spot.id] = placed(spot, lanes[spot.rank]);
  for (const { id, node } of spots.values()) {
    if (node && isOperation(node)) drawing.notes.push(...remarks(node, edges.filter((edge) => edge.to === id), drawing.places[id], drawing.places, type));
  }
  for (const [edge, chain] of chains) {
    const points = chain.flatMap((spot, index) => {
      const lane = lanes[spot.rank];
      const { half } = extent(spot);
      const y = spot.y - lift(spot);
      const x = index === 0 || index === chain.length - 1 ? drawing.places[spot.id].x : 0;
      /** @type {[number, number]} */
      const enter = index === chain.length - 1 ? [x - half, y] : [lane.right, y];
      return /** @type {[number, number][]} */ (index === 0 ? [[x + half, y], enter] : [[lane.left, y], enter]);
    });
    drawing.wires.push({ from: edge.from, to: edge.to, name: edge.name, d: route(points), stub: isGiven(chain[0].node) });
  }
  return drawing;
}

/** More words stand below a box than above it, so that it is drawn above the middle of its room. @param {Spot} spot */
function lift({ node, type }) {
  if (!node || isGiven(node)) return 0;
  if (isOperation(node)) return (under(node, type) - above(node, type)) / 2;
  return (type * UNDER - OVER) / 2;
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
 * @param {{left: number, right: number, x: number}} lane
 * @returns {import("./layouts.js").Place}
 */
function placed(spot, lane) {
  const node = /** @type {Node} */ (spot.node);
  const y = spot.y - lift(spot);
  const { half } = extent(spot);
  const { x } = lane;
  if (isOperation(node)) return { shape: "op", x, y, width: pillWidth(node, spot.type) };
  if (isGiven(node)) return { shape: "port", x: lane.right - half, y, label: { x: lane.right - half, y: y + 5, anchor: "middle", inline: true } };
  const valve = node.role === "gate" && spot.units === 1;
  const height = valve ? 46 : boxHeight(spot.units, spot.type);
  const anchor = /** @type {const} */ ("middle");
  const label = { x, y: y - height / 2 - 7, anchor, under: { x, y: y + height / 2 + 2 + 13 * spot.type, anchor } };
  return valve ? { shape: "valve", x, y, label } : { shape: "state", x, y, width: boxWidth(spot.units), height, exact: true, label };
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

/**
 * What is not read at once may stand farther right, and what is read late need not stand there: one thing at a time goes where the columns come
 * out lower or narrower for their room, begun with everything as far left as it can be, and with everything as far right.
 * @param {Node[]} nodes @param {Edge[]} edges
 * @param {{units: (node: Node) => number, type: number, aspect: number}} how
 */
function balanced(nodes, edges, { units, type, aspect }) {
  const sides = new Map(nodes.map((node) => [node.id, extent(/** @type {Spot} */ ({ node, units: units(node), type }))]));
  const { read, readers } = neighbours(nodes, edges);
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
  const late = new Map(early);
  for (const id of [...movable].sort((a, b) => at(early, b) - at(early, a))) late.set(id, Math.min(...readers(id).map((to) => at(late, to))) - 1);
  const found = [early, late].map((ranks) => {
    let least = cost(ranks);
    for (let better = true; better;) {
      better = false;
      for (const id of movable) {
        const [first, last] = [Math.max(...read(id).map((from) => at(ranks, from))) + 1, Math.min(...readers(id).map((to) => at(ranks, to))) - 1];
        let own = at(ranks, id);
        for (let rank = first; rank <= last; rank++) {
          const now = cost(new Map(ranks).set(id, rank));
          if (now > least - 1) continue;
          [least, own, better] = [now, rank, true];
        }
        ranks.set(id, own);
      }
    }
    return { ranks, least };
  });
  return found[found[1].least < found[0].least - 1 ? 1 : 0].ranks;
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

/** @param {Spot[]} all @returns {Spot[][]} */
function stacked(all) {
  const columns = /** @type {Spot[][]} */ (Array.from({ length: Math.max(0, ...all.map((spot) => spot.rank)) + 1 }, () => []));
  for (const spot of all) columns[spot.rank].push(spot);
  return columns;
}

/**
 * A wire that passes several columns does so at one height where there is room for it.
 * @param {Spot[][]} chains
 * @param {Spot[][]} columns
 */
function straighten(chains, columns) {
  for (const chain of chains) {
    const bends = chain.slice(1, -1);
    if (bends.length < 2) continue;
    const wishes = [chain[0].y, chain[chain.length - 1].y, bends.reduce((sum, bend) => sum + bend.y, 0) / bends.length, ...bends.map((bend) => bend.y)];
    const free = (/** @type {Spot} */ bend, /** @type {number} */ y) => columns[bend.rank].every((other) =>
      other === bend || ((other.y < bend.y) === (other.y < y) && Math.abs(other.y - y) >= (extent(other).height + extent(bend).height) / 2));
    const found = wishes.find((y) => bends.every((bend) => free(bend, y)));
    if (found !== undefined) for (const bend of bends) bend.y = found;
  }
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
  const room = Math.max(...columns.map((column) => column.reduce((sum, spot) => sum + extent(spot).height, 0))) / 2;
  for (const column of columns) spread(column, column.map(() => 0), room);
  for (let sweep = 0; sweep < 3 * SWEEPS; sweep++) {
    for (const column of sweep % 2 ? [...columns].reverse() : columns) {
      const wishes = column.map((spot) => {
        const around = [...spot.before, ...spot.after];
        return around.length ? around.reduce((sum, other) => sum + other.y, 0) / around.length : spot.y;
      });
      spread(column, wishes, room);
    }
  }
}

/**
 * As near to the wishes as the order and the heights permit.
 * @param {Spot[]} column
 * @param {number[]} wishes
 * @param {number} room  above and below the middle
 */
function spread(column, wishes, room) {
  const apart = column.map((spot, index) => (index ? (extent(spot).height + extent(column[index - 1]).height) / 2 : 0));
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
  // No column is higher than the highest has to be.
  y = room;
  for (const spot of [...column].reverse()) {
    spot.y = Math.min(spot.y, y - extent(spot).height / 2);
    y = spot.y - extent(spot).height / 2;
  }
  y = -room;
  for (const spot of column) {
    spot.y = Math.max(spot.y, y + extent(spot).height / 2);
    y = spot.y + extent(spot).height / 2;
  }
}

/** The edges of every column, and where in it things are centred. @param {Spot[][]} columns @returns {{lanes: {left: number, right: number, x: number}[], width: number}} */
function abscissas(columns) {
  let x = MARGIN - CHANNEL;
  const lanes = columns.map((column) => {
    const sides = column.map((spot) => extent(spot));
    const left = x + CHANNEL;
    const middle = left + Math.max(NARROW, ...sides.map((side) => side.left));
    x = middle + Math.max(NARROW, ...sides.map((side) => side.right));
    return { left, x: middle, right: x };
  });
  const indent = Math.max(0, NARROWEST - x - MARGIN) / 2;
  return { lanes: lanes.map((lane) => ({ left: lane.left + indent, right: lane.right + indent, x: lane.x + indent })), width: x + MARGIN + 2 * indent };
}

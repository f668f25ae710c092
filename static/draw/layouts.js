/**
 * Drawings made by hand for cells that are met often; every other cell is laid out by `layout.js`.
 */

import { belt, isBlock } from "./belt.js";
import { conveyor } from "./conveyor.js";
import { operationHalf } from "./places.js";

/** @typedef {"valve" | "state" | "port" | "op"} Shape */
/** @typedef {{x: number, y: number, anchor: "start" | "middle" | "end"}} TextPlace */
/** @typedef {TextPlace & {inline?: boolean, slim?: boolean, room?: number, under?: TextPlace}} LabelPlace  `slim`: its lines are short; `room`: how long a word may be before it takes two lines; `under`: where the second line of a label in two lines stands */
/**
 * @typedef {{shape: Shape, x: number, y: number, width?: number, height?: number, exact?: boolean, keeps?: boolean, ticks?: boolean, share?: "kept" | "written", label?: LabelPlace}} Place
 * `exact`: the box says all its digits; `keeps`: a gate that lets the old memory through; `ticks`: with what shut and open mean; `share`: a gate of which one part keeps and the
 * rest writes, and which of them the opening is
 */
/** @typedef {{from: string, to: string, name: string, d: string, stub?: boolean, onward?: boolean}} Wire */
/**
 * `drop`: how far below its word a number stands that does not follow it; `bare`: an operation's result without its factors; `slope`: by what
 * an operation multiplies a gradient on its way back along a wire.
 * @typedef {{wire?: string, op?: string, bare?: boolean, slope?: string, word?: string, stub?: string, onward?: string, drop?: number, x: number, y: number, anchor: "start" | "middle" | "end"}} Note
 */
/** `band`: what lies below the line of the memory. @typedef {{width: number, height: number, full?: boolean, band?: {d: string, width: number}, places: Record<string, Place>, wires: Wire[], notes: Note[]}} Drawing  `full`: no corner is free for the card's head */

/** @typedef {{id: string, kind: string, role: string | null, op: string | null, label: string | null}} Node */
/** @typedef {{from: string, to: string}} Edge */

/** @type {(shape: Shape, x: number, y: number, label?: LabelPlace, size?: [number, number]) => Place} */
const at = (shape, x, y, label, size) => ({ shape, x, y, label, width: size?.[0], height: size?.[1] });
/** @type {(x: number, y: number, inline?: boolean) => LabelPlace} */
const right = (x, y, inline) => ({ x, y, anchor: "start", inline });
/** @type {(x: number, y: number) => LabelPlace} */
const left = (x, y) => ({ x, y, anchor: "end" });
/** @type {(x: number, y: number) => LabelPlace} */
const below = (x, y) => ({ x, y, anchor: "middle" });
/** @type {(edge: string, d: string, name?: string) => Wire} */
const wire = (edge, d, name) => {
  const [from, to] = edge.split(" ");
  return { from, to, name: name ?? from, d };
};
/** @type {(to: string, x: number, y: number, name?: string) => Wire} */
const stub = (to, x, y, name = "x") => ({ from: name, to, name, d: `M${x} ${y + 12} V${y}`, stub: true });
/** @type {(x: number, y: number, name?: string) => Note} */
const tail = (x, y, name = "x") => ({ stub: name, x, y: y + 26, anchor: "middle" });

/**
 * One unit: gates as valves around the memory, which loops back into itself on the right.
 * @param {{width: number, top: number, gates: number, middle: number, box: number, loop: number, forget: number, beside: boolean}} paper
 * @returns {Drawing}
 */
function valves({ width, top, gates, middle, box, loop, forget, beside }) {
  const y = (/** @type {number} */ at) => top + at;
  const half = box / 2;
  const [o, c, add, i, z] = [y(50), y(142), y(196), y(238), y(284)];
  /** @type {Drawing} */
  const drawing = {
    width, height: y(beside ? 312 : 330),
    places: {
      o: at("valve", gates, o, beside ? left(gates - 36, o - 8) : below(gates, o + 42)),
      y: at("port", middle, y(6), right(middle + 16, y(18), true)),
      c: at("state", middle, c, left(middle - half - (beside ? 12 : 8), c - 10), [box, 68]),
      f: { ...at("valve", forget, c + 10, beside ? right(forget + 36, c) : below(forget, c + 52)), keeps: true },
      i: at("valve", gates, i, beside ? left(gates - 36, i - 8) : below(gates, i + 42)),
      z: at("port", middle, z - 8, right(middle + 16, z, true)),
      x: at("port", middle, y(300)),
    },
    wires: [...loops({ gates, middle, half, loop, forget, o, c, tall: 68, add, i, top: y(4) }), wire("z c/1", `M${middle} ${z} V${i + 12}`)],
    notes: [
      { wire: "c_prev c/0", word: "cell.before", x: middle + half + 18, y: c - 28, anchor: "start" },
      { wire: "c/0 c/", word: "cell.kept", x: beside ? middle + half : middle + 20, y: add + 20, anchor: "start" },
      { op: "c/1", x: middle + 22, y: i - 2, anchor: "start" },
    ],
  };
  Object.assign(drawing.places, meetings({ middle, half, loop, o, c, add, i }));
  drawing.notes.push(...factors({ middle, loop, o, c, i, below: true }));
  const fed = /** @type {[string, number, number][]} */ ([["o", gates, o], ["f", forget, c + 10], ["i", gates, i]]);
  for (const [to, x, at] of fed) {
    if (beside) {
      drawing.wires.push(stub(to, x, at + 24));
      drawing.notes.push(tail(x, at + 24));
    } else aside(drawing, to, x, at);
  }
  drawing.wires.push(stub("z", middle, z));
  drawing.notes.push(tail(middle, z));
  return drawing;
}

/** Where two things meet, the same in the high and in the low drawing. @param {Record<"middle" | "half" | "loop" | "o" | "c" | "add" | "i", number>} paper @returns {Record<string, Place>} */
function meetings({ middle, half, loop, o, c, add, i }) {
  return { "y/": at("op", middle, o), c_prev: at("port", middle + half, c - 16), "c/0": at("op", loop, c + 10), "c/": at("op", middle, add), "c/1": at("op", middle, i) };
}

/**
 * By what a product multiplies on the way back.
 * @param {{middle: number, loop: number, o: number, c: number, i: number, below: boolean}} paper  `below`: what is written comes from there
 * @returns {Note[]}
 */
function factors({ middle, loop, o, c, i, below: under }) {
  return [
    { slope: "c y/", x: middle + 8, y: o + 30, anchor: "start" },
    { slope: "o y/", x: middle - 15, y: o + 18, anchor: "end" },
    { slope: "c_prev c/0", x: loop - 7, y: c - 4, anchor: "end" },
    { slope: "f c/0", x: loop + 15, y: c + 29, anchor: "start" },
    { slope: "i c/1", x: middle - 15, y: i + 18, anchor: "end" },
    under ? { slope: "z c/1", x: middle + 8, y: i + 34, anchor: "start" } : { slope: "z c/1", x: middle + 15, y: i - 8, anchor: "start" },
  ];
}

/** @param {Record<"gates" | "middle" | "half" | "loop" | "forget" | "o" | "c" | "tall" | "add" | "i" | "top", number>} paper */
function loops({ gates, middle, half, loop, forget, o, c, tall, add, i, top }) {
  const edge = tall / 2 + 1;
  return [
    wire("o y/", `M${gates + 24} ${o} H${middle - 12}`),
    wire("c y/", `M${middle} ${c - edge} V${o + 12}`),
    wire("y/ y", `M${middle} ${o - 12} V${top}`),
    wire("c_prev c/0", `M${middle + half + 1} ${c - 16} H${loop} V${c - 2}`),
    wire("f c/0", `M${forget - 24} ${c + 10} H${loop + 12}`),
    wire("c/0 c/", `M${loop} ${c + 22} V${add} H${middle + 12}`),
    wire("c/ c", `M${middle} ${add - 12} V${c + edge}`),
    wire("c/1 c/", `M${middle} ${i - 12} V${add + 12}`),
    wire("i c/1", `M${gates + 24} ${i} H${middle - 12}`),
  ];
}

/** What a valve reads comes from the side. @param {Drawing} drawing @param {string} to @param {number} x @param {number} y */
function aside(drawing, to, x, y) {
  const side = to === "f" ? 1 : -1;
  drawing.wires.push({ from: "x", to, name: "x", d: `M${x + side * 36} ${y} H${x + side * 24}`, stub: true });
  drawing.notes.push({ stub: "x", x: x + side * 43, y: y + 5, anchor: "middle" });
}

/** The same for a wide and low card: what is written comes in from the right. @returns {Drawing} */
function lowValves() {
  const [gates, middle, half, loop, forget] = [156, 308, 64, 472, 540];
  const [o, c, add, i] = [40, 114, 166, 206];
  const z = middle + 96;
  /** @type {Drawing} */
  const drawing = {
    width: 740, height: 236,
    places: {
      o: at("valve", gates, o, left(gates - 56, o - 8)),
      y: at("port", middle, 10, right(middle + 16, 18, true)),
      c: at("state", middle, c, left(middle - half - 12, c - 10), [2 * half, 60]),
      f: { ...at("valve", forget, c + 10, right(forget + 56, c + 2)), keeps: true },
      i: at("valve", gates, i, left(gates - 56, i - 26)),
      z: at("port", z, i, right(z - 62, i + 22, true)),
      x: at("port", z + 30, i),
      ...meetings({ middle, half, loop, o, c, add, i }),
    },
    wires: [...loops({ gates, middle, half, loop, forget, o, c, tall: 60, add, i, top: 4 }), wire("z c/1", `M${z} ${i} H${middle + 12}`)],
    notes: [
      { wire: "c_prev c/0", word: "cell.before", x: middle + half + 16, y: c - 26, anchor: "start" },
      { wire: "c/0 c/", word: "cell.kept", x: middle + half, y: add - 10, anchor: "start" },
      { op: "c/1", x: middle - 20, y: i - 26, anchor: "end" },
      { stub: "x", x: z + 25, y: i + 5, anchor: "middle" },
    ],
  };
  drawing.notes.push(...factors({ middle, loop, o, c, i, below: false }));
  aside(drawing, "o", gates, o);
  aside(drawing, "f", forget, c + 10);
  aside(drawing, "i", gates, i);
  drawing.wires.push({ from: "x", to: "z", name: "x", d: `M${z + 16} ${i} H${z}`, stub: true });
  return drawing;
}

/** In a low card, and in one that is nearly square. @type {Record<string, {state: number, out: number, x: number, gap: number}>} */
const HEIGHTS = { low: { state: 60, out: 48, x: 48, gap: 34 }, high: { state: 112, out: 78, x: 84, gap: 76 } };

/**
 * One layer: what it reads below it, what it remembers beside it, what is made of it above.
 * @param {{layer: string, before: string | null, out: string | null}} names
 * @param {{width: number, before: number, middle: number, box: number, side: number, height?: string}} paper
 * @param {{units: number, inputs: number}} columns
 * @returns {Drawing}
 */
function plain({ layer, before, out }, { width, before: past, middle, box, side, height = "" }, { units, inputs }) {
  const low = height === "low";
  const set = HEIGHTS[height] ?? { state: 92, out: 66, x: 70, gap: 52 };
  const high = (/** @type {number} */ least, /** @type {number} */ count) => (count <= MOST_READ ? Math.max(least, ROW * count + FRAME) : least);
  const tall = { ...set, out: high(set.out, units), x: high(set.x, inputs) };
  const top = 4 + tall.out / 2;
  const y = (out ? top + tall.out / 2 + tall.gap : 14) + tall.state / 2;
  const x = y + tall.state / 2 + tall.gap + tall.x / 2;
  const half = box / 2;
  const small = side / 2;
  const end = width - 16;
  const [over, under] = [y - tall.state / 2 - 1, y + tall.state / 2 + 1];
  /** @type {Drawing} */
  const drawing = {
    width, height: x + tall.x / 2 + (low ? 6 : 12),
    // What stands on top leaves no corner for the card's head.
    full: out !== null,
    places: {
      [layer]: at("state", middle, y, right(middle + half + 14, y + 22), [box, tall.state]),
      x: at("state", middle, x, right(middle + small + 16, x - 4), [side, tall.x]),
    },
    wires: [wire(`x ${layer}`, `M${middle} ${x - tall.x / 2 - 1} V${under}`)],
    notes: [{ wire: `x ${layer}`, x: middle - 14, y: under + tall.gap / 2 + 5, anchor: "end" }],
  };
  if (out) {
    drawing.places[out] = at("state", middle, top, left(middle - small - 16, top - 4), [side, tall.out]);
    drawing.wires.push(wire(`${layer} ${out}`, `M${middle} ${over} V${top + tall.out / 2 + 1}`));
    drawing.notes.push({ wire: `${layer} ${out}`, x: middle + 14, y: over - tall.gap / 2 + 5, anchor: "start" });
  }
  if (before) {
    drawing.places[before] = at("state", past, y, { ...below(past, under + (low ? 16 : 19)), slim: true }, [side, tall.state]);
    drawing.wires.push(wire(`${before} ${layer}`, `M${past + small + 1} ${y} H${middle - half - 1}`));
    drawing.notes.push({ wire: `${before} ${layer}`, x: (past + small + middle - half) / 2, y: y - 12, anchor: "middle", ...(middle < CLOSE ? { drop: 32 } : {}) });
    const kept = before.replace(/_prev$/, "");
    const [from, height] = kept === layer ? [middle + half, y] : [middle + small, top];
    drawing.wires.push({ from: kept, to: "", name: kept, d: `M${from + 1} ${height} H${end}`, onward: true });
    drawing.notes.push({ onward: kept, x: end, y: height - 12, anchor: "end" });
  }
  return drawing;
}

const WIDE = { width: 628, before: 60, middle: 314, box: 128, side: 84 };
const NARROW = { width: 372, before: 46, middle: 190, box: 96, side: 72 };
const LOW = { width: 700, before: 80, middle: 340, box: 128, side: 84, height: "low" };
/** Where the layer stands no farther in, the number goes below the wire from what was before. */
const CLOSE = 200;
/** A card that is more than so many times as wide as it is high has the low drawing; a column of more units would not fit into that. */
const FLAT = 2.5;
/** One that is less has the high drawing of a layer. */
const SQUARE = 1.7;
const MOST_LOW = 3;
/** Of a column whose numbers can be read: a row, what is around them, and the most of them. */
const [ROW, FRAME, MOST_READ] = [15, 6, 4];

/** @param {string} ids */
const key = (ids) => ids.split(" ").sort().join(" ");
const VALVES = key("x c_prev i f o z c c/ c/0 c/1 y y/");
const ONE = {
  wide: valves({ width: 612, top: 0, gates: 124, middle: 262, box: 128, loop: 412, forget: 482, beside: true }),
  narrow: valves({ width: 372, top: 0, gates: 56, middle: 178, box: 104, loop: 262, forget: 322, beside: false }),
  low: lowValves(),
};

/**
 * The names of a single layer, null where there is more.
 * @param {Node[]} nodes
 * @param {Edge[]} edges
 */
function layerOf(nodes, edges) {
  const reads = (/** @type {string} */ id) => edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const [layer] = nodes.filter(({ id, kind }) => kind === "value" && reads(id).includes("x"));
  const before = nodes.find(({ kind }) => kind === "before")?.id ?? null;
  const out = nodes.find(({ id, kind }) => kind === "value" && id !== layer?.id)?.id ?? null;
  return layer ? { layer: layer.id, before, out } : null;
}

/** @param {Drawing | null} drawing @param {Node[]} nodes @param {Edge[]} edges */
function complete(drawing, nodes, edges) {
  if (!drawing) return null;
  const wired = drawing.wires.filter(({ onward }) => !onward).map(({ from, to }) => `${from} ${to}`);
  const same = (/** @type {string[]} */ one, /** @type {string[]} */ other) => one.length === other.length && one.every((name) => other.includes(name));
  return same(Object.keys(drawing.places), nodes.map(({ id }) => id)) && same(wired, edges.map(({ from, to }) => `${from} ${to}`)) ? drawing : null;
}

/** @typedef {"valves" | "conveyor" | "overview"} Kind */
/** @typedef {typeof import("./block.js").block} Block */

/** @param {Node[]} nodes */
function isMemoryCell(nodes) {
  return key(nodes.map(({ id }) => id).join(" ")) === VALVES;
}

/**
 * The drawings by hand that there are of a diagram, the most telling first.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @returns {Kind[]}
 */
export function drawingsOf(diagram) {
  const room = { units: 2, narrow: false, aspect: 1 };
  const found = belt(diagram.nodes, diagram.edges);
  const hand = /** @type {const} */ (["conveyor", "overview"]).filter((kind) => drawingFor(diagram, { ...room, kind }) !== null);
  return found && isBlock(found) && hand.includes("conveyor") ? ["valves", ...hand] : hand;
}

/**
 * Cells are recognised by what is wired to what, whatever they are called; a drawing that would leave something out is none.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @param {{kind: Kind, units: number, inputs?: number, narrow: boolean, aspect: number, block?: Block}} how
 *   `units`: the most in one box; `inputs`: how many are read; `narrow`: a telephone's width; `aspect`: width by height; `block`: draws valves around any memory, once it is loaded
 * @returns {Drawing | null}
 */
export function drawingFor({ nodes, edges }, { kind, units, inputs = 1, narrow, aspect, block }) {
  const low = !narrow && aspect > FLAT && units <= MOST_LOW;
  if (kind === "overview") {
    const layer = layerOf(nodes, edges);
    return layer && complete(plain(layer, narrow ? NARROW : low ? LOW : aspect < SQUARE ? { ...WIDE, height: "high" } : WIDE, { units, inputs }), nodes, edges);
  }
  if (kind === "valves" && units === 1 && isMemoryCell(nodes)) {
    const drawing = complete(low ? ONE.low : narrow ? ONE.narrow : ONE.wide, nodes, edges);
    if (drawing) return drawing;
  }
  const found = belt(nodes, edges);
  /** @param {string} id */
  const wide = (id) => {
    const node = nodes.find((one) => one.id === id);
    return operationHalf(node?.op ?? "", node?.kind === "op" ? node.label : null);
  };
  if (!found) return null;
  if (kind === "conveyor") return complete(conveyor(found, { units, wide }), nodes, edges);
  return block && isBlock(found) ? complete(block(found, { units, narrow, wide }), nodes, edges) : null;
}

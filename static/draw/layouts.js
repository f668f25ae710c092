/**
 * Drawings made by hand for cells that are met often; every other cell is laid out by `layout.js`.
 */

import { belt, isBlock, isMixer } from "./belt.js";
import { conveyor } from "./conveyor.js";
import { at, below, left, right, wire } from "./hand.js";
import { MEMORY_CELL } from "./memorycell.js";
import { operationHalf } from "./places.js";

/** @typedef {"valve" | "state" | "port" | "op"} Shape */
/** @typedef {{x: number, y: number, anchor: "start" | "middle" | "end"}} TextPlace */
/** @typedef {TextPlace & {inline?: boolean, slim?: boolean, room?: number, under?: TextPlace}} LabelPlace  `slim`: its lines are short; `room`: how long a word may be before it takes two lines; `under`: where the lines stand that are not in one with the letter */
/**
 * @typedef {{shape: Shape, x: number, y: number, width?: number, height?: number, exact?: boolean, keeps?: boolean, ticks?: boolean, share?: "kept" | "written", tap?: boolean, turned?: boolean, label?: LabelPlace}} Place
 * `exact`: the box says all its digits; `keeps`: a gate that lets the old memory through; `ticks`: with what shut and open mean; `share`: a gate of which one part keeps and the
 * rest writes, and which of them the opening is; `tap`: the two parts are seen from the side to which they go, what is kept on the right; `turned`: on the left
 */
/** @typedef {{from: string, to: string, name: string, d: string, stub?: boolean, onward?: boolean}} Wire */
/**
 * `drop`: how far below its word a number stands that does not follow it; `bare`: an operation's result without its factors; `slope`: by what
 * an operation multiplies a gradient on its way back along a wire; `room`: how many digits it may have; `rise`: its
 * word goes up a line when a number comes.
 * @typedef {{wire?: string, op?: string, bare?: boolean, slope?: string, word?: string, stub?: string, onward?: string, drop?: number, rise?: boolean, room?: number, x: number, y: number, anchor: "start" | "middle" | "end"}} Note
 */
/** `side`: room at the left for larger words; `band`: what lies below the line of the memory; `type`: for words so much larger than in the page; `least`: the scale below which it scrolls; `tight`: that to which it shrinks if it need not scroll then; `readable`: below which its words grow. @typedef {{width: number, height: number, side?: number, full?: boolean, band?: {d: string, width: number}, type?: number, least?: number, tight?: number, readable?: number, places: Record<string, Place>, wires: Wire[], notes: Note[]}} Drawing  `full`: no corner is free for the card's head */

/** @typedef {{id: string, kind: string, role: string | null, op: string | null, label: string | null}} Node */
/** @typedef {{from: string, to: string}} Edge */

/** In a low card, and in one that is nearly square. @type {Record<string, {state: number, out: number, x: number, gap: number}>} */
const HEIGHTS = { low: { state: 60, out: 48, x: 48, gap: 32 }, high: { state: 112, out: 78, x: 84, gap: 76 } };

/**
 * One layer: what it reads below it, what it remembers beside it, what is made of it above.
 * @param {{layer: string, before: string | null, out: string | null}} names
 * @param {{width: number, before: number, middle: number, box: number, side: number, height?: string}} paper
 * @param {{units: number, inputs: number, type: number}} columns  `type`: how much larger the words are than in the page
 * @returns {Drawing}
 */
function plain({ layer, before, out }, { width, before: past, middle, box, side, height = "" }, { units, inputs, type }) {
  const low = height === "low";
  const set = HEIGHTS[height] ?? { state: 92, out: 66, x: 70, gap: 48 };
  const high = (/** @type {number} */ least, /** @type {number} */ count) => (count === 1 ? Math.min(least, ONE) : count <= MOST_READ ? Math.max(least, ROW * count + FRAME) : least);
  const tall = { ...set, state: high(set.state, units), out: high(set.out, units), x: high(set.x, inputs) };
  const top = 4 + tall.out / 2;
  const y = (out ? top + tall.out / 2 + tall.gap : 14) + tall.state / 2;
  const x = y + tall.state / 2 + tall.gap + tall.x / 2;
  const half = box / 2;
  const small = side / 2;
  const end = width - 16;
  const near = middle < CLOSE;
  const [over, under] = [y - tall.state / 2 - 1, y + tall.state / 2 + 1];
  /** @type {Drawing} */
  const drawing = {
    width, height: x + tall.x / 2 + (low ? 6 : 12),
    // What stands on top leaves no corner for the card's head.
    full: out !== null,
    places: {
      [layer]: at("state", middle, y, right(middle + half + 14, y + 22), [box, tall.state]),
      // In a low drawing the words of the layer come down beside its letter, where a column leaves room for it to be lower.
      x: at("state", middle, x, right(middle + small + 16, low && inputs > 1 ? x + 8 : x - 4), [side, tall.x]),
    },
    wires: [wire(`x ${layer}`, `M${middle} ${x - tall.x / 2 - 1} V${under}`)],
    // Larger words leave a number no room between its own and those of the step before.
    notes: [{ wire: `x ${layer}`, x: middle - 14, ...(near && type > 1 ? { y: under + tall.gap / 2 - 6, drop: 22 } : { y: under + tall.gap / 2 + 5 }), anchor: "end" }],
  };
  if (out) {
    drawing.places[out] = at("state", middle, top, left(middle - small - 16, top - 4), [side, tall.out]);
    drawing.wires.push(wire(`${layer} ${out}`, `M${middle} ${over} V${top + tall.out / 2 + 1}`));
    drawing.notes.push({ wire: `${layer} ${out}`, x: middle + 14, y: over - tall.gap / 2 + 5, anchor: "start" });
  }
  if (before) {
    drawing.places[before] = at("state", past, y, { ...below(past, under + (low ? 16 : 19)), slim: true }, [side, tall.state]);
    drawing.wires.push(wire(`${before} ${layer}`, `M${past + small + 1} ${y} H${middle - half - 1}`));
    drawing.notes.push({ wire: `${before} ${layer}`, x: (past + small + middle - half - (units > 1 ? MARK : 0)) / 2, y: y - 12, anchor: "middle", ...(near ? { drop: 32, room: 5 } : {}) });
    const kept = before.replace(/_prev$/, "");
    const [from, height] = kept === layer ? [middle + half, y] : [middle + small, top];
    drawing.wires.push({ from: kept, to: "", name: kept, d: `M${from + 1} ${height} H${end}`, onward: true });
    drawing.notes.push({ onward: kept, x: end, y: height - 12, anchor: "end", ...(near ? { rise: true } : {}) });
  }
  return drawing;
}

const WIDE = { width: 628, before: 60, middle: 314, box: 128, side: 84 };
const NARROW = { width: 372, before: 46, middle: 190, box: 96, side: 72 };
const LOW = { width: 700, before: 80, middle: 340, box: 128, side: 84, height: "low" };
/** Where the layer stands no farther in, a number has a line of its own and few digits. */
const CLOSE = 200;
/** A card that is more than so many times as wide as it is high has the low drawing; a column of more units would not fit into that. */
const FLAT = 2.5;
/** One that is less has the high drawing of a layer. */
const SQUARE = 1.7;
const MOST_LOW = 3;
/** At the left edge of a box of several units the one that is spoken of is marked. */
const MARK = 7;
/** Of a column whose numbers can be read: a row, what is around them, and the most of them; how high one alone is at most. */
const [ROW, FRAME, MOST_READ, ONE] = [18, 6, 4, 76];

/** @param {string} ids */
const key = (ids) => ids.split(" ").sort().join(" ");
const VALVES = key("x c_prev i f o z c c/ c/0 c/1 y y/");

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
/** @typedef {typeof import("./valves.js").valves} Valves */

/** @param {Node[]} nodes */
function isMemoryCell(nodes) {
  return key(nodes.map(({ id }) => id).join(" ")) === VALVES;
}

/** @param {import("./belt.js").Belt} belt */
function hasValves(belt) {
  return isBlock(belt) || isMixer(belt);
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
  return found && hasValves(found) && hand.includes("conveyor") ? ["valves", ...hand] : hand;
}

/**
 * Cells are recognised by what is wired to what, whatever they are called; a drawing that would leave something out is none.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @param {{kind: Kind, units: number, inputs?: number, narrow: boolean, aspect: number, below?: number, type?: number, valves?: Valves}} how
 *   `units`: the most in one box; `inputs`: how many are read; `narrow`: a telephone's width; `aspect`: width by height; `below`: the same of the room below the card's head; `type`: how much larger the words are than in the page; `valves`: draws them around any memory, once it is loaded
 * @returns {Drawing | null}
 */
export function drawingFor({ nodes, edges }, { kind, units, inputs = 1, narrow, aspect, below, type = 1, valves }) {
  const low = !narrow && aspect > FLAT && units <= MOST_LOW;
  if (kind === "overview") {
    const layer = layerOf(nodes, edges);
    return layer && complete(plain(layer, narrow ? NARROW : low ? LOW : aspect < SQUARE ? { ...WIDE, height: "high" } : WIDE, { units, inputs, type }), nodes, edges);
  }
  if (kind === "valves" && units === 1 && isMemoryCell(nodes)) {
    const drawing = complete(low ? MEMORY_CELL.low : narrow ? MEMORY_CELL.narrow : MEMORY_CELL.wide, nodes, edges);
    if (drawing) return drawing;
  }
  const found = belt(nodes, edges);
  /** @param {string} id */
  const wide = (id) => {
    const node = nodes.find((one) => one.id === id);
    return operationHalf(node?.op ?? "", node?.kind === "op" ? node.label : null);
  };
  if (!found) return null;
  if (kind === "conveyor") return complete(conveyor(found, { units, wide, type, aspect: narrow ? Infinity : below }), nodes, edges);
  return valves && hasValves(found) ? complete(valves(found, { units, narrow, wide, type }), nodes, edges) : null;
}

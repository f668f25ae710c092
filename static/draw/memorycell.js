/**
 * The memory cell with one unit: gates as valves around the memory, which loops back into itself on the right.
 */

import { at, below, left, right, wire } from "./hand.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {import("./layouts.js").Note} Note */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {import("./layouts.js").Wire} Wire */

/** Digits, between two things that stand close; between a product and a gate on a wall; and between the memory and its loop there: the gate beside it says them all. */
const [CLOSE, CLOSER, CLOSEST] = [7, 4.5, 4];

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
      c: at("state", middle, c, beside ? left(middle - half - 12, c - 10) : left(middle - half - 8, c + 24), [box, 68]),
      f: { ...at("valve", forget, c + 10, beside ? right(forget + 36, c) : below(forget, c + 52)), keeps: true },
      i: at("valve", gates, i, beside ? left(gates - 36, i - 8) : below(gates, i + 42)),
      z: at("port", middle, z - 8, right(middle + 16, z, true)),
      x: at("port", middle, y(300)),
    },
    wires: [...loops({ gates, middle, half, loop, forget, o, c, tall: 68, add, i, top: y(4) }), wire("z c/1", `M${middle} ${z} V${i + 12}`)],
    notes: [
      { wire: "c_prev c/0", word: "cell.before", x: middle + half + 18, y: c - 28, anchor: "start", ...(beside ? {} : { rise: true }) },
      { wire: "c/0 c/", word: "cell.kept", x: beside ? middle + half : middle + 20, y: add + 20, anchor: "start" },
      { op: "c/1", x: middle + 22, y: i - 2, anchor: "start" },
    ],
  };
  Object.assign(drawing.places, meetings({ middle, half, loop, o, c, add, i }));
  drawing.notes.push(...factors({ middle, loop, o, c, i, below: true, lower: 29, slim: !beside }));
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
 * @param {{middle: number, loop: number, o: number, c: number, i: number, below: boolean, lower: number, slim: boolean}} paper
 *   `below`: what is written comes from there; `lower`: how far under the middle there is room beside the forget gate; `slim`: there is none between the memory and its loop
 * @returns {Note[]}
 */
function factors({ middle, loop, o, c, i, below: under, lower, slim }) {
  return [
    { slope: "c y/", x: middle + 8, y: o + 30, anchor: "start" },
    { slope: "o y/", x: middle - 15, y: o + 18, anchor: "end", room: CLOSE },
    { slope: "c_prev c/0", ...(slim ? { x: loop + 5, y: c - 9, anchor: "start" } : { x: loop - 14, y: c + 4, anchor: "end" }), room: CLOSEST },
    { slope: "f c/0", x: loop + (lower > 29 ? 9 : 15), y: c + lower, anchor: "start", room: lower > 29 ? CLOSE : CLOSER },
    { slope: "i c/1", x: middle - 15, y: i + 18, anchor: "end" },
    under ? { slope: "z c/1", x: middle - 8, y: i + 37, anchor: "end" } : { slope: "z c/1", x: middle + 15, y: i - 8, anchor: "start" },
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
  drawing.notes.push(...factors({ middle, loop, o, c, i, below: false, lower: 48, slim: false }));
  aside(drawing, "o", gates, o);
  aside(drawing, "f", forget, c + 10);
  aside(drawing, "i", gates, i);
  drawing.wires.push({ from: "x", to: "z", name: "x", d: `M${z + 16} ${i} H${z}`, stub: true });
  return drawing;
}

/** In a card of the usual shape, on a telephone, and in a wide and low card. */
export const MEMORY_CELL = {
  wide: valves({ width: 658, top: 0, gates: 124, middle: 262, box: 128, loop: 412, forget: 528, beside: true }),
  narrow: valves({ width: 372, top: 0, gates: 56, middle: 178, box: 104, loop: 262, forget: 322, beside: false }),
  low: lowValves(),
};

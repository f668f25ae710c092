/**
 * What stands around a memory that is drawn with valves: gates with the ends of the lines that they read, and what leaves the cell.
 */

import { HALF } from "./sheet.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {"left" | "right" | "below"} Edge */
/** @typedef {{gates: number, middle: number, out: number, label: number, beside: boolean, room: number, line: number, name: number}} Paper  `label`: from a gate to its words; `out`: from the middle to what leaves; `line`, `name`: of what a gate reads */
/** @typedef {ReturnType<typeof fittings>} Fittings */

export const GATE = 48;
/** So many digits, with the brackets of a negative number, a factor has where it meets a gate. */
export const FACTOR = 8;
/** And on a telephone before what leaves, before the gate of what is written, or before that which keeps. */
export const NEAR = 6;
export const MEMORY = { one: 124, many: 68 };
/** Below a gate: the lines of its words. */
export const WORDS = 92;
/** On a telephone, from what leaves to the memory: the words of both, and those of what is between. */
export const LEAVES = { straight: 98, chain: 134 };
/** And beside it, for the names of what a gate at the edge reads. */
export const SIDE = 14;
/** From one operation to the next above it. */
export const STEP = 34;
/** Between two lines that a gate reads, between three, which leave room for the mark of the unit, and half of what is between two that come from below. */
const [TWO, THREE] = [18, 15];
const APART = 7;

/** From a wire down to what is written below it: its own half, and the height of its digits. */
const UNDER = { wire: 8, digits: 9 };
/** Below a gate at the foot: the names of what it reads. */
export const TAIL = 34;

/**
 * For words that are larger than in the page: the room on the left, how much farther below its word their number stands, how far below a wire
 * they are written, and what else has to grow with them.
 * @param {number} [type]
 */
export function larger(type = 1) {
  const by = (/** @type {number} */ room) => Math.round(room * (type - 1));
  return { side: by(150), drop: by(16), under: UNDER.wire + Math.round(UNDER.digits * type), by };
}

/** How high a column is. @param {number} units */
export function heightOf(units) {
  if (units === 1) return 46;
  return units <= 4 ? 18 * units + 10 : units <= 8 ? 13 * units + 8 : units <= 16 ? 120 : 132;
}

/** The box of the memory. @param {number} units @param {boolean} narrow */
export function memoryOf(units, narrow) {
  return units === 1 ? { width: narrow ? 92 : MEMORY.one, height: 64 } : { width: MEMORY.many, height: heightOf(units) + 4 };
}

/** How far from its middle the edge of a gate is, at a height above or below it. @param {number} units @param {number} [at] */
export function rim(units, at = 0) {
  return units === 1 ? Math.sqrt((GATE / 2 + 1) ** 2 - at ** 2) : GATE / 2 + 1;
}

/**
 * @param {Sheet} sheet
 * @param {Belt} belt
 * @param {Paper} paper
 * @param {{units: number, narrow: boolean, type?: number}} how
 */
export function fittings(sheet, { memory, before, reads, out }, paper, { units, narrow, type = 1 }) {
  const { drawing } = sheet;
  const { gates, middle } = paper;
  const tall = heightOf(units);
  const { under, by } = larger(type);

  /** What leaves the cell. @param {number} level  of the memory @param {number} top  of what leaves */
  function leave(level, top) {
    if (!out) return;
    const box = memoryOf(units, narrow);
    const x = middle + paper.out;
    const edge = level - box.height / 2;
    sheet.stand(out.value, { shape: "state", x, y: top, width: GATE + 8, height: tall, label: narrow ? { x, y: top + tall / 2 + 20, anchor: "middle", slim: true } : { x: x + GATE / 2 + 14, y: top + 38, anchor: "start", inline: true } });
    if (!out.product) return sheet.wire(memory, out.value, `M${middle} ${edge - 1} V${top} H${x - GATE / 2 - 5}`);
    const { product } = out;
    const reader = /** @type {string} */ (out.gate);
    sheet.operation(product, middle, top);
    const first = edge - 26;
    sheet.wire(memory, out.chain[0] ?? product, `M${middle} ${edge - 1} V${out.chain.length ? first + HALF : top + HALF}`);
    sheet.tower(out.chain, product, { x: middle, bottom: first, top: top + HALF, pitch: STEP });
    gate(reader, gates, top, "left");
    sheet.wire(reader, product, `M${gates + GATE / 2 + 1} ${top} H${middle - HALF}`);
    sheet.wire(product, out.value, `M${middle + HALF} ${top} H${x - GATE / 2 - 5}`);
    const last = out.chain[out.chain.length - 1] ?? memory;
    drawing.notes.push({ slope: `${last} ${product}`, x: middle + 8, y: top + HALF + 14, anchor: "start", room: narrow ? NEAR : Infinity }, { slope: `${reader} ${product}`, x: middle - HALF - 2, y: top + under, anchor: "end", room: narrow ? FACTOR : Infinity });
    for (const id of out.chain.filter((one) => !one.includes("/"))) drawing.notes.push({ slope: `${memory} ${id}`, x: middle - sheet.side(id) - 7, y: drawing.places[id].y + 4, anchor: "end" });
    if (!Object.keys(drawing.places).some((id) => reads(id).includes(`${out.value}_prev`))) return;
    const end = x + GATE / 2 + (narrow ? 44 : Math.round(130 * type));
    drawing.wires.push({ from: out.value, to: "", name: out.value, d: `M${x + GATE / 2 + 5} ${top} H${end}`, onward: true });
    if (!narrow) drawing.notes.push({ onward: out.value, x: end, y: top - 12, anchor: "end", drop: 30 });
  }

  /**
   * A gate, or the candidate, with the ends of the lines of what it reads.
   * @param {string} id @param {number} x @param {number} y
   * @param {Edge} edge  from which side its lines come
   * @param {Partial<Place>} [more]
   */
  function gate(id, x, y, edge, more = {}) {
    const way = edge === "right" ? 1 : -1;
    const anchor = way > 0 ? /** @type {const} */ ("start") : /** @type {const} */ ("end");
    /** @type {import("./layouts.js").LabelPlace} */
    const label = paper.beside ? { x: x + way * (GATE / 2 + paper.label - 6), y: y - 18, anchor, slim: true, room: paper.room } : { x, y: y + tall / 2 + (more.ticks ? 30 : 20), anchor: "middle" };
    sheet.stand(id, { shape: "valve", x, y, ...(units === 1 ? {} : { width: GATE, height: tall }), label, ...more });
    const read = ["x", `${out?.value ?? memory}_prev`, before, memory].filter((one, index, all) => all.indexOf(one) === index && reads(id).includes(one));
    read.forEach((name, index) => {
      const shift = index - (read.length - 1) / 2;
      if (edge === "below") ending(name, id, x + 2 * APART * shift, y + tall / 2 + 1, read.length > 1 ? Math.sign(shift) : 0);
      else {
        const at = y + ((read.length > 2 ? THREE : TWO) + by(14)) * shift;
        const side = x + way * (GATE / 2 + 1);
        drawing.wires.push({ from: name, to: id, name, d: `M${side + way * paper.line} ${at} H${side}`, stub: true });
        drawing.notes.push({ stub: name, x: side + way * paper.name, y: at + 4, anchor });
      }
    });
  }

  /**
   * The end of a line that comes from below, with its name.
   * @param {string} name @param {string} to @param {number} x @param {number} y @param {number} [aside]  to which side its name is set
   */
  function ending(name, to, x, y, aside = 0) {
    drawing.wires.push({ from: name, to, name, d: `M${x} ${y + 12} V${y}`, stub: true });
    drawing.notes.push({ stub: name, x: x + aside * -4, y: y + 26, anchor: aside ? (aside < 0 ? "end" : "start") : "middle" });
  }

  /** What is read, but stands nowhere: only the ends of its lines do. @param {number} y  of the memory */
  function close(y) {
    const read = (/** @type {string} */ name) => Object.keys(drawing.places).some((id) => reads(id).includes(name));
    for (const id of ["x", before, `${out?.value ?? memory}_prev`]) if (id === before || read(id)) drawing.places[id] ??= { shape: "port", x: middle, y };
  }

  return { leave, gate, ending, close };
}

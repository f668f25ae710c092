/**
 * A memory drawn as a conveyor from left to right, its gates below it: room for a column of units in each.
 */

import { BOX, EDGE, STEP, gridOf, standBox, standGate } from "./grid.js";
import { HALF, createSheet } from "./sheet.js";
import { write } from "./writing.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./sheet.js").Sheet} Sheet */

const EDGE_OF_BOX = BOX.width / 2 + 1;
/** From one rail to the next, and where they begin. */
const RAIL = { pitch: 14, start: 58 };

/**
 * @param {Belt} belt
 * @param {{units: number, wide: (id: string) => number}} how  `units`: the most that a box holds; `wide`: half the width of an operation
 * @returns {import("./layouts.js").Drawing}
 */
export function conveyor(belt, { units, wide }) {
  const grid = gridOf(belt, units);
  const sheet = createSheet(wide);
  const { drawing } = sheet;
  const { memory, before, sum } = belt;

  standBox(sheet, grid, before, grid.left, grid.level);
  sheet.operation(sum, grid.sum, grid.level);
  standBox(sheet, grid, memory, grid.memory, grid.level);
  sheet.wire(sum, memory, `M${grid.sum + HALF} ${grid.level} H${grid.memory - EDGE_OF_BOX}`);
  keep(sheet, grid, belt);
  write(sheet, grid, belt);
  const { end, drop } = leave(sheet, grid, belt);
  feed(sheet, grid, belt);
  drawing.wires.push({ from: memory, to: "", name: memory, d: `M${grid.memory + EDGE_OF_BOX} ${grid.level} H${end}`, onward: true });
  drawing.notes.push({ onward: memory, x: end, y: grid.level - 12, anchor: "end", drop });
  drawing.width = Math.max(end, ...Object.values(drawing.places).map((place) => place.x + (place.width ?? 40) / 2)) + EDGE;
  return drawing;
}

/** The old memory on its way to the sum. @param {Sheet} sheet @param {Grid} grid @param {Belt} belt */
function keep(sheet, grid, { before, sum, kept: { product, factor, box: named } }) {
  const { level, keep: x, roof } = grid;
  const start = `M${grid.left + EDGE_OF_BOX} ${level}`;
  let line = sheet.row(before, factor?.chain ?? [], { x, y: level, start, pitch: STEP });
  if (product) {
    sheet.operation(product, x, level);
    sheet.wire(line.from, product, `${line.d} H${x - HALF}`);
    line = { from: product, d: `M${x + HALF} ${level}` };
  }
  if (named) {
    standBox(sheet, grid, named, grid.box, level);
    sheet.wire(line.from, named, `${line.d} H${grid.box - EDGE_OF_BOX}`);
    line = { from: named, d: `M${grid.box + EDGE_OF_BOX} ${level}` };
  } else if (product) sheet.drawing.notes.push({ wire: `${product} ${sum}`, word: "cell.kept", x: x + 20, y: level - 12, anchor: "start" });
  sheet.wire(line.from, sum, `${line.d} H${grid.sum - HALF}`);
  if (!product || !factor?.gate) return;
  standGate(sheet, grid, factor.gate, x);
  if (factor.via) sheet.tower([factor.via], product, { x, bottom: level + HALF + 26, top: level + HALF, pitch: 0 });
  sheet.wire(factor.gate, factor.via ?? product, `M${x} ${roof} V${level + HALF + (factor.via ? 39 : 0)}`);
}

/**
 * What leaves the cell.
 * @param {Sheet} sheet @param {Grid} grid @param {Belt} belt
 * @returns {{end: number, drop?: number}}  where the belt ends, and how far below its word a number may stand
 */
function leave(sheet, grid, { memory, out, reads }) {
  const { level, branch, roof } = grid;
  const right = grid.memory + EDGE_OF_BOX;
  const alone = { end: right + 110, drop: 30 };
  if (!out) return alone;
  if (!out.product) {
    // A layer of its own that reads the memory.
    const x = grid.memory + 96;
    standGate(sheet, grid, out.value, x);
    sheet.wire(memory, out.value, `M${right} ${level} H${x} V${roof}`);
    return { end: x + 90 };
  }
  const seen = out.gate !== null && reads(out.gate).includes(memory);
  let x = grid.memory + (seen ? 74 : 52);
  let line = { from: out.from, d: "" };
  if (out.box) {
    x = grid.memory + 170;
    standBox(sheet, grid, out.box, x, branch);
    const source = sheet.drawing.places[out.from];
    sheet.wire(out.from, out.box, `M${source.x} ${level - grid.tall / 2 - 1} V${EDGE / 2} H${x} V${branch - grid.tall / 2 - 1}`);
    line = { from: out.box, d: `M${x + EDGE_OF_BOX} ${branch}` };
    x += 64;
  } else if (out.chain.length) {
    const [first, ...rest] = out.chain;
    sheet.operation(first, x, branch);
    sheet.wire(out.from, first, `M${right} ${level} H${x} V${branch - HALF}`);
    line = sheet.row(first, rest, { x: x + STEP, y: branch, start: `M${x + sheet.side(first)} ${branch}`, pitch: STEP });
    x += STEP * out.chain.length;
  } else x += STEP;
  sheet.operation(out.product, x, branch);
  sheet.wire(line.from, out.product, line.d ? `${line.d} H${x - HALF}` : `M${right} ${level} H${x} V${branch - HALF}`);
  if (out.gate) {
    standGate(sheet, grid, out.gate, x);
    sheet.wire(out.gate, out.product, `M${x} ${roof} V${branch + HALF}`);
    if (seen) sheet.wire(memory, out.gate, `M${right} ${level} H${grid.memory + 40} V${grid.gates} H${x - BOX.gate / 2 - 1}`);
  }
  standBox(sheet, grid, out.value, x + 84, branch);
  sheet.wire(out.product, out.value, `M${x + HALF} ${branch} H${x + 84 - EDGE_OF_BOX}`);
  return out.box ? alone : { end: x + 84 + BOX.width / 2 + 4 };
}

/** Thin lines from what is read to everything that reads it. @param {Sheet} sheet @param {Grid} grid @param {Belt} belt */
function feed({ drawing }, { rail }, { before, out, reads }) {
  const drawn = new Set(drawing.wires.map(({ from, to }) => `${from} ${to}`));
  const sources = ["x", ...(out ? [`${out.value}_prev`] : []), before].map((source) => ({
    source, readers: Object.keys(drawing.places).filter((id) => reads(id).includes(source) && !drawn.has(`${source} ${id}`)),
  })).filter(({ readers }) => readers.length > 0);
  sources.forEach(({ source, readers }, row) => {
    const y = rail + RAIL.pitch * row;
    for (const id of readers) {
      const place = drawing.places[id];
      const feeds = sources.filter((one) => one.readers.includes(id));
      const shift = (feeds.findIndex((one) => one.source === source) - (feeds.length - 1) / 2) * (feeds.length > 2 ? 10 : 14);
      // The words below a box are not crossed; an operation has none.
      const top = place.shape === "op" ? place.y + HALF : rail - 8;
      drawing.wires.push({ from: source, to: id, name: source, d: `M${RAIL.start} ${y} H${place.x + shift} V${top}`, stub: true });
    }
    drawing.notes.push({ stub: source, x: RAIL.start - 6, y: y + 4, anchor: "end" });
    drawing.places[source] ??= { shape: "port", x: RAIL.start, y };
  });
  drawing.height = rail + RAIL.pitch * Math.max(0, sources.length - 1) + 12;
}

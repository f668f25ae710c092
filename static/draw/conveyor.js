/**
 * A memory drawn as a conveyor from left to right, its gates below it: room for a column of units in each.
 */

import { BOX, EDGE, STEP, gridOf, standBox, standGate, standSource } from "./grid.js";
import { HALF, createSheet } from "./sheet.js";
import { write } from "./writing.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./sheet.js").Sheet} Sheet */

const EDGE_OF_BOX = BOX.width / 2 + 1;
/** From one rail to the next, and where one begins whose source stands elsewhere. */
const RAIL = { pitch: 11, start: 58 };
/** Lines into a gate come up on the left of its words. */
const RISER = { first: 6, pitch: 7 };
/** From the words of a gate to the middle of the next one: air, and one of its lines. */
const NEXT = { air: 4, line: 7 };
/** From what leaves the cell to where its way ends. */
const BEYOND = 92;
/** From an operation to the next where what it multiplies by is written between, and from the last one to what leaves. */
const [SLOPE, AFTER] = [58, 106];
/** Of what it multiplies by: how broad a digit is, and the fewest of them with brackets. */
const [DIGIT, FEWEST] = [7.5, 7];
/** So many of them has what the function's result is multiplied by, before they meet the line that comes down to it. */
const LEFT = 6;
/** From the middle of the memory to a function below its line: half of the words of both. */
const TURN = 77;
/** The scale at which the words can just be read, and that at which the digits can. */
const [READABLE, LEAST] = [0.96, 0.8];
/** Digits and enlarged words have about ten pixels still: those of one unit, and of several. */
const TIGHT = { one: 0.6, several: 0.68 };
/** Of the band that lies below the memory's line. */
const BAND = 22;

/**
 * @param {Belt} belt
 * @param {{units: number, wide: (id: string) => number, type?: number, aspect?: number}} how
 *   `units`: the most that a box holds; `wide`: half the width of an operation; `type`: how much larger the words are than in the page; `aspect`: width by height of the room there is
 * @returns {import("./layouts.js").Drawing}
 */
export function conveyor(belt, { units, wide, type = 1, aspect = Infinity }) {
  const lowest = drawn(belt, gridOf(belt, units, type), wide);
  const spare = lowest.width / aspect - lowest.height;
  return spare > 0 ? drawn(belt, gridOf(belt, units, type, spare), wide) : lowest;
}

/** @param {Belt} belt @param {Grid} grid @param {(id: string) => number} wide @returns {import("./layouts.js").Drawing} */
function drawn(belt, grid, wide) {
  const sheet = createSheet(wide);
  const { drawing } = sheet;
  drawing.type = grid.type;
  drawing.readable = READABLE;
  drawing.least = LEAST;
  drawing.tight = grid.units === 1 ? TIGHT.one : TIGHT.several;
  const { memory, before, sum } = belt;

  // Its words stand beside it, so that what is read has its place close below.
  standBox(sheet, grid, before, grid.left, grid.level, { x: grid.left + EDGE_OF_BOX + 8, y: grid.level + grid.words(26), anchor: "start", slim: true });
  sheet.operation(sum, grid.sum, grid.level);
  standBox(sheet, grid, memory, grid.memory, grid.level);
  sheet.wire(sum, memory, `M${grid.sum + HALF} ${grid.level} H${grid.memory - EDGE_OF_BOX}`);
  keep(sheet, grid, belt);
  write(sheet, grid, belt);
  const { end, drop } = leave(sheet, grid, belt);
  feed(sheet, grid, belt);
  leaveRoom(drawing, grid);
  drawing.wires.push({ from: memory, to: "", name: memory, d: `M${grid.memory + EDGE_OF_BOX} ${grid.level} H${end}`, onward: true });
  drawing.band = { d: `M${grid.left} ${grid.level} H${end - 6}`, width: BAND };
  const functions = new Map(drawing.wires.filter(({ to }) => to.includes(":") && !to.includes("/") && drawing.places[to]).map(({ from, to }) => [to, from]));
  for (const [to, from] of functions) {
    const { x, y } = drawing.places[to];
    // Below what stands in the row of the gates, lines come up.
    const beside = y === grid.gates;
    drawing.notes.push({ slope: `${from} ${to}`, ...(beside ? { x: x + sheet.side(to), y: y + 4, anchor: "start" } : { x, y: y + HALF + grid.words(14), anchor: "middle" }) });
  }
  drawing.notes.push({ onward: memory, x: end, y: grid.level - 12, anchor: "end", drop });
  drawing.width = Math.max(end, ...Object.values(drawing.places).map((place) => place.x + (place.width ?? 40) / 2)) + EDGE;
  return drawing;
}

/** The old memory on its way to the sum. @param {Sheet} sheet @param {Grid} grid @param {Belt} belt */
function keep(sheet, grid, { before, sum, written, kept: { product, factor, box: named } }) {
  const { level, keep: x, roof, words } = grid;
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
  } else if (product) sheet.drawing.notes.push({ wire: `${product} ${sum}`, word: "cell.kept", x: x + 20, y: level - HALF - 5, anchor: "start" });
  sheet.wire(line.from, sum, `${line.d} H${grid.sum - HALF}`);
  if (!product || !factor?.gate) return;
  const shared = written.factor?.gate === factor.gate && Boolean(factor.via) !== Boolean(written.factor.via);
  standGate(sheet, grid, factor.gate, x, shared ? { share: factor.via ? "written" : "kept" } : factor.via ? {} : { keeps: true, ticks: grid.units > 1 });
  sheet.drawing.notes.push({ slope: `${before} ${product}`, x: x - HALF - 4, y: level - 14, anchor: "end" });
  if (!factor.via) sheet.drawing.notes.push({ slope: `${factor.gate} ${product}`, y: level + HALF + words(18), ...(named ? { x: x - 7, anchor: "end" } : { x: x + 7, anchor: "start" }) });
  if (factor.via) sheet.tower([factor.via], product, { x, bottom: level + HALF + 26, top: level + HALF, pitch: 0 });
  sheet.wire(factor.gate, factor.via ?? product, `M${x} ${roof} V${level + HALF + (factor.via ? 39 : 0)}`);
}

/**
 * What leaves the cell.
 * @param {Sheet} sheet @param {Grid} grid @param {Belt} belt
 * @returns {{end: number, drop?: number}}  where the belt ends, and how far below its word a number may stand
 */
function leave(sheet, grid, { memory, out, reads }) {
  const { level, branch, roof, words } = grid;
  const right = grid.memory + EDGE_OF_BOX;
  const alone = { end: right + words(106), drop: words(30) };
  if (!out) return alone;
  if (!out.product) {
    // A layer of its own that reads the memory.
    const x = grid.memory + words(96);
    standGate(sheet, grid, out.value, x);
    sheet.wire(memory, out.value, `M${right} ${level} H${x} V${roof}`);
    return { end: x + words(90) };
  }
  const seen = out.gate !== null && reads(out.gate).includes(memory);
  let x = grid.memory + (seen ? words(92) : Math.round(TURN * grid.type));
  let line = { from: out.from, d: "" };
  if (out.box) {
    x = grid.memory + words(148);
    standBox(sheet, grid, out.box, x, branch);
    const source = sheet.drawing.places[out.from];
    sheet.wire(out.from, out.box, `M${source.x} ${level - grid.tall / 2 - 1} V${EDGE / 2} H${x} V${branch - grid.tall / 2 - 1}`);
    line = { from: out.box, d: `M${x + EDGE_OF_BOX} ${branch}` };
    x += words(98);
  } else if (out.chain.length) {
    const [first, ...rest] = out.chain;
    sheet.operation(first, x, branch);
    sheet.wire(out.from, first, `M${right} ${level} H${x} V${branch - HALF}`);
    line = sheet.row(first, rest, { x: x + STEP, y: branch, start: `M${x + sheet.side(first)} ${branch}`, pitch: STEP });
    x += words(SLOPE) + STEP * rest.length;
  } else x += STEP;
  sheet.operation(out.product, x, branch);
  sheet.wire(line.from, out.product, line.d ? `${line.d} H${x - HALF}` : `M${right} ${level} H${x} V${branch - HALF}`);
  if (out.gate) {
    standGate(sheet, grid, out.gate, x);
    sheet.wire(out.gate, out.product, `M${x} ${roof} V${branch + HALF}`);
    if (seen) sheet.wire(memory, out.gate, `M${right} ${level} H${grid.memory + 40} V${grid.gates} H${x - BOX.gate / 2 - 1}`);
  }
  const last = x + words(AFTER);
  standBox(sheet, grid, out.value, last, branch);
  sheet.wire(out.product, out.value, `M${x + HALF} ${branch} H${last - EDGE_OF_BOX}`);
  sheet.drawing.notes.push({ slope: `${line.from} ${out.product}`, y: branch - HALF - 6, anchor: "end", ...(out.chain.length ? { x: x + 8, room: LEFT } : { x: x - 3 }) });
  if (out.gate) sheet.drawing.notes.push({ slope: `${out.gate} ${out.product}`, x: x + 5, y: branch + HALF + words(14), anchor: "start", room: Math.max(FEWEST, Math.floor((last - EDGE_OF_BOX - x - 5) / (DIGIT * grid.type)) - 2) });
  if (out.readout) {
    standGate(sheet, grid, out.readout, last + words(96));
    sheet.wire(out.value, out.readout, `M${last + EDGE_OF_BOX} ${branch} H${last + words(96)} V${roof}`);
  }
  if (out.box) return alone;
  const end = last + EDGE_OF_BOX + words(BEYOND) + (out.readout ? words(96) : 0);
  if (!isFed(out.value, reads, sheet)) return { end };
  sheet.drawing.wires.push({ from: out.value, to: "", name: out.value, d: `M${last + EDGE_OF_BOX} ${branch} H${end}`, onward: true });
  sheet.drawing.notes.push({ onward: out.value, x: end, y: branch - 12, anchor: "end", drop: words(30) });
  return { end };
}

/** How far the words of a gate go before they meet the lines of its neighbour. @param {import("./layouts.js").Drawing} drawing @param {Grid} grid */
function leaveRoom({ places, wires }, { gates }) {
  const row = Object.entries(places).filter(([, { y }]) => Math.abs(y - gates) < HALF).sort(([, one], [, other]) => one.x - other.x);
  row.slice(1).forEach(([id, next], at) => {
    const [, { label }] = row[at];
    const lines = wires.filter(({ to, stub }) => stub && to === id).length;
    if (label) label.room = next.x - label.x - NEXT.air - NEXT.line * Math.max(2, lines);
  });
}

/** Whether what leaves the cell comes back into it at the next step. @param {string} value @param {Belt["reads"]} reads @param {Sheet} sheet */
function isFed(value, reads, { drawing }) {
  return Object.keys(drawing.places).some((id) => reads(id).includes(`${value}_prev`));
}

/** Thin lines from what is read to everything that reads it. @param {Sheet} sheet @param {Grid} grid @param {Belt} belt */
function feed(sheet, grid, { before, reads }) {
  const { drawing } = sheet;
  const { rail, gates, half } = grid;
  const drawn = new Set(drawing.wires.map(({ from, to }) => `${from} ${to}`));
  // The nearest column has the uppermost rail, so that no line runs through another column's.
  const sources = [...[...grid.sources].reverse(), { id: before, x: 0 }].map(({ id, x }) => ({
    id, x, readers: Object.keys(drawing.places).filter((one) => reads(one).includes(id) && !drawn.has(`${id} ${one}`)),
  })).filter(({ readers }) => readers.length > 0);
  sources.forEach(({ id, x, readers }, row) => {
    const y = rail + RAIL.pitch * row;
    const start = x ? `M${x} ${gates + half + 1} V${y}` : `M${RAIL.start} ${y}`;
    for (const one of readers) {
      const place = drawing.places[one];
      const feeds = sources.filter((each) => each.readers.includes(one));
      const at = feeds.findIndex((each) => each.id === id);
      const shift = place.shape === "op" ? (at - (feeds.length - 1) / 2) * 14 : RISER.pitch * (at - feeds.length) + 7 - RISER.first;
      const top = place.shape === "op" ? place.y + HALF : place.y + (place.height ?? 0) / 2 + 1;
      drawing.wires.push({ from: id, to: one, name: id, d: `${start} H${place.x + shift} V${top}`, stub: true });
    }
    if (x) standSource(sheet, grid, id, x);
    else {
      drawing.notes.push({ stub: id, x: RAIL.start - 6, y: y + 4, anchor: "end" });
      drawing.places[id] ??= { shape: "port", x: RAIL.start, y };
    }
  });
  drawing.height = rail + RAIL.pitch * Math.max(0, sources.length - 1) + 8;
}

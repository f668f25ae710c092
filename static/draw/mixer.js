/**
 * One gate mixes old and new: a valve with two sides below the sum, from one of which the old memory is let through and from the other what
 * is new. The old memory goes around on the right: the short way to the sum, and past the gate that resets it into what is new.
 */

import { FACTOR, GATE, LEAVES, SIDE, STEP, TAIL, WORDS, fittings, heightOf, larger, memoryOf, rim } from "./fittings.js";
import { HALF, createSheet } from "./sheet.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./belt.js").Factor} Factor */
/** @typedef {import("./fittings.js").Fittings} Fittings */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {typeof WIDE} Paper */
/** @typedef {ReturnType<typeof heights>} Heights */

/** Where things stand from left to right; `fresh` and `old` are the two products, from the middle. `end`: how far the gate that resets reaches. */
const WIDE = { gates: 218, middle: 372, out: 170, label: 74, beside: true, room: 92, line: 18, name: 23, value: 184, fresh: 92, old: 120, derived: 134, loop: 82, reset: 126, end: 190, before: { x: 12, y: 10, drop: 29 } };
const NARROW = { gates: 66, middle: 186, out: 108, label: 0, beside: false, room: 84, line: 9, name: 12, value: 46, fresh: 58, old: 62, derived: 112, loop: 58, reset: 54, end: 72, before: { x: 4, y: -26, drop: 17 } };
/** From the memory down to the sum, on a telephone below the words of the memory, on to the gate, and the lines of the gate's words: below it, where its column says the numbers, and beside it. */
const DOWN = { mix: 58, below: 14, wide: 26, narrow: 46, words: 128, few: 112, beside: 80 };
/** From the gate's line to the first of its words, and from the gate to them. */
const SAID = { y: 30, x: 34 };
/** Where the memory goes on to the next step, and where it comes around, above and below its middle. */
const ON = { up: 18, down: 12, reach: 130 };
/** On a telephone the way around goes no farther than that where nothing resets it: words stand on its right. */
const SHORT = 34;
/** On a telephone, from what is new to what it is made of: its words stand between. */
const MADE = 56;
/** It is higher than four inputs and one output are, and may be so much smaller before it scrolls. */
const TIGHT = 0.52;
/** Between two factors that would touch side by side. */
const LINE = 17;
/** Of a gate that lets out two lines to one side. */
const TWO = { up: 10, down: 14 };

/**
 * @param {Belt} belt
 * @param {{units: number, narrow: boolean, wide: (id: string) => number, type?: number}} how
 * @returns {import("./layouts.js").Drawing}
 */
export function mixer(belt, how) {
  const { units, narrow } = how;
  const { side: aside, drop, by } = larger(how.type);
  const paper = narrow ? NARROW : { ...WIDE, middle: WIDE.middle + by(50), old: WIDE.old + by(40), loop: WIDE.loop + by(60), reset: WIDE.reset + by(90), end: WIDE.end + by(64), label: WIDE.label + by(24) };
  const sheet = createSheet(how.wide);
  const { drawing } = sheet;
  const fit = fittings(sheet, belt, paper, how);
  const at = heights(belt, paper, how);
  const box = memoryOf(units, narrow);
  const { middle } = paper;
  const side = box.width / 2 + 1;

  sheet.stand(belt.memory, { shape: "state", x: middle, y: at.level, ...box, label: { x: middle - side - 10, y: at.level - box.height / 2 + 14, anchor: "end", slim: true } });
  sheet.operation(belt.sum, middle, at.mix);
  sheet.wire(belt.sum, belt.memory, `M${middle} ${at.mix - HALF} V${at.level + box.height / 2 + 1}`);
  fit.leave(at.level, at.top);
  const on = belt.out?.product ? at.level - Math.min(16, box.height / 4) : at.level + ON.down;
  const { mixes, sides } = valve(belt);
  old(sheet, belt, paper, at, { start: `M${middle + side} ${on} H${at.loop}`, from: [middle + side, on], narrow, drop });
  fresh(sheet, fit, belt, paper, at, narrow);
  // The opening of the gate is the side to which it leads straight.
  const share = sides.kept.via ? "written" : "kept";
  const [x, y] = at.words === DOWN.beside ? [middle - paper.fresh - 12, at.gate - 14] : [middle - SAID.x, at.gate + SAID.y];
  fit.gate(mixes, middle, at.gate, "below", { share, tap: true, label: { x, y, anchor: "end", slim: true, room: paper.room } });
  lead(sheet, fit, belt, paper, at, how);
  reset(sheet, fit, belt, paper, at, how);
  fit.close(at.level);
  if (!belt.out?.product) goOn(sheet, belt, at, middle + side, narrow);
  const reach = Object.values(drawing.places).map(({ x, width }) => x + (width ?? GATE) / 2);
  drawing.width = Math.max(at.loop + (belt.written.reset && at.own ? paper.reset + paper.end : paper.beside ? 140 : 96), ...reach.map((x) => x + 16));
  drawing.height = at.foot;
  drawing.side = aside + (narrow ? SIDE : by(50));
  if (!narrow) drawing.tight = TIGHT;
  return drawing;
}

/** The gate that mixes, and how it gets to each of the two products. @param {Belt} belt */
function valve({ kept, written, reads }) {
  const [keeps, writes] = /** @type {[Factor, Factor]} */ ([kept.factor, written.factor]);
  const source = (/** @type {Factor} */ factor) => reads(reads(factor.gate ?? "")[0] ?? "")[0];
  const mixes = /** @type {string} */ (source(keeps) === writes.gate ? writes.gate : source(writes) === keeps.gate ? keeps.gate : keeps.gate);
  const side = (/** @type {Factor} */ { gate, via }) => (gate === mixes ? { via, box: null } : { via: reads(gate ?? "")[0], box: gate });
  return { mixes, sides: { kept: side(keeps), written: side(writes) } };
}

/** What stands at which height, and how far to the right the memory goes around. @param {Belt} belt @param {Paper} paper @param {{units: number, narrow: boolean, type?: number}} how */
function heights(belt, paper, { units, narrow, type }) {
  const { out, written: { reset } } = belt;
  const tall = heightOf(units);
  const box = memoryOf(units, narrow).height;
  const top = 10 + tall / 2;
  const chain = out?.product ? top + HALF + 26 + STEP * out.chain.length + box / 2 : out ? top + tall / 2 + 40 + box / 2 : 10 + box / 2;
  const level = Math.max(chain, narrow && out ? top + tall / 2 + box / 2 + (out.chain.length ? LEAVES.chain : LEAVES.straight) : 0);
  const mix = level + box / 2 + DOWN.mix + (narrow ? DOWN.below : 0);
  const gate = mix + HALF + (narrow ? DOWN.narrow : DOWN.wide) + tall / 2;
  const { mixes, sides } = valve(belt);
  const own = reset !== null && reset.gate !== mixes;
  const product = reset ? Math.max(own ? gate : gate + TWO.down, mix + 44 + STEP * reset.old.length) : 0;
  // Where much stands above, the words do not stand below.
  const words = out?.product && !reset && !narrow ? DOWN.beside : units > 1 && units <= 4 ? DOWN.few : DOWN.words;
  const said = gate + words;
  const value = narrow ? said + tall / 2 - (reset ? 24 : 30) : mix;
  const line = narrow ? value : Math.max(said, product + HALF + 14);
  const below = reset?.sum && narrow ? line + 42 * reset.fresh.length + 40 : 0;
  const foot = reset ? Math.max(line + HALF + 6, below, narrow ? value + tall / 2 + WORDS : 0) : Math.max(said, gate + tall / 2 + TAIL, narrow ? Math.max(value - tall / 2 + 124, value + tall / 2 + TAIL) : 0);
  const keep = paper.middle + (sides.kept.box || sides.written.box ? paper.derived : paper.old);
  return { top, level, mix, gate, product, value, line, foot, tall, words, own, keep, under: larger(type).under, loop: keep + (narrow && !reset ? SHORT : paper.loop) };
}

/** The old memory on its short way around. @param {Sheet} sheet @param {Belt} belt @param {Paper} paper @param {Heights} at @param {{start: string, from: [number, number], narrow: boolean, drop: number}} how */
function old({ drawing, operation, wire }, { before, sum, kept }, paper, { mix, keep, loop }, { start, from: [x, y], narrow, drop }) {
  const product = /** @type {string} */ (kept.product);
  drawing.places[before] = { shape: "port", x, y };
  const { before: note } = paper;
  drawing.notes.push({ wire: `${before} ${product}`, word: "cell.before", x: (narrow ? loop : x) + note.x, y: y - note.y, anchor: "start", drop: note.drop + drop });
  operation(product, keep, mix);
  wire(before, product, `${start} V${mix} H${keep + HALF}`);
  wire(product, sum, `M${keep - HALF} ${mix} H${paper.middle + HALF}`);
  drawing.notes.push(narrow ? { op: product, bare: true, x: (paper.middle + keep) / 2 + 2, y: mix - 18, anchor: "middle" } : { wire: `${product} ${sum}`, word: "cell.kept", x: paper.middle + 20, y: mix - HALF - 5, anchor: "start" });
  drawing.notes.push({ slope: `${before} ${product}`, ...(narrow ? { x: loop + 7, y: mix + 4 } : { x: keep + HALF + 2, y: mix - 8 }), anchor: "start" });
}

/** What is new. @param {Sheet} sheet @param {Fittings} fit @param {Belt} belt @param {Paper} paper @param {Heights} at @param {boolean} narrow */
function fresh({ drawing, operation, wire }, fit, { sum, written, reads }, paper, { mix, value: y, tall, under }, narrow) {
  const product = /** @type {string} */ (written.product);
  const value = /** @type {string} */ (written.value);
  const x = paper.middle - paper.fresh;
  operation(product, x, mix);
  wire(product, sum, `M${x + HALF} ${mix} H${paper.middle - HALF}`);
  const alone = reads(value).length < 2 || written.reset;
  const label = written.reset ? { x: 10, y: y + tall / 2 + 20, anchor: /** @type {const} */ ("start"), slim: true } : { x: paper.value + SAID.x + 6, y: y - tall / 2 + 46, anchor: /** @type {const} */ ("start"), slim: true };
  fit.gate(value, paper.value, y, narrow && !alone ? "below" : "left", narrow ? { label } : {});
  wire(value, product, narrow ? `M${paper.value} ${y - tall / 2 - 1} V${mix} H${x - HALF}` : `M${paper.value + GATE / 2 + 1} ${y} H${x - HALF}`);
  drawing.notes.push({ op: product, x, y: mix - 36, anchor: "middle" });
  drawing.notes.push({ slope: `${value} ${product}`, x: x - 8, y: mix + HALF - 2 + under, anchor: "end" });
}

/** From the gate to each of the two products, straight or by way of what is made of it. @param {Sheet} sheet @param {Fittings} fit @param {Belt} belt @param {Paper} paper @param {Heights} at @param {{units: number, narrow: boolean}} how */
function lead(sheet, fit, belt, { middle, fresh: left, beside }, { mix, gate: y, keep, own, under }, { units, narrow }) {
  const { kept, written } = belt;
  const { mixes, sides } = valve(belt);
  for (const { product, via, box, way, x } of [
    { ...sides.written, product: /** @type {string} */ (written.product), way: -1, x: middle - left },
    { ...sides.kept, product: /** @type {string} */ (kept.product), way: 1, x: keep },
  ]) {
    const up = way > 0 && written.reset && !own ? TWO.up : 0;
    const start = `M${middle + way * rim(units, up)} ${y - up}`;
    // On the right of the old memory's product the memory goes around: what it is multiplied by stands within, on a telephone a line lower.
    const within = way > 0 && !box;
    sheet.drawing.notes.push({ slope: `${box ?? via ?? mixes} ${product}`, y: mix + HALF - 2 + under + (within && narrow ? LINE : 0), ...(within ? { x: x - 7, anchor: "end" } : { x: x + 7, anchor: "start" }) });
    if (!via) {
      sheet.wire(mixes, product, `${start} H${x} V${mix + HALF}`);
      continue;
    }
    const rises = narrow && !box;
    const [px, py] = rises ? [x, y - up - 14] : [middle + way * (GATE / 2 + Math.abs(x - middle) - (box ? GATE / 2 : 0)) / 2, y - up];
    sheet.operation(via, px, py);
    sheet.wire(mixes, via, rises ? `${start} H${x} V${py + HALF}` : `${start} H${px - way * sheet.side(via)}`);
    const on = rises ? `M${x} ${py - HALF}` : `M${px + way * sheet.side(via)} ${py}`;
    if (box) {
      fit.gate(box, x, y, "right", { keeps: way > 0, ...(beside ? { label: { x: x + SAID.x + 6, y: y - 8, anchor: "start", slim: true, room: 92 } } : { label: { x, y: y + heightOf(units) / 2 + 20, anchor: "middle", slim: true } }) });
      sheet.wire(via, box, `${on} H${x - way * (GATE / 2 + 1)}`);
      sheet.wire(box, product, `M${x} ${y - rim(units) + (units === 1 ? 0 : rim(units) - heightOf(units) / 2 - 1)} V${mix + HALF}`);
    } else sheet.wire(via, product, `${on} ${rises ? "" : `H${x} `}V${mix + HALF}`);
  }
}

/** The old memory on its way into what is new. @param {Sheet} sheet @param {Fittings} fit @param {Belt} belt @param {Paper} paper @param {Heights} at @param {{units: number, narrow: boolean}} how */
function reset(sheet, fit, { before, written }, paper, { gate: y, product: row, value: valueAt, line, loop, own, tall, under }, { units, narrow }) {
  if (!written.reset) return;
  const { product, gate, sum, old: chain, fresh: made } = written.reset;
  const value = /** @type {string} */ (written.value);
  const { drawing } = sheet;
  const { x, y: from } = drawing.places[before];
  const bottom = row - HALF - 21 - STEP * (chain.length - 1);
  sheet.operation(product, loop, row);
  chain.forEach((id, index) => {
    const at = bottom + STEP * index;
    sheet.operation(id, loop, at);
    sheet.wire(id, chain[index + 1] ?? product, `M${loop} ${at + HALF} V${chain[index + 1] ? at + STEP - HALF : row - HALF}`);
  });
  sheet.wire(before, chain[0] ?? product, `M${x} ${from} H${loop} V${(chain.length ? bottom : row) - HALF}`);
  const last = chain[chain.length - 1];
  drawing.notes.push({ slope: `${last ?? before} ${product}`, x: loop + (last ? sheet.side(last) + 3 : 7), y: row - (narrow && own ? tall / 2 + 6 : HALF + 5), anchor: "start" });
  if (own) {
    const far = loop + paper.reset;
    fit.gate(gate, far, row, "right", narrow ? { label: { x: far, y: row + tall / 2 + 20, anchor: "middle", slim: true } } : {});
    sheet.wire(gate, product, `M${far - GATE / 2 - 1} ${row} H${loop + HALF}`);
    drawing.notes.push({ slope: `${gate} ${product}`, y: row + under + (narrow ? HALF : 0), ...(narrow ? { x: loop - 7, anchor: "end" } : { x: loop + HALF + 2, anchor: "start", room: FACTOR }) });
  } else {
    const bend = row === y + TWO.down ? "" : ` H${loop - 32} V${row}`;
    sheet.wire(gate, product, `M${paper.middle + rim(units, TWO.down)} ${y + TWO.down}${bend} H${loop - HALF}`);
    drawing.notes.push({ slope: `${gate} ${product}`, x: loop - HALF - 2, y: row + under, anchor: "end" });
  }
  const into = narrow ? `H${paper.value + GATE / 2 + 1}` : `H${paper.value} V${valueAt + tall / 2 + 1}`;
  const round = `M${loop} ${row + HALF} V${line}`;
  if (!sum) return sheet.wire(product, value, `${round} ${into}`);
  const meets = narrow ? paper.value + GATE / 2 + MADE : paper.value;
  sheet.operation(sum, meets, line);
  sheet.wire(product, sum, `${round} H${meets + HALF}`);
  sheet.wire(sum, value, narrow ? `M${meets - HALF} ${line} ${into}` : `M${meets} ${line - HALF} V${valueAt + tall / 2 + 1}`);
  if (narrow) {
    sheet.tower(made, sum, { x: meets, bottom: line + 42 * made.length, top: line + HALF, pitch: 42 });
    fit.ending("x", made[0], meets, line + 42 * made.length + HALF);
    return;
  }
  const far = meets - 54 * made.length;
  const start = far - sheet.side(made[0]) - paper.line;
  const row2 = sheet.row("x", made, { x: far, y: line, start: `M${start} ${line}`, pitch: 54 });
  sheet.wire(row2.from, sum, `${row2.d} H${meets - HALF}`);
  drawing.wires.filter(({ from, to }) => from === "x" && to === made[0]).forEach((end) => (end.stub = true));
  drawing.notes.push({ stub: "x", x: start - 5, y: line + 4, anchor: "end" });
}

/** A memory that is also what leaves. @param {Sheet} sheet @param {Belt} belt @param {Heights} at @param {number} x @param {boolean} narrow */
function goOn({ drawing }, { memory }, { level, loop }, x, narrow) {
  const end = loop + (narrow ? 56 : ON.reach);
  drawing.wires.push({ from: memory, to: "", name: memory, d: `M${x} ${level - ON.up} H${end}`, onward: true });
  drawing.notes.push({ onward: memory, x: end, y: level - ON.up - 10, anchor: "end", drop: 28 });
}

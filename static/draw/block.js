/**
 * Four inputs, one output: the memory in the middle with its loop, a valve at each way in, out and around. For any gated memory with an
 * output of its own, one unit or a column of them.
 */

import { FACTOR, GATE, LEAVES, NEAR, SIDE, STEP, WORDS, fittings, heightOf, larger, memoryOf } from "./fittings.js";
import { HALF, createSheet } from "./sheet.js";

/** @typedef {import("./belt.js").Belt} Belt */

/** Where things stand from left to right. */
const WIDE = { gates: 190, middle: 344, loop: 122, forget: 112, value: 112, out: 170, label: 74, beside: true, room: 92, line: 18, name: 23, before: { x: 12, y: 10, drop: 29 } };
const NARROW = { gates: 66, middle: 188, loop: 54, forget: 96, value: 108, out: 108, label: 0, beside: false, room: 120, line: 9, name: 12, before: { x: 6, y: 29, drop: 22 } };

/** So many digits what is kept has before it meets the way around, in larger type. */
const KEPT = 6;
/** Where the memory is a column and not a broad box, this much is free for what the gate that keeps multiplies by. */
const SPARE = 16;
/** Where nothing stands between the memory and what leaves, from the foot of that to the middle of the memory: the words of both and what shut and open mean. */
const CLEAR = 52;

/**
 * @param {Belt} belt
 * @param {{units: number, narrow: boolean, wide: (id: string) => number, type?: number}} how
 * @returns {import("./layouts.js").Drawing}
 */
export function block(belt, { units, narrow, wide, type }) {
  const { memory, before, sum, kept, written } = belt;
  const out = /** @type {NonNullable<Belt["out"]>} */ (belt.out);
  const { side: aside, drop, under, by } = larger(type);
  const paper = narrow ? NARROW : { ...WIDE, middle: WIDE.middle + by(20), forget: WIDE.forget + by(100) + (units > 1 ? SPARE : 0), value: WIDE.value + by(60), label: WIDE.label + by(24) };
  const sheet = createSheet(wide);
  const { drawing } = sheet;
  const tall = heightOf(units);
  const box = memoryOf(units, narrow);
  const { leave, gate, close } = fittings(sheet, belt, paper, { units, narrow, type });
  const { gates, middle } = paper;
  const side = box.width / 2 + 1;
  const loop = middle + side + paper.loop;
  const forget = loop + paper.forget;

  const top = 10 + tall / 2;
  const said = !narrow && units > 1 && !out.chain.length ? top + tall / 2 + CLEAR + by(14) : 0;
  const level = Math.max(said, top + HALF + 26 + STEP * out.chain.length + box.height / 2, narrow ? top + tall / 2 + box.height / 2 + (out.chain.length ? LEAVES.chain : LEAVES.straight) : 0);
  const add = level + box.height / 2 + 30;
  const entry = Math.max(add + tall / 2 + 20, narrow ? Math.max(top + WORDS, level + 10 + (kept.factor ? WORDS - 8 : 0)) + tall + 4 : 0);

  sheet.stand(memory, { shape: "state", x: middle, y: level, ...box, label: { x: middle - side - 10, y: level - 6, anchor: "end", slim: true } });
  sheet.operation(sum, middle, add);
  sheet.wire(sum, memory, `M${middle} ${add - HALF} V${level + box.height / 2 + 1}`);
  around();
  enter();
  leave(level, top);
  close(level);
  drawing.width = narrow ? forget + 80 : forget + paper.label + 124 + by(44);
  drawing.height = entry + tall / 2 + (narrow ? WORDS : 32);
  drawing.side = aside + (narrow ? SIDE : 0);
  return drawing;

  /** The old memory on its way around, past the gate that keeps it. */
  function around() {
    const from = level - Math.min(16, box.height / 4);
    const start = `M${middle + side} ${from} H${loop}`;
    drawing.places[before] = { shape: "port", x: middle + side, y: from };
    drawing.notes.push({ wire: `${before} ${kept.product ?? sum}`, word: "cell.before", x: middle + side + paper.before.x, y: from - paper.before.y, anchor: "start", drop: paper.before.drop + drop });
    if (!kept.product || !kept.factor?.gate) return sheet.wire(before, sum, `${start} V${add} H${middle + HALF}`);
    const y = level + 12;
    sheet.operation(kept.product, loop, y);
    sheet.wire(before, kept.product, `${start} V${y - HALF}`);
    sheet.wire(kept.product, sum, `M${loop} ${y + HALF} V${add} H${middle + HALF}`);
    drawing.notes.push({ wire: `${kept.product} ${sum}`, word: "cell.kept", ...(by(10) > 1 ? { room: KEPT } : {}), x: middle + 24 - by(20), y: narrow ? add + 18 : add - 8, anchor: "start" });
    gate(kept.factor.gate, forget, y, "right", { keeps: true, ticks: units > 1 });
    sheet.wire(kept.factor.gate, kept.product, `M${forget - GATE / 2 - 1} ${y} H${loop + HALF}`);
    drawing.notes.push({ slope: `${before} ${kept.product}`, x: loop + (narrow ? 5 : 7), y: y - HALF - 5, anchor: "start", room: narrow ? NEAR : Infinity });
    drawing.notes.push({ slope: `${kept.factor.gate} ${kept.product}`, room: FACTOR, ...(narrow ? { x: loop - 4, y: y + 38, anchor: "end" } : { x: loop + HALF + 2, y: y + under, anchor: "start" }) });
  }

  /** What is written, and the gate that lets it in. */
  function enter() {
    const product = /** @type {string} */ (written.product);
    const value = /** @type {string} */ (written.value);
    const writer = /** @type {string} */ (written.factor?.gate);
    const x = middle + paper.value;
    sheet.operation(product, middle, entry);
    sheet.wire(product, sum, `M${middle} ${entry - HALF} V${add + HALF}`);
    gate(writer, gates, entry, "left");
    sheet.wire(writer, product, `M${gates + GATE / 2 + 1} ${entry} H${middle - HALF}`);
    gate(value, x, entry, "right");
    sheet.wire(value, product, `M${x - GATE / 2 - 1} ${entry} H${middle + HALF}`);
    drawing.notes.push({ op: product, ...(narrow ? { x: middle - 8, y: entry - 34 } : { x: middle - 20, y: entry - 28 }), anchor: "end" });
    drawing.notes.push({ slope: `${writer} ${product}`, x: middle - HALF - 2, y: entry + under, anchor: "end", room: narrow ? FACTOR : Infinity }, { slope: `${value} ${product}`, x: middle + HALF + 2, y: entry + under, anchor: "start", room: narrow ? NEAR : Infinity });
  }
}

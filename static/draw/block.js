/**
 * Four inputs, one output: the memory in the middle with its loop, a valve at each way in, out and around. For any gated memory with an
 * output of its own, one unit or a column of them.
 */

import { HALF, createSheet } from "./sheet.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./layouts.js").LabelPlace} LabelPlace */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {typeof WIDE} Paper */

/** Where things stand from left to right. `label`: from a gate to its words; `out`: from the middle to what leaves; `line`, `name`: of what a gate reads. */
const WIDE = { gates: 190, middle: 344, loop: 122, forget: 102, value: 112, out: 170, label: 74, beside: true, room: 92, line: 18, name: 23, before: { x: 12, y: 10, drop: 26 } };
const NARROW = { gates: 66, middle: 176, loop: 50, forget: 86, value: 88, out: 108, label: 0, beside: false, room: 120, line: 9, name: 12, before: { x: 6, y: 24, drop: 17 } };
/** Between the lines of what a gate reads. */
const PITCH = 15;
const GATE = 48;
const MEMORY = { one: 124, many: 68 };
/** Below a gate: the lines of its words. */
const WORDS = 92;
const STEP = 34;

/** How high a column is. @param {number} units */
function heightOf(units) {
  if (units === 1) return 46;
  return units <= 4 ? 18 * units + 10 : units <= 8 ? 13 * units + 8 : units <= 16 ? 120 : 132;
}

/**
 * @param {Belt} belt
 * @param {{units: number, narrow: boolean, wide: (id: string) => number}} how
 * @returns {import("./layouts.js").Drawing}
 */
export function block(belt, { units, narrow, wide }) {
  const { memory, before, sum, kept, written, reads } = belt;
  const out = /** @type {NonNullable<Belt["out"]>} */ (belt.out);
  const paper = narrow ? NARROW : WIDE;
  const sheet = createSheet(wide);
  const { drawing } = sheet;
  const tall = heightOf(units);
  const box = units === 1 ? { width: narrow ? 92 : MEMORY.one, height: 64 } : { width: MEMORY.many, height: tall + 4 };
  const { gates, middle } = paper;
  const side = box.width / 2 + 1;
  const loop = middle + side + paper.loop;
  const forget = loop + paper.forget;

  const top = 10 + tall / 2;
  const level = Math.max(top + HALF + 26 + STEP * out.chain.length + box.height / 2, narrow ? top + tall / 2 + box.height / 2 + 78 : 0);
  const add = level + box.height / 2 + 30;
  const entry = Math.max(add + tall / 2 + 20, narrow ? Math.max(top + WORDS, level + 10 + (kept.factor ? WORDS - 8 : 0)) + tall + 4 : 0);

  sheet.stand(memory, { shape: "state", x: middle, y: level, ...box, label: { x: middle - side - 10, y: level - 6, anchor: "end", slim: true } });
  sheet.operation(sum, middle, add);
  sheet.wire(sum, memory, `M${middle} ${add - HALF} V${level + box.height / 2 + 1}`);
  around();
  enter();
  leave();
  for (const id of ["x", before, `${out.value}_prev`]) drawing.places[id] ??= { shape: "port", x: middle, y: level };
  if (!Object.keys(drawing.places).some((id) => reads(id).includes(`${out.value}_prev`)) && `${out.value}_prev` !== before) delete drawing.places[`${out.value}_prev`];
  drawing.width = narrow ? forget + 68 : forget + paper.label + 124;
  drawing.height = entry + tall / 2 + (narrow ? WORDS : 32);
  return drawing;

  /** The old memory on its way around, past the gate that keeps it. */
  function around() {
    const from = level - Math.min(16, box.height / 4);
    const start = `M${middle + side} ${from} H${loop}`;
    drawing.places[before] = { shape: "port", x: middle + side, y: from };
    drawing.notes.push({ wire: `${before} ${kept.product ?? sum}`, word: "cell.before", x: middle + side + paper.before.x, y: from - paper.before.y, anchor: "start", drop: paper.before.drop });
    if (!kept.product || !kept.factor?.gate) return sheet.wire(before, sum, `${start} V${add} H${middle + HALF}`);
    const y = level + 12;
    sheet.operation(kept.product, loop, y);
    sheet.wire(before, kept.product, `${start} V${y - HALF}`);
    sheet.wire(kept.product, sum, `M${loop} ${y + HALF} V${add} H${middle + HALF}`);
    drawing.notes.push({ wire: `${kept.product} ${sum}`, word: "cell.kept", x: middle + 24, y: add + 18, anchor: "start" });
    gate(kept.factor.gate, forget, y, 1, { keeps: true, ticks: units > 1 });
    sheet.wire(kept.factor.gate, kept.product, `M${forget - GATE / 2 - 1} ${y} H${loop + HALF}`);
    drawing.notes.push({ slope: `${before} ${kept.product}`, x: loop + 7, y: y - HALF - 5, anchor: "start" }, { slope: `${kept.factor.gate} ${kept.product}`, x: loop + HALF + 2, y: y + 17, anchor: "start" });
  }

  /** What is written, and the gate that lets it in. */
  function enter() {
    const product = /** @type {string} */ (written.product);
    const value = /** @type {string} */ (written.value);
    const writer = /** @type {string} */ (written.factor?.gate);
    const x = middle + paper.value;
    sheet.operation(product, middle, entry);
    sheet.wire(product, sum, `M${middle} ${entry - HALF} V${add + HALF}`);
    gate(writer, gates, entry, -1);
    sheet.wire(writer, product, `M${gates + GATE / 2 + 1} ${entry} H${middle - HALF}`);
    gate(value, x, entry, 1);
    sheet.wire(value, product, `M${x - GATE / 2 - 1} ${entry} H${middle + HALF}`);
    drawing.notes.push({ op: product, x: middle - 20, y: entry - 28, anchor: "end" });
    drawing.notes.push({ slope: `${writer} ${product}`, x: middle - HALF - 2, y: entry + 17, anchor: "end" }, { slope: `${value} ${product}`, x: middle + HALF + 2, y: entry + 17, anchor: "start" });
  }

  /** What is let out. */
  function leave() {
    const product = /** @type {string} */ (out.product);
    const reader = /** @type {string} */ (out.gate);
    const x = middle + paper.out;
    sheet.operation(product, middle, top);
    const first = level - box.height / 2 - 26;
    sheet.wire(memory, out.chain[0] ?? product, `M${middle} ${level - box.height / 2 - 1} V${out.chain.length ? first + HALF : top + HALF}`);
    sheet.tower(out.chain, product, { x: middle, bottom: first, top: top + HALF, pitch: STEP });
    gate(reader, gates, top, -1);
    sheet.wire(reader, product, `M${gates + GATE / 2 + 1} ${top} H${middle - HALF}`);
    sheet.stand(out.value, { shape: "state", x, y: top, width: GATE + 8, height: tall, label: narrow ? { x, y: top + tall / 2 + 20, anchor: "middle", slim: true } : { x: x + GATE / 2 + 14, y: top + 38, anchor: "start", inline: true } });
    sheet.wire(product, out.value, `M${middle + HALF} ${top} H${x - GATE / 2 - 5}`);
    const last = out.chain[out.chain.length - 1] ?? memory;
    drawing.notes.push({ slope: `${last} ${product}`, x: middle + 8, y: top + HALF + 14, anchor: "start" }, { slope: `${reader} ${product}`, x: middle - HALF - 2, y: top + 17, anchor: "end" });
    for (const id of out.chain.filter((one) => !one.includes("/"))) drawing.notes.push({ slope: `${memory} ${id}`, ...(narrow ? { x: middle + 8, y: drawing.places[id].y - 18, anchor: "start" } : { x: middle - sheet.side(id) - 3, y: drawing.places[id].y + 4, anchor: "end" }) });
    if (!Object.keys(drawing.places).some((id) => reads(id).includes(`${out.value}_prev`))) return;
    const end = x + GATE / 2 + (narrow ? 44 : 130);
    drawing.wires.push({ from: out.value, to: "", name: out.value, d: `M${x + GATE / 2 + 5} ${top} H${end}`, onward: true });
    if (!narrow) drawing.notes.push({ onward: out.value, x: end, y: top - 12, anchor: "end", drop: 30 });
  }

  /**
   * A gate, or the candidate, with the ends of the lines of what it reads.
   * @param {string} id @param {number} x @param {number} y
   * @param {1 | -1} way  to which side its lines come from
   * @param {Partial<Place>} [more]
   */
  function gate(id, x, y, way, more = {}) {
    const anchor = way > 0 ? /** @type {const} */ ("start") : /** @type {const} */ ("end");
    /** @type {LabelPlace} */
    const label = paper.beside ? { x: x + way * (GATE / 2 + paper.label - 6), y: y - 18, anchor, slim: true, room: paper.room } : { x, y: y + tall / 2 + (more.ticks ? 30 : 20), anchor: "middle", slim: true };
    sheet.stand(id, { shape: "valve", x, y, ...(units === 1 ? {} : { width: GATE, height: tall }), label, ...more });
    const read = ["x", `${out.value}_prev`, before, memory].filter((one, index, all) => all.indexOf(one) === index && reads(id).includes(one));
    const edge = x + way * (GATE / 2 + 1);
    read.forEach((name, index) => {
      const at = y + PITCH * (index - (read.length - 1) / 2);
      drawing.wires.push({ from: name, to: id, name, d: `M${edge + way * paper.line} ${at} H${edge}`, stub: true });
      drawing.notes.push({ stub: name, x: edge + way * paper.name, y: at + 4, anchor });
    });
  }
}

/**
 * The part of a conveyor that writes: the candidate, the gate that it meets, and what it reads of the old memory.
 */

import { BOX, CLIMB, STEP, standGate } from "./grid.js";
import { HALF } from "./sheet.js";

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./sheet.js").Sheet} Sheet */

const SIDE = BOX.gate / 2 + 1;
/** How far from the gate to its product `1 −` stands: by how much the product multiplies it is written behind that. */
const ASIDE = 0.34;
/** A box between a product and the sum is lower than the others. */
const LOW = 64;

/** @param {Sheet} sheet @param {Grid} grid @param {Belt} belt */
export function write(sheet, grid, { sum, written, kept, reads }) {
  const { level, branch, meeting, gates, roof, words, sum: x } = grid;
  const { value, product, box, factor, chain } = written;
  // Where nothing decides what is written, it comes straight up.
  if (!value || !product || !factor?.gate) return sheet.tower(chain, sum, { x, bottom: gates, top: level + HALF, pitch: 58 });
  const last = written.made.length - 1;
  // A candidate without a name is drawn with what it is made of.
  written.made.forEach((id, index) => {
    const y = gates + CLIMB * (last - index);
    sheet.operation(id, grid.value, y);
    sheet.drawing.notes.push({ op: id, bare: true, x: grid.value + sheet.side(id) + 5, y: y + 4, anchor: "start" });
    if (index) sheet.wire(written.made[index - 1], id, `M${grid.value} ${y + CLIMB - HALF} V${y + HALF}`);
  });
  if (last < 0) standGate(sheet, grid, value, grid.value);
  sheet.operation(product, x, meeting);
  sheet.wire(value, product, `M${grid.value} ${last < 0 ? roof : gates - HALF} V${meeting} H${x + HALF}`);
  if (box) {
    const label = { x: x - BOX.width / 2 - 14, y: branch - 28, anchor: /** @type {const} */ ("end"), slim: true };
    sheet.stand(box, { shape: "state", x, y: branch - 4, label, width: BOX.width, height: Math.min(grid.tall, LOW) });
    sheet.wire(product, box, `M${x} ${meeting - HALF} V${branch + LOW / 2 - 3}`);
    sheet.wire(box, sum, `M${x} ${branch - LOW / 2 - 5} V${level + HALF}`);
  } else {
    sheet.wire(product, sum, `M${x} ${meeting - HALF} V${level + HALF}`);
    sheet.drawing.notes.push({ op: product, x: x + 12, y: level + words(32), anchor: "start" });
  }
  sheet.drawing.notes.push({ slope: `${value} ${product}`, x: grid.value - 7, y: meeting + HALF + words(15), anchor: "end" });
  admit(sheet, grid, product, factor);
  if (grid.derived && kept.factor?.gate) derive(sheet, grid, kept.factor.gate, reads(kept.factor.gate)[0]);
  if (written.reset) reset(sheet, grid, value, written.reset);
  if (chain.length === 0) return;
  // What makes the candidate of its sum stands beside it and is read from the right.
  const [first, ...rest] = chain;
  const far = grid.value + 60 + STEP * rest.length;
  sheet.operation(first, far, gates);
  const line = sheet.row(first, rest, { x: far - STEP, y: gates, start: `M${far - sheet.side(first)} ${gates}`, pitch: -STEP });
  sheet.wire(line.from, value, `${line.d} H${grid.value + SIDE}`);
}

/** The gate that says how much is written: its own, or the one that keeps. @param {Sheet} sheet @param {Grid} grid @param {string} product @param {import("./belt.js").Factor} factor */
function admit(sheet, grid, product, { gate, via }) {
  const { keep, sum, meeting, roof, words, writer, writerAt } = grid;
  const end = `H${sum - HALF}`;
  // Above the bend of the gate's own wire nothing else stands.
  sheet.drawing.notes.push({ slope: `${via ?? gate} ${product}`, x: sum - HALF - 4, y: writer || !via ? meeting - 9 : meeting + words(17), anchor: "end" });
  if (writer) {
    standGate(sheet, grid, writer, writerAt);
    sheet.wire(writer, product, `M${writerAt} ${roof} V${meeting} ${end}`);
  } else if (gate && via) {
    const line = sheet.row(gate, [via], { x: keep + ASIDE * (sum - keep), y: meeting, start: `M${keep} ${roof} V${meeting}`, pitch: STEP });
    sheet.wire(line.from, product, `${line.d} ${end}`);
  } else if (gate) sheet.wire(gate, product, `M${keep} ${roof} V${(roof + meeting + HALF) / 2} H${sum - 34} V${meeting} ${end}`);
}

/** A gate that is worked out from another, from right to left. @param {Sheet} sheet @param {Grid} grid @param {string} keeper @param {string} via */
function derive(sheet, { keep, gates, writer, writerAt }, keeper, via) {
  const line = sheet.row(writer ?? "", [via], { x: (keep + writerAt) / 2, y: gates, start: `M${writerAt - SIDE} ${gates}`, pitch: -STEP });
  sheet.wire(line.from, keeper, `${line.d} H${keep + SIDE}`);
}

/** The old memory on its way into the candidate. @param {Sheet} sheet @param {Grid} grid @param {string} value @param {NonNullable<Belt["written"]["reset"]>} reset */
function reset(sheet, grid, value, { product, gate, sum, old, fresh }) {
  const { gates, keep, words, reset: at, product: x, resetter } = grid;
  if (resetter) standGate(sheet, grid, resetter, at);
  sheet.operation(product, x, gates);
  sheet.wire(gate, product, `M${(resetter ? at : keep) + SIDE} ${gates} H${x - HALF}`);
  sheet.tower(old, product, { x, bottom: gates + CLIMB * old.length, top: gates + HALF, pitch: CLIMB });
  const into = grid.value - SIDE;
  if (!sum) return sheet.wire(product, value, `M${x + HALF} ${gates} H${into}`);
  const meets = x + words(64);
  sheet.operation(sum, meets, gates);
  sheet.wire(product, sum, `M${x + HALF} ${gates} H${meets - HALF}`);
  sheet.wire(sum, value, `M${meets + HALF} ${gates} H${into}`);
  sheet.tower(fresh, sum, { x: meets, bottom: gates + CLIMB * fresh.length, top: gates + HALF, pitch: CLIMB });
}

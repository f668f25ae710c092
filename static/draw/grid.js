/**
 * Where on a conveyor things stand: the belt above, the gates below it, the rails of what they read at the foot.
 */

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {ReturnType<typeof gridOf>} Grid */

export const BOX = { width: 56, gate: 46 };
/** Of the drawing, with room for the mark of the unit spoken of. */
export const EDGE = 18;
/** From one operation to the next. */
export const STEP = 50;
export const CLIMB = 42;

/** Half the height of a gate with up to so many units, and with more. */
const FEW = 4;
const HALVES = { few: 36, many: 56 };
/** From the belt down to where products meet, on to the gates, and from these to the rails. */
const DOWN = { branch: 66, gates: 72, rails: 78 };
/** A product with a name of its own has its box between itself and the sum. */
const NAMED = 76;
/** A wire that runs above the belt. */
const ABOVE = 24;

/**
 * @param {Belt} belt
 * @param {number} units  the most that a box holds
 */
export function gridOf({ kept, written, out, reads }, units) {
  const half = units > FEW ? HALVES.many : HALVES.few;
  const tall = 2 * half + 12;
  const level = (out?.box ? ABOVE : 0) + tall / 2 + 8;
  const branch = level + Math.max(DOWN.branch, half + 30);
  const meeting = written.box ? branch + NAMED : branch;
  const gates = meeting + DOWN.gates + half - HALVES.few;

  const keeper = kept.factor?.gate ?? null;
  /** Gates of its own: one that says what is written, one that resets. */
  const writer = written.factor?.gate !== keeper ? written.factor?.gate ?? null : null;
  const resetter = written.reset && written.reset.gate !== keeper ? written.reset.gate : null;
  /** A gate that is worked out from another, as 1 − i is. */
  const [derived] = keeper && writer && reads(reads(keeper)[0] ?? "").includes(writer) ? reads(keeper) : [];

  const left = EDGE + BOX.width / 2;
  const keep = left + BOX.width / 2 + 54;
  let x = keep + (kept.product ? 46 : 0);
  const box = x + 26;
  if (kept.box) x += 88;
  const reset = x + 32;
  const product = reset + (resetter ? 62 : 20);
  const value = written.reset ? product + (written.reset.sum ? 124 : 62) : writer ? x + (derived ? 170 : 142) : x + 110;
  const sum = written.value ? value - 42 : x + 64;
  const beside = written.value && written.chain.length ? value + 60 + STEP * written.chain.length : value + 92;
  const memory = written.value ? Math.max(sum + 112, beside) : sum + 112;
  return {
    half, tall, level, branch, meeting, gates, roof: gates - half + 10,
    rail: gates + half + DOWN.rails + (written.reset?.sum ? 34 : 0),
    left, keep, box, reset, product, value, sum, memory,
    writer, writerAt: value - 84, resetter, derived: derived ?? null,
  };
}

/** A memory, or anything else that stands on the belt or leaves it. @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x @param {number} y */
export function standBox(sheet, { tall }, id, x, y) {
  sheet.stand(id, { shape: "state", x, y, label: { x, y: y + tall / 2 + 18, anchor: "middle", slim: true }, width: BOX.width, height: tall });
}

/** A gate, or anything else that is made of what the cell reads. @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x */
export function standGate(sheet, { gates, half }, id, x) {
  sheet.stand(id, { shape: "valve", x, y: gates, label: { x, y: gates + half + 18, anchor: "middle", slim: true }, width: BOX.gate, height: 2 * half });
}

/**
 * Where on a conveyor things stand: the belt above, the gates below it, the rails of what they read at the foot.
 */

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {ReturnType<typeof gridOf>} Grid */

export const BOX = { width: 56, gate: 48 };
/** Of the drawing, with room for the mark of the unit spoken of. */
export const EDGE = 18;
/** From one operation to the next. */
export const STEP = 50;
export const CLIMB = 42;

/** Half the height of a gate with up to so many units. */
const HALVES = [[1, 26], [4, 36], [8, 50], [Infinity, 56]];
const LEAST = 36;
/** What the cell reads stands at its foot, on the left: the columns, from one to the next, and from the last to the first gate. */
const READ = { first: 42, pitch: 84, gate: 100 };
/** From the belt down to where products meet, on to the gates, and from these to the rails. */
const DOWN = { branch: 66, gates: 86, rails: 114 };
/** A product with a name of its own has its box between itself and the sum. */
const NAMED = 76;
/** How far what stands by words moves apart as they grow: there is air around them, and the drawing is to stay large. */
const SHARE = 0.3;
/** A wire that runs above the belt. */
const ABOVE = 24;

/**
 * @param {Belt} belt
 * @param {number} units  the most that a box holds
 * @param {number} [type]  how much larger the words are than in the page
 */
export function gridOf({ before, kept, written, out, reads }, units, type = 1) {
  /** What words need, along and down. @param {number} room */
  const words = (room) => Math.round(room * (1 + SHARE * (type - 1)));
  const half = /** @type {number} */ (HALVES.find(([most]) => units <= most)?.[1]);
  const sources = ["x", ...(out && `${out.value}_prev` !== before ? [`${out.value}_prev`] : [])].map((id, index) => ({ id, x: READ.first + words(READ.pitch) * index }));
  const tall = 2 * half + 12;
  const level = (out?.box ? ABOVE : 0) + tall / 2 + 8;
  const branch = level + Math.max(words(DOWN.branch), half + words(38));
  const meeting = written.box ? branch + NAMED : branch;
  const gates = meeting + words(DOWN.gates) + half - LEAST;

  const keeper = kept.factor?.gate ?? null;
  /** Gates of its own: one that says what is written, one that resets. */
  const writer = written.factor?.gate !== keeper ? written.factor?.gate ?? null : null;
  const resetter = written.reset && written.reset.gate !== keeper ? written.reset.gate : null;
  /** A gate that is worked out from another, as 1 − i is. */
  const [derived] = keeper && writer && reads(reads(keeper)[0] ?? "").includes(writer) ? reads(keeper) : [];

  const left = EDGE + BOX.width / 2;
  const keep = READ.first + words(READ.pitch * (sources.length - 1) + READ.gate);
  let x = keep + (kept.product ? words(46) : 0);
  const box = x + 26;
  if (kept.box) x += words(88);
  // A gate that both keeps and writes says both.
  const reset = x + words(resetter && !writer ? 108 : 32);
  const product = reset + words(resetter ? 84 : 34);
  const value = written.reset ? product + words(written.reset.sum ? 140 : 70) : x + words(!writer ? 120 : derived ? 196 : 174);
  const sum = written.value ? value - words(68) : x + words(64);
  const beside = written.value && written.chain.length ? value + 60 + STEP * written.chain.length : value + words(92);
  const memory = written.value ? Math.max(sum + words(122), beside) : sum + words(112);
  return {
    half, tall, level, branch, meeting, gates, roof: gates - half + 10,
    rail: gates + half + words(DOWN.rails) + (written.reset?.sum ? 34 : 0),
    units, type, words, sources, left, keep, box, reset, product, value, sum, memory,
    writer, writerAt: value - words(100), resetter, derived: derived ?? null,
  };
}

/** A memory, or anything else that stands on the belt or leaves it. @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x @param {number} y */
export function standBox(sheet, { tall, words }, id, x, y) {
  sheet.stand(id, { shape: "state", x, y, label: { x, y: y + tall / 2 + words(18), anchor: "middle", slim: true }, width: BOX.width, height: tall });
}

/**
 * A gate, or anything else that is made of what the cell reads. What it reads comes up on the left of its words.
 * @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x
 * @param {Partial<import("./layouts.js").Place>} [more]
 */
export function standGate(sheet, { gates, half, words }, id, x, more = {}) {
  sheet.stand(id, { shape: "valve", x, y: gates, label: { x: x + 2, y: gates + half + words(20), anchor: "start", slim: true }, width: BOX.gate, height: 2 * half, ...more });
}

/** What is read as it is. @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x */
export function standSource(sheet, { gates, half, words }, id, x) {
  sheet.stand(id, { shape: "state", x, y: gates, label: { x: x + 8, y: gates + half + words(20), anchor: "start", slim: true }, width: BOX.gate, height: 2 * half });
}

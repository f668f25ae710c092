/**
 * Where on a conveyor things stand: the belt above, the gates below it, the rails of what they read at the foot.
 */

/** @typedef {import("./belt.js").Belt} Belt */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {ReturnType<typeof gridOf>} Grid */

export const BOX = { width: 54, gate: 50 };
/** Of the drawing, with room for the mark of the unit spoken of. */
export const EDGE = 18;
/** From one operation to the next. */
export const STEP = 50;
export const CLIMB = 42;

/** How high a column is: with room for the digits of a unit, or without them; and the most that it grows to in a high card. */
const ROW = { least: 17, most: 25, gap: 2, frame: 8 };
const ONE = { least: 52, most: 52 };
const FEW = 4;
const MANY = { least: 62, most: 100 };
/** What the cell reads stands at its foot, on the left: the columns, from one to the next, from the last to the first gate, and one line more into that. */
const READ = { first: 42, pitch: 84, gate: 96, line: 10 };
/** From the old memory to the first product: what is said of it stands between; and before what is broader than the product, below it. */
const SAID = 124;
const VIA = 22;
/** From one gate to the next: its words, and the lines of its neighbour. */
const GATES = { keep: 96, write: 92, reset: 100 };
/** From a gate that resets to its product; where the functions of what it resets stand below that, they stand beside its words. */
const RESET = { level: 84, climbing: 104 };
/** From the belt down to where products meet, on to the top of the gates, and from these to the rails; the most that each grows by in a high card. */
const DOWN = { branch: 58, clear: 18, gates: 37, rails: { said: 80, unsaid: 96 }, airy: 34 };
/** So many functions of the candidate have room below what is said of the memory. */
const BELOW = 2;
/** From a gate that has nothing to write with to the line of what is added: its words. */
const ALONE = 82;
/** Where one gate says what is kept and what is written: from it to the candidate, and from the sum to that. */
const SHARED = { value: 204, sum: 80 };
/** A product with a name of its own has its box between itself and the sum. */
const NAMED = 76;
/** How far what stands by words moves apart as they grow: there is air around them, and the drawing is to stay large. */
const SHARE = 0.3;
/** A wire that runs above the belt. */
const ABOVE = 24;

/**
 * How high the columns are, and what is left for the gaps between the rows.
 * @param {number} units  the most that a box holds
 * @param {(room: number) => number} words  what they need
 * @param {number} spare  what the card has more than the lowest drawing takes
 */
function columns(units, words, spare) {
  const high = (/** @type {number} */ row) => units * words(row) + (units - 1) * ROW.gap + ROW.frame;
  const { least, most } = units === 1 ? ONE
    : units <= FEW ? { least: high(ROW.least), most: high(ROW.most) }
    : MANY;
  const tall = Math.round(Math.min(most, least + spare / 4));
  return { tall, said: units > 1 && units <= FEW, air: Math.min(DOWN.airy, Math.max(0, (spare - 2 * (tall - least)) / 2)) };
}

/**
 * @param {Belt} belt
 * @param {number} units  the most that a box holds
 * @param {number} [type]  how much larger the words are than in the page
 * @param {number} [spare]  what the card has more than the lowest drawing takes
 */
export function gridOf({ before, kept, written, out, reads }, units, type = 1, spare = 0) {
  /** What words need, along and down. @param {number} room */
  const words = (room) => Math.round(room * (1 + SHARE * (type - 1)));
  const { tall, said, air } = columns(units, words, spare);
  const half = tall / 2;
  const sources = ["x", ...(out && `${out.value}_prev` !== before ? [`${out.value}_prev`] : [])].map((id, index) => ({ id, x: READ.first + words(READ.pitch) * index }));
  const level = (out?.box ? ABOVE : 0) + half + 8;
  const branch = level + Math.max(words(DOWN.branch), half + DOWN.clear) + air;
  const meeting = written.box ? branch + NAMED : branch;
  const gates = meeting + words(DOWN.gates) + air + half;
  const climb = written.reset?.sum ? CLIMB * Math.max(written.reset.old.length, written.reset.fresh.length) + 30 : 0;

  const keeper = kept.factor?.gate ?? null;
  /** Gates of its own: one that says what is written, one that resets. */
  const writer = written.factor?.gate !== keeper ? written.factor?.gate ?? null : null;
  const resetter = written.reset && written.reset.gate !== keeper ? written.reset.gate : null;
  /** A gate that is worked out from another, as 1 − i is. */
  const [derived] = keeper && writer && reads(reads(keeper)[0] ?? "").includes(writer) ? reads(keeper) : [];

  const left = EDGE + BOX.width / 2;
  /** Whoever reads the old memory too has one line more. @param {string | null} id */
  const more = (id) => (id && reads(id).includes(before) ? READ.line : 0);
  const keep = Math.max(READ.first + words(READ.pitch * (sources.length - 1) + READ.gate) + more(keeper), left + words(SAID) + (kept.factor?.via ? VIA : 0));
  const x = keep + (kept.box ? words(98) : 0);
  const box = keep + words(82);
  // A gate that both keeps and writes says both.
  const reset = x + words(GATES.reset);
  const product = reset + words(!resetter ? 34 : written.reset?.sum ? RESET.climbing : RESET.level);
  const writes = x + words(!kept.product ? 26 : derived ? 124 : GATES.keep) + more(writer);
  const value = written.reset ? product + words(written.reset.sum ? 140 : 70) : writer ? writes + words(GATES.write) + more(written.value) : x + words(SHARED.value);
  const writerAt = writer && written.reset ? value - words(GATES.write) : writes;
  const sum = written.value ? value - words(writer ? GATES.write / 2 : SHARED.sum) : x + words(ALONE);
  const beside = written.value && written.chain.length ? value + words(62) + STEP * Math.max(0, written.chain.length - BELOW) : value + words(written.made.length ? 92 : 62);
  const memory = written.value ? Math.max(sum + words(118), beside) : sum + words(112);
  return {
    half, tall, level, branch, meeting, gates, roof: gates - half + 10,
    rail: Math.round(gates + half + Math.max(type * (said ? DOWN.rails.said : DOWN.rails.unsaid), climb)),
    units, type, words, sources, left, keep, box, reset, product, value, sum, memory,
    writer, writerAt, resetter, derived: derived ?? null,
  };
}

/**
 * A memory, or anything else that stands on the belt or leaves it.
 * @param {Sheet} sheet @param {Grid} grid @param {string} id @param {number} x @param {number} y
 * @param {import("./layouts.js").LabelPlace} [label]  below it, where nothing else is said
 */
export function standBox(sheet, { tall, words }, id, x, y, label = { x, y: y + tall / 2 + words(18), anchor: "middle", slim: true }) {
  sheet.stand(id, { shape: "state", x, y, label, width: BOX.width, height: tall });
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

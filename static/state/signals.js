/** Sequences from a name, from text and from words. Pure. */

/** Whole periods of a wave over the sequence. */
const PERIODS = 2;
const DECIMALS = 1000;
/** More characters are not looked at. */
const LONGEST = 200_000;
/** As much fits into one message. */
const MOST = 48_000;

/** @typedef {"sine" | "square" | "ramp" | "impulse" | "noise"} Wave */
/** @typedef {{inputs: number[][]} | {wrong: string, args?: Record<string, string | number>}} Read  `wrong`: the key of a sentence */

/** @type {Record<Wave, (share: number, at: number, random: () => number) => number>} */
const SHAPES = {
  sine: (share) => Math.sin(2 * Math.PI * PERIODS * share),
  square: (share) => ((share * PERIODS) % 1 < 0.5 ? 1 : -1),
  ramp: (share, at) => (at === 0 ? 0 : share),
  impulse: (_share, at) => (at === 0 ? 1 : 0),
  noise: (_share, _at, random) => 2 * random() - 1,
};
export const WAVES = /** @type {Wave[]} */ (Object.keys(SHAPES));

/** @param {Wave} wave @param {number} steps @param {number} seed @returns {number[]} */
export function signal(wave, steps, seed) {
  const random = mulberry(seed);
  return Array.from({ length: steps }, (_, at) => Math.round(SHAPES[wave](wave === "ramp" ? at / Math.max(1, steps - 1) : at / steps, at, random) * DECIMALS) / DECIMALS + 0);
}

/** Numbers between 0 and 1, the same for the same seed (Mulberry32). @param {number} seed */
function mulberry(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lines of a spreadsheet: a line for each step, a column for each input. @param {string} text @param {number} width @param {number} limit of steps @returns {Read} */
export function readTable(text, width, limit) {
  if (text.length > LONGEST) return { wrong: "signal.too-long" };
  const lines = text.normalize("NFKC").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (lines.length === 0) return { wrong: "signal.empty" };
  if (lines.length > limit) return { wrong: "signal.too-many", args: { count: lines.length, limit } };
  const rows = lines.map((line) => line.split(MARKS.find((mark) => mark.test(line)) ?? SPACE));
  const inputs = rows.map((row) => row.map((part) => number(part.trim())));
  const line = inputs.findIndex((row) => row.includes(null));
  if (line >= 0) return { wrong: "signal.no-number", args: { line: line + 1, part: rows[line][inputs[line].indexOf(null)].trim().slice(0, 20) } };
  const short = inputs.findIndex((row) => row.length !== width);
  if (short >= 0) return { wrong: "signal.wrong-width", args: { line: short + 1, got: inputs[short].length, want: width } };
  return JSON.stringify(inputs).length > MOST ? { wrong: "signal.too-long" } : { inputs: /** @type {number[][]} */ (inputs) };
}

/** Between numbers: what a spreadsheet puts there, what its files have, what a person types. Where it is no comma, a comma belongs to the number. */
const MARKS = [/\t/, /\s*;\s*/, /\s*,\s*/];
const SPACE = /\s+/;
const GROUPED = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/** @param {string} text @returns {number | null} */
function number(text) {
  const plain = GROUPED.test(text) ? text.replaceAll(",", "") : text.replace(",", ".");
  const value = Number(plain.replace(/[−–]/g, "-"));
  return text === "" || !/^[-+−–.\d]/.test(text) || !Number.isFinite(value) ? null : value;
}

/**
 * The words of a sentence, without the marks at their ends. Text in a script without spaces is taken sign by sign, unless whoever wrote it
 * put spaces between its words.
 * @param {string} text
 */
export function wordsIn(text) {
  const found = text.trim().split(/\s+/).filter(Boolean);
  const unit = /\p{Script=Han}\s+\p{Script=Han}/u.test(text) ? /(\p{Script=Han}+)/u : /(\p{Script=Han})/u;
  return found.flatMap((word) => word.split(unit).flatMap((part) => {
    const bare = part.replace(/^\p{P}+|\p{P}+$/gu, "");
    // A mark that stands alone is a word too.
    return bare || (part === word ? part : []);
  })).map((word) => word.slice(0, 40));
}

/** 1 of N: a place for each word that is known, and one for any other. @param {string[]} words @param {string[]} vocabulary */
export function codes(words, vocabulary) {
  return words.map((word) => {
    const at = vocabulary.indexOf(word);
    return Array.from({ length: vocabulary.length + 1 }, (_, place) => (place === (at < 0 ? vocabulary.length : at) ? 1 : 0));
  });
}

/** A cell's text as coloured pieces, line by line. Whatever is typed has pieces: together they are always the text itself. */

import { narrow } from "./narrow.js";

/** @typedef {"comment" | "label" | "number" | "function" | "sign" | "word" | "name" | "size" | "space"} Kind */
/** @typedef {{kind: Kind, text: string, role?: string}} Piece */
/** @typedef {{functions: string[], starts: string[], roles: Record<string, string>}} Known  roles: of the symbols of the cell that runs */

const TOKEN = /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>.)/gsu;
const PREVIOUS = /_prev$/;

/**
 * @param {string} text
 * @param {Known} known
 * @returns {Piece[][]}
 */
export function cellText(text, known) {
  const lines = text.split("\n");
  const targets = new Set(lines.flatMap((line) => /^\s*([A-Za-z]\w*)\s*(?:\[[^\]]*\])?\s*=/.exec(narrow(line))?.[1] ?? []));
  return lines.map((line) => piecesOf(line, known, targets));
}

/** @param {string} line @param {Known} known @param {Set<string>} targets @returns {Piece[]} */
function piecesOf(line, known, targets) {
  const plain = narrow(line);
  const words = plain.search(/[:#]/);
  const colon = plain[words] === ":" ? words : -1;
  // In a label only the narrow sign begins a comment.
  const hash = colon < 0 ? words : line.indexOf("#", colon);
  const body = words < 0 ? plain : plain.slice(0, words);
  /** @type {Piece[]} */
  const pieces = [];
  const starts = /^\s*start\s+[A-Za-z]/.test(body);
  let bracket = false;
  for (const { groups = {}, index } of body.matchAll(TOKEN)) {
    const [kind, part] = /** @type {[Kind, string]} */ (Object.entries(groups).find(([, found]) => found !== undefined));
    if (kind === "sign") bracket = part === "[" || (bracket && part !== "]");
    pieces.push({ ...(kind === "name" ? named(part, known, targets, starts, bracket) : { kind }), text: line.slice(index, index + part.length) });
  }
  if (colon >= 0) pieces.push({ kind: "sign", text: line[colon] }, { kind: "label", text: line.slice(colon + 1, hash < 0 ? undefined : hash) });
  if (hash >= 0) pieces.push({ kind: "comment", text: line.slice(hash) });
  return pieces.filter(({ text }) => text !== "");
}

/** @param {string} text @param {Known} known @param {Set<string>} targets @param {boolean} starts @param {boolean} bracket @returns {Omit<Piece, "text">} */
function named(text, known, targets, starts, bracket) {
  if (bracket) return { kind: "size" };
  if (starts && (text === "start" || known.starts.includes(text) || text === "normal")) return { kind: "word" };
  if (known.functions.includes(text)) return { kind: "function" };
  const plain = text.replace(PREVIOUS, "");
  const role = known.roles[plain] ?? (plain === "x" ? "input" : targets.has(plain) ? (PREVIOUS.test(text) ? "state" : "value") : "parameter");
  return { kind: "name", role };
}

/**
 * The pieces cut where an underlined stretch begins or ends.
 * @param {Piece[]} pieces  of one line
 * @param {{start: number, end: number}[]} marks  columns, counted in characters
 * @returns {(Piece & {marked: boolean})[]}
 */
export function marked(pieces, marks) {
  let column = 0;
  return pieces.flatMap((piece) => {
    const signs = Array.from(piece.text);
    const first = column;
    column += signs.length;
    const at = (/** @type {number} */ index) => marks.some(({ start, end }) => index >= start && index < end);
    /** @type {(Piece & {marked: boolean})[]} */
    const cut = [];
    signs.forEach((sign, index) => {
      const on = at(first + index);
      const last = cut.at(-1);
      if (last && last.marked === on) last.text += sign;
      else cut.push({ ...piece, text: sign, marked: on });
    });
    return cut;
  });
}

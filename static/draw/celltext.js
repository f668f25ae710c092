/** A cell's text as coloured pieces, line by line. Whatever is typed has pieces: together they are always the text itself. */

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
  const targets = new Set(lines.flatMap((line) => /^\s*([A-Za-z]\w*)\s*(?:\[[^\]]*\])?\s*=/.exec(line)?.[1] ?? []));
  return lines.map((line) => piecesOf(line, known, targets));
}

/** @param {string} line @param {Known} known @param {Set<string>} targets @returns {Piece[]} */
function piecesOf(line, known, targets) {
  const hash = line.indexOf("#");
  const code = hash < 0 ? line : line.slice(0, hash);
  const colon = code.indexOf(":");
  const body = colon < 0 ? code : code.slice(0, colon);
  /** @type {Piece[]} */
  const pieces = [];
  const starts = /^\s*start\s+[A-Za-z]/.test(body);
  let bracket = false;
  for (const { groups = {} } of body.matchAll(TOKEN)) {
    const [kind, part] = /** @type {[Kind, string]} */ (Object.entries(groups).find(([, found]) => found !== undefined));
    if (kind === "sign") bracket = part === "[" || (bracket && part !== "]");
    pieces.push(kind === "name" ? named(part, known, targets, starts, bracket) : { kind, text: part });
  }
  if (colon >= 0) pieces.push({ kind: "sign", text: ":" }, { kind: "label", text: code.slice(colon + 1) });
  if (hash >= 0) pieces.push({ kind: "comment", text: line.slice(hash) });
  return pieces.filter(({ text }) => text !== "");
}

/** @param {string} text @param {Known} known @param {Set<string>} targets @param {boolean} starts @param {boolean} bracket @returns {Piece} */
function named(text, known, targets, starts, bracket) {
  if (bracket) return { kind: "size", text };
  if (starts && (text === "start" || known.starts.includes(text) || text === "normal")) return { kind: "word", text };
  if (known.functions.includes(text)) return { kind: "function", text };
  const plain = text.replace(PREVIOUS, "");
  const role = known.roles[plain] ?? (plain === "x" ? "input" : targets.has(plain) ? (PREVIOUS.test(text) ? "state" : "value") : "parameter");
  return { kind: "name", text, role };
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

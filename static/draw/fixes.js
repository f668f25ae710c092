/** What one press can mend: for each kind of mistake the text that would stand in its place. Pure. */

/** @typedef {import("../net/contract.js").Problem} Problem */
/** @typedef {{line: number, start: number, end: number, text: string}} Fix  columns as the engine counts them */

/** @param {Problem} problem @param {string} line @returns {{start: number, end: number, text: string}[]} */
const whole = ({ where, args }, line) => [{ start: where?.start ?? 0, end: where?.end ?? line.length, text: String(args.suggestion) }];

/** Where a word stands between the columns of a problem. @param {Problem} problem @param {string} line @param {string} word */
const within = ({ where, args }, line, word) => {
  const start = line.indexOf(word, where?.start ?? 0);
  return start < 0 ? [] : [{ start, end: start + word.length, text: String(args.suggestion) }];
};

/** What formulas write, and how a cell says it: from a paper or from this page, where σ, · and ⊙ stand, it is copied as it is. @type {Record<string, string[]>} */
const SIGNS = { "σ": ["sigmoid"], "−": ["-"], "–": ["-"], "⊙": ["*"], "∘": ["*"], "×": ["*", "@"], "·": ["@", "*"], "⋅": ["@", "*"] };

/** @type {Record<string, (problem: Problem, line: string) => {start: number, end: number, text: string}[]>} */
const TABLE = {
  "bad-character": (problem, line) => (SIGNS[String(problem.args.text)] ?? []).flatMap((text) => whole(problem, line).map((fix) => ({ ...fix, text }))),
  "unknown-function": whole,
  "unknown-name": whole,
  "no-state": (problem, line) => whole(problem, line).map((fix) => ({ ...fix, text: `${fix.text}_prev` })),
  "unknown-parameter": (problem, line) => within(problem, line, String(problem.args.name)),
  "bad-start": (problem, line) => within(problem, line, String(problem.args.value)),
  order: (problem, line) => whole(problem, line).map((fix) => ({ ...fix, text: `${problem.args.name}_prev` })),
  "mixed-products": (problem, line) => [problem.args.first, problem.args.second].flatMap((text) => whole(problem, line).map((fix) => ({ ...fix, text: String(text) }))),
};
/** These offer what the engine takes for meant, if it takes anything so. */
const SUGGESTED = ["unknown-function", "unknown-name", "no-state", "unknown-parameter", "bad-start"];

/**
 * @param {Problem} problem
 * @param {string} text  of the cell
 * @returns {Fix[]}
 */
export function fixes(problem, text) {
  const { code, args, where } = problem;
  if (!where?.line || !TABLE[code] || (SUGGESTED.includes(code) && !args.suggestion)) return [];
  const line = text.split("\n")[where.line - 1] ?? "";
  return TABLE[code](problem, line).map((fix) => ({ line: /** @type {number} */ (where.line), ...fix }));
}

/** The place of a fix in the whole text, in the browser's own units. @param {string} text @param {{line: number, start: number, end: number}} place */
export function placeIn(text, { line, start, end }) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  // The engine counts characters, the browser halves of some.
  const units = (/** @type {number} */ column) => Array.from(lines[line - 1] ?? "").slice(0, column).join("").length;
  return { from: before + units(start), to: before + units(end) };
}

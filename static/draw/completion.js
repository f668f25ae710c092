/** Which names are possible where the caret stands in a cell's text: right of a line's `=`, and in a line that begins with `start`. Pure. */

import { narrow } from "./narrow.js";

/** @typedef {"value" | "before" | "input" | "parameter" | "constant" | "function" | "rule"} Kind */
/** @typedef {{text: string, kind: Kind}} Option */
/** @typedef {{from: number, to: number, written: string, options: Option[]}} Completion  `written`: what stands from `from` to `to` already */

const DEFINED = /^\s*([A-Za-z]\w*)\s*(?:\[[^\]]*\])?\s*=(.*)$/;
const NAME = /[A-Za-z]\w*/g;
const NUMBER = /^\s*-?[\d.]+(?:e[-+]?\d+)?\s*$/i;
const PREVIOUS = /_prev$/;
/** A longer list is not read. */
const MOST = 8;
const ORDER = /** @type {Kind[]} */ (["value", "input", "before", "constant", "parameter", "function", "rule"]);

/** A line without its label and its comment. @param {string} line */
const code = (line) => line.split(/[#:]/, 1)[0];

/**
 * @param {string} text
 * @param {number} caret  as a textarea counts
 * @param {{functions: string[], starts: string[]}} known  of the language
 * @returns {Completion | null} null: nothing can be offered here
 */
export function complete(text, caret, { functions, starts }) {
  text = narrow(text);
  const begin = text.lastIndexOf("\n", caret - 1) + 1;
  const before = text.slice(begin, caret);
  const written = /(?<![\w.])[A-Za-z]\w*$/.exec(before)?.[0];
  if (!written || code(before) !== before || /\w/.test(text[caret] ?? "")) return null;
  const lines = text.split("\n");
  const at = text.slice(0, begin).split("\n").length - 1;
  const names = namesOf(lines, at, functions);
  const start = /^\s*start\s+(?:[A-Za-z]\w*\s*(=)\s*)?[A-Za-z]\w*$/.exec(before);
  const possible = start
    ? start[1] ? starts.map((name) => ({ text: name, kind: /** @type {Kind} */ ("rule") })) : names.filter(({ kind }) => kind === "parameter")
    : before.includes("=") ? [...names, ...functions.map((name) => ({ text: name, kind: /** @type {Kind} */ ("function") }))] : [];
  const options = possible.filter(({ text: name }) => name.startsWith(written))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).slice(0, MOST);
  const done = options.length === 1 && options[0].text === written;
  return options.length === 0 || done ? null : { from: caret - written.length, to: caret, written, options };
}

/**
 * What the line at a place may read: the input, what is defined above it, everything one step earlier, and the parameters of all lines.
 * @param {string[]} lines @param {number} at @param {string[]} functions
 * @returns {Option[]}
 */
function namesOf(lines, at, functions) {
  /** @type {Map<string, Kind>} */
  const found = new Map([["x", "input"]]);
  const equations = lines.map((line) => DEFINED.exec(code(line)));
  const targets = equations.map((match) => match?.[1] ?? "");
  equations.forEach((match, line) => {
    if (!match) return;
    const constant = NUMBER.test(match[2]);
    if (line < at) found.set(match[1], constant ? "constant" : "value");
    if (!constant) found.set(`${match[1]}_prev`, "before");
  });
  equations.forEach((match, line) => {
    for (const [name] of match && line !== at ? match[2].matchAll(NAME) : []) {
      const own = !targets.includes(name.replace(PREVIOUS, "")) && !functions.includes(name) && !PREVIOUS.test(name);
      if (own && !found.has(name)) found.set(name, "parameter");
    }
  });
  return [...found].map(([text, kind]) => ({ text, kind }));
}

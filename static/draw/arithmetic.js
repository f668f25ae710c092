/**
 * An equation with its numbers in it, line by line: as written, with numbers, with the arguments of functions worked out, the result.
 */

import { arrivals } from "./arrivals.js";
import { extent, named, products, scalar } from "./evaluate.js";
import { number, result } from "./format.js";
import { isFunction, rightSide } from "./tree.js";
import { figure, multiplied, plain, print, sign, summed } from "./written.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./tree.js").ApplyNode} ApplyNode */
/** @typedef {import("./numbers.js").Numbers} Numbers */
/** @typedef {import("./written.js").Token} Token */
/** @typedef {import("./written.js").TokenLine} TokenLine */
/** @typedef {import("./written.js").Piece} Piece */
/** An arrival in a gradient as it is read. @typedef {{via: string, by: string, when: string, full: (name: string) => string, written: TokenLine, numbers: TokenLine, value: number}} Term */

const PRODUCTS_SHOWN = 5;

/**
 * @param {Tree} node
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {Piece}
 */
function matrixProduct(node, numbers, unit, step) {
  const all = products(/** @type {ApplyNode} */ (node), numbers, unit, step).filter((term) => term.weight !== 0);
  if (!all.length) return figure(0);
  const shown = all.length <= PRODUCTS_SHOWN + 1 ? all
    : [...all].sort((a, b) => Math.abs(b.weight * b.input) - Math.abs(a.weight * a.input)).slice(0, PRODUCTS_SHOWN).sort((a, b) => a.index - b.index);
  const pieces = shown.map((term) => multiplied([figure(term.weight), figure(term.input)], "·"));
  const hidden = all.length - shown.length;
  if (hidden) {
    const rest = all.filter((term) => !shown.includes(term)).reduce((sum, term) => sum + term.weight * term.input, 0);
    const text = number(rest);
    pieces.push({ tokens: [{ kind: "more", text, count: hidden }], binds: 3, negative: text.startsWith("−") });
  }
  return summed(pieces);
}

/** @param {Tree} node @returns {boolean} */
function hasFunction(node) {
  return node.kind === "apply" && (isFunction(node.op) || node.args.some(hasFunction));
}

/**
 * How many rounds of working out a node takes. The argument of a function is worked out in one round.
 * @param {Tree} node
 * @returns {number}
 */
function rounds(node) {
  if (node.kind !== "apply") return 0;
  if (node.op === "next" || node.op === "outside" || node.op === "transpose") return 0;
  const inner = Math.max(0, ...node.args.map(rounds));
  if (node.op === "identity") return inner;
  if (isFunction(node.op)) return (hasFunction(node.args[0] ?? node) && node.args.length ? inner : Math.min(inner, 1)) + 1;
  return inner + 1;
}

/**
 * @param {Tree} node
 * @param {number} round  what takes at most so many rounds is shown as its number
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {Piece}
 */
function worked(node, round, numbers, unit, step) {
  /** @type {(inFunction: boolean, at: number) => (one: Tree) => Piece | null} */
  const leaf = (inFunction, at) => (one) => {
    if (one.kind === "number") return null;
    if (one.kind === "name") return figure(named(one.name, numbers, unit, at));
    if (one.op === "outside") return figure(scalar(one, numbers, unit, at));
    if (one.op === "next") {
      const after = numbers.next(at);
      return after ? print(one.args[0], leaf(inFunction, after), "·") : figure(0);
    }
    const needed = inFunction && !hasFunction(one) ? Math.min(1, rounds(one)) : rounds(one);
    if (round > 0 && needed <= round) return figure(scalar(one, numbers, unit, at));
    if (one.op === "matmul") return matrixProduct(one, numbers, unit, at);
    if (one.op === "softmax" && round > 0) return spread(one, numbers, at);
    if (isFunction(one.op) && !inFunction && one.op !== "identity") return print(one, (inner) => (inner === one ? null : leaf(true, at)(inner)), "·");
    return null;
  };
  return print(node, leaf(false, step), "·");
}

/**
 * A function of a whole vector is shown with the whole vector, as far as there is room.
 * @param {ApplyNode} node
 * @param {Numbers} numbers
 * @param {number} step
 * @returns {Piece}
 */
function spread(node, numbers, step) {
  const length = extent(node.args[0], numbers);
  const shown = Math.min(length, PRODUCTS_SHOWN);
  const inner = Array.from({ length: shown }, (_, each) => figure(scalar(node.args[0], numbers, each, step)).tokens)
    .flatMap((tokens, index) => (index ? [sign(", "), ...tokens] : tokens));
  const rest = length > shown ? [sign(", …")] : [];
  return { tokens: [{ kind: "function", text: node.op }, sign("("), ...inner, ...rest, sign(")")], binds: 3, negative: false };
}

/**
 * All lines of one value: `f = σ(W_f x + b_f)`, `= σ(100·1 + 10)`, `= σ(110)`, `= 1.0000`. The first line has no equals sign in front.
 * @param {string} target
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{lines: TokenLine[], value: number}}
 */
export function arithmetic(target, numbers, unit, step) {
  const value = numbers.value(target, unit, step);
  const right = rightSide(numbers.program, target);
  if (!right) return { lines: [[{ kind: "result", text: result(value) }]], value };
  const last = /** @type {Token} */ ({ kind: "result", text: Number.isInteger(value) && !hasFunction(right) ? number(value) : result(value) });
  /** @type {TokenLine[]} */
  const lines = [print(right, () => null, " · ").tokens];
  const total = rounds(right);
  for (let round = 0; round < Math.max(1, total); round++) {
    const line = worked(right, round, numbers, unit, step).tokens;
    if (plain(line) !== plain(lines[lines.length - 1]) && plain(line) !== last.text) lines.push(line);
  }
  lines.push([last]);
  return { lines, value };
}

/** What is learned or given has no step, whatever it is called. @param {Token} token @param {Numbers} numbers @returns {Token} */
function timed(token, { isParameter, constant }) {
  return token.next && (isParameter(token.text) || constant(token.text) !== null) ? { ...token, next: false } : token;
}

/**
 * dL/d(symbol) as the sum of what arrives in it.
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{terms: Term[], value: number} | null}
 */
export function gradientTerms(name, numbers, unit, step) {
  const found = arrivals(name, numbers, unit, step);
  return found && {
    ...found,
    terms: found.terms.map(({ via, by, when, parsed, own, unit: at, value }) => ({
      via, by, when, value, full: own.full, written: print(parsed, () => null, " · ").tokens.map((token) => timed(token, own)), numbers: worked(parsed, 0, own, at, step).tokens,
    })),
  };
}

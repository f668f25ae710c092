/**
 * An equation with its numbers in it, line by line: as written, with numbers, with the arguments of functions worked out, the result.
 */

import { extent, gradientNamed, named, products, scalar } from "./evaluate.js";
import { number, result } from "./format.js";
import { isFunction, namesIn, rightSide, tree } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./tree.js").ApplyNode} ApplyNode */
/** @typedef {import("./tree.js").Program} Program */
/** @typedef {import("./numbers.js").Numbers} Numbers */
/** @typedef {{kind: "symbol"|"number"|"sign"|"function"|"more"|"result", text: string, name?: string, count?: number, next?: boolean}} Token */
/** @typedef {Token[]} TokenLine */
/** `via`: the equation as written that the term came through; `by`: the one as run. @typedef {{via: string, by: string, when: string, full: (name: string) => string, written: TokenLine, numbers: TokenLine, value: number}} Term */
/** @typedef {{expr: import("./tree.js").Raw, via: string | null, when: string}} RawTerm */

const FUNCTIONS = /** @type {Record<string, string>} */ ({ sigmoid: "σ", identity: "" });
const PRODUCTS_SHOWN = 5;

/** @type {(text: string) => Token} */
const sign = (text) => ({ kind: "sign", text });
/** @type {(name: string) => Token} */
const symbol = (name) => ({ kind: "symbol", text: name, name });

/**
 * A printed piece and how tightly it binds: 1 sums, 2 products, 3 anything that needs no brackets.
 * @typedef {{tokens: Token[], binds: number, negative: boolean}} Piece
 */

/**
 * @param {Piece} piece
 * @param {number} least
 * @returns {Token[]}
 */
function within(piece, least) {
  return piece.binds >= least ? piece.tokens : [sign("("), ...piece.tokens, sign(")")];
}

/**
 * @param {Piece[]} pieces
 * @returns {Piece}
 */
function summed(pieces) {
  if (pieces.length === 1) return pieces[0];
  const tokens = pieces.flatMap((piece, index) => {
    if (index === 0) return piece.tokens;
    if (!piece.negative) return [sign(" + "), ...piece.tokens];
    const [head, ...rest] = piece.tokens;
    return head.text === "−" ? [sign(" − "), ...rest] : [sign(" − "), { ...head, text: head.text.slice(1) }, ...rest];
  });
  return { tokens, binds: 1, negative: pieces[0].negative };
}

/**
 * @param {Piece[]} factors
 * @param {string} dot
 * @returns {Piece}
 */
function multiplied(factors, dot) {
  const tokens = factors.flatMap((piece, index) => {
    const inner = within(piece, index > 0 && piece.negative ? 4 : 2);
    return index === 0 ? inner : [sign(dot), ...inner];
  });
  return { tokens, binds: 2, negative: factors[0].negative && factors[0].binds >= 2 };
}

/**
 * @param {number} value
 * @returns {Piece}
 */
function figure(value) {
  return { tokens: [{ kind: "number", text: number(value) }], binds: 3, negative: value < 0 };
}

/** Weights are the same at every step. @param {string} name */
function isWeight(name) {
  return /^[A-Z]|^b(_|$)|_b$/.test(name);
}

/**
 * @param {Tree} node
 * @param {(node: Tree) => Piece | null} leaf  a chance to print a node otherwise
 * @param {string} dot
 * @returns {Piece}
 */
function print(node, leaf, dot) {
  const special = leaf(node);
  if (special) return special;
  if (node.kind === "number") return figure(node.value);
  if (node.kind === "name") return { tokens: [symbol(node.name)], binds: 3, negative: false };
  const { op, args } = node;
  /** @param {number} index */
  const part = (index) => print(args[index], leaf, dot);
  switch (op) {
    case "add": return summed(args.map((_, index) => part(index)));
    case "sub": {
      const right = part(1);
      return { tokens: [...part(0).tokens, sign(" − "), ...within(right, right.negative ? 4 : 2)], binds: 1, negative: part(0).negative };
    }
    case "mul": return multiplied(args.map((_, index) => part(index)), dot);
    case "matmul": return multiplied(args.map((_, index) => part(index)), " ");
    case "neg": return { tokens: [sign("−"), ...within(part(0), 2)], binds: 2, negative: true };
    case "identity": return part(0);
    case "abs": return { tokens: [sign("|"), ...part(0).tokens, sign("|")], binds: 3, negative: false };
    case "transpose": return { tokens: [...within(part(0), 3), sign("ᵀ")], binds: 3, negative: false };
    case "next": {
      const later = part(0);
      return { ...later, tokens: later.tokens.map((token) => (token.kind === "symbol" && !isWeight(token.text) ? { ...token, next: true } : token)) };
    }
    case "outside": return { tokens: [symbol(`∂${args[0].kind === "name" ? args[0].name : ""}`)], binds: 3, negative: false };
    default: {
      const inner = args.flatMap((_, index) => (index ? [sign(", "), ...part(index).tokens] : part(index).tokens));
      return { tokens: [{ kind: "function", text: FUNCTIONS[op] ?? op }, sign("("), ...inner, sign(")")], binds: 3, negative: false };
    }
  }
}

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

/** @param {TokenLine} tokens */
function plain(tokens) {
  return tokens.map((token) => token.text).join("");
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

/**
 * dL/d(symbol) as the sum of what arrives through each equation that reads it, in its own layer and above.
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{terms: Term[], value: number} | null}
 */
export function gradientTerms(name, numbers, unit, step) {
  const line = numbers.program.adjoint?.find((one) => one.symbol === name);
  if (!line) return null;
  /** @type {(own: Numbers, at?: number) => (term: RawTerm) => Term} */
  const made = (own, at = unit) => (term) => {
    const parsed = tree(term.expr);
    const via = own.program.lowered.find((one) => one.target === term.via)?.of ?? term.via ?? "";
    return {
      via, by: term.via ?? "", when: term.when, full: own.full, value: scalar(parsed, own, at, step),
      // What flows along a wire asks for the value alone.
      get written() {
        return print(parsed, () => null, " · ").tokens;
      },
      get numbers() {
        return worked(parsed, 0, own, at, step).tokens;
      },
    };
  };
  const own = line.terms.flatMap((term) => laterTerms(numbers.program, term)).map(made(numbers)).filter((term) => term.when !== "outside" || term.value !== 0);
  const above = numbers.consumers(name).flatMap((reader) =>
    (reader.numbers.program.adjoint?.find((one) => one.symbol === reader.name)?.terms ?? []).map(made(reader.numbers, reader.from + unit)));
  return { terms: [...above, ...own], value: gradientNamed(name, numbers, unit, step) };
}

/**
 * `next(∂c_prev)` says that something arrives from the step after; through which equations is what people ask, so it is opened.
 * @param {Program} program
 * @param {RawTerm} term
 * @returns {RawTerm[]}
 */
function laterTerms(program, term) {
  const inner = term.when === "next" && Array.isArray(term.expr) && term.expr[0] === "next" ? term.expr[1] : null;
  const before = typeof inner === "string" && program.adjoint?.find((one) => one.target === inner);
  if (!before || !before.terms.length) return [term];
  return before.terms.map((one) => ({ expr: /** @type {import("./tree.js").Raw} */ (["next", one.expr]), via: one.via, when: "next" }));
}

/**
 * What one symbol adds to the sum of an equation: `W x`, and its number. Null when the equation is no sum of such parts.
 * @param {string} target
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{written: string, value: number} | null}
 */
export function contribution(target, name, numbers, unit, step) {
  let node = rightSide(numbers.program, target);
  if (node?.kind === "apply" && isFunction(node.op) && node.args.length === 1) node = node.args[0];
  if (!node) return null;
  /** @param {Tree} one @returns {Tree[]} */
  const parts = (one) => (one.kind === "apply" && one.op === "add" ? one.args.flatMap(parts) : [one]);
  const part = parts(node).find((one) => namesIn(one).includes(name));
  if (!part || part.kind !== "apply") return null;
  return { written: plain(print(part, () => null, " · ").tokens).replace(/_prev/g, ""), value: scalar(part, numbers, unit, step) };
}

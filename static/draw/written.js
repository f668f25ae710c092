/** An expression as it is written: pieces, and how tightly they bind. */

import { number } from "./format.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {{kind: "symbol"|"number"|"sign"|"function"|"more"|"result", text: string, name?: string, count?: number, next?: boolean}} Token */
/** @typedef {Token[]} TokenLine */

const FUNCTIONS = /** @type {Record<string, string>} */ ({ sigmoid: "σ", identity: "" });

/** @type {(text: string) => Token} */
export const sign = (text) => ({ kind: "sign", text });
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
export function summed(pieces) {
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
export function multiplied(factors, dot) {
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
export function figure(value) {
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
export function print(node, leaf, dot) {
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
    // A matrix times what was multiplied before is another vector than the product of the two.
    case "matmul": return multiplied(args.map((arg, index) => (arg.kind === "apply" && arg.op === "mul" ? { tokens: within(part(index), 4), binds: 3, negative: false } : part(index))), " ");
    case "neg": {
      const inner = part(0);
      return { tokens: [sign("−"), ...within(inner, inner.negative ? 4 : 2)], binds: 2, negative: true };
    }
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

/** @param {TokenLine} tokens */
export function plain(tokens) {
  return tokens.map((token) => token.text).join("");
}

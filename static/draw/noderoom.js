/** How much room a thing and its words take in a drawing that is laid out. */

import { operationHalf } from "./places.js";

/** @typedef {import("./layout.js").Node} Node */
/** @typedef {import("./layout.js").Spot} Spot */

export const MARGIN = 7;
/** Between two columns the wires bend; within a column they are level, so that none runs through a word. */
export const CHANNEL = 10;
/** A wire that passes a column, and half of a column where nothing else does. */
export const [BEND, NARROW] = [18, 14];
const BOX = { width: 76, slim: 58, height: 36, row: 16, frame: 8, bar: 7, crowd: 84 };
/** More units than this show no digits; what is spoken of is written beside the name. */
const MOST_DIGITS = 7;
/** Above a box or a gate: its letter, perhaps with a number, which are no larger where words are; below it: two lines of words. */
const [OVER, UNDER] = [27, 34];
/** Half an operation, from it to what is written there, and below and above that; a line of words. */
export const [PILL, CLOSE, AIR, LINE] = [12, 5, 3, 10];
/** How much larger than in the page words are for which operations have room as they are. */
const ROOMY = 1.15;
/** Half of what is written below an operation: what comes out of it; around a product, and above a function its slope. */
const RESULT = { half: 26, factor: 35, function: 41 };
/** Half of what is said below a box, by what it is, and above it: its letter with a number. */
const SAID = { gate: 37, value: 33, function: 38, before: 36, number: 42, indexed: 52 };
/** By what a product multiplies is written above it for the upper wire, and below its result for the lower one: so far below. */
export const FACTOR = 15;

/** A function inside an equation has a name, but no line of its own. @param {Node} node */
export function isOperation(node) {
  return node.kind === "op" || (node.kind === "value" && node.id.includes(":"));
}

/** @param {Node} node */
export function isFunction({ kind, op }) {
  return kind !== "op" || !["mul", "add", "sub", "neg", "matmul"].includes(op ?? "");
}

/** Of two that both change from step to step. @param {Node} node */
function isProduct({ kind, op, label }) {
  return kind === "op" && op === "mul" && (label ?? "").length < 2;
}

/** Weights and numbers: the same at every step. @param {Node | null} node */
export function isGiven(node) {
  return node !== null && ["parameter", "constant", "number"].includes(node.kind);
}

/**
 * How high a node's room is, and how far it reaches to either side with what is written beside it; `half` is the thing alone.
 * @param {Spot} spot
 */
export function extent({ node, units, type }) {
  const words = (/** @type {number} */ room) => room * type;
  if (!node) return { height: BEND, half: 0, left: 0, right: 0 };
  if (isOperation(node)) {
    const half = pillWidth(node, type) / 2 + 1;
    const side = words(isFunction(node) ? RESULT.function : isProduct(node) ? RESULT.factor : RESULT.half);
    return { height: above(node, type) + under(node, type), half, left: Math.max(side, half + 4), right: Math.max(side, half + 4) };
  }
  if (isGiven(node)) return { height: 27, half: 17, left: 17, right: 17 };
  const valve = node.role === "gate" && units === 1;
  const half = valve ? 24 : boxWidth(units) / 2;
  const side = words(Math.max(SAID[said(node)], units > MOST_DIGITS || valve ? SAID[node.kind === "before" ? "indexed" : "number"] : 0));
  return { height: (valve ? 48 : boxHeight(units, type)) + OVER + words(UNDER), half, left: Math.max(half + 10, side), right: Math.max(half + 4, side) };
}

/** @param {Node} node @returns {"before" | "gate" | "function" | "value"} */
function said({ kind, role, op }) {
  if (kind === "before") return kind;
  return role === "gate" ? role : op && op !== "affine" ? "function" : "value";
}

/** What is said in an operation is as large as other words. @param {Node} node @param {number} type */
export function pillWidth({ kind, op, label }, type) {
  const half = operationHalf(op ?? "", kind === "op" ? label ?? null : null);
  return 2 * (half > PILL ? half * Math.max(1, type / ROOMY) : half);
}

/** From the middle of an operation to the line of what comes out of it. @param {number} type */
export function drop(type) {
  return PILL + CLOSE - 1 + LINE * type;
}

/** How far an operation reaches down with its words. @param {Node} node @param {number} type */
function under(node, type) {
  return drop(type) + (isProduct(node) ? FACTOR * type : 0) + AIR;
}

/** And up. @param {Node} node @param {number} type */
function above(node, type) {
  return PILL + (isProduct(node) || isFunction(node) ? CLOSE + LINE * type : 0) + (isProduct(node) ? AIR : 0);
}

/** A number alone says all its digits. @param {number} units */
export function boxWidth(units) {
  return units === 1 ? BOX.width : BOX.slim;
}

/** Digits grow with the words; bars need not be as high. @param {number} units @param {number} type */
export function boxHeight(units, type) {
  return units === 1 ? BOX.height : units > MOST_DIGITS ? Math.min(BOX.bar * units + BOX.frame, BOX.crowd) : Math.round(BOX.row * units * type) + BOX.frame;
}

/** More words stand below a box than above it, so that it is drawn above the middle of its room. @param {Spot} spot */
export function lift({ node, type }) {
  if (!node || isGiven(node)) return 0;
  if (isOperation(node)) return (under(node, type) - above(node, type)) / 2;
  return (type * UNDER - OVER) / 2;
}

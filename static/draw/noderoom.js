/** How much room a thing and its words take in a drawing that is laid out. */

import { operationHalf } from "./places.js";
import { letters } from "./symbol.js";

/** @typedef {import("./layout.js").Node} Node */
/** @typedef {import("./layout.js").Spot} Spot */
/** @typedef {{height: number, half: number, left: number, right: number, parts: Room[]}} Extent  `half`: of the thing alone; `parts`: what it and its words cover, from the middle of the thing */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Room  to the left and right of the middle of its column, and from where to where */

export const MARGIN = 4;
/** Between two columns the wires bend; within a column they are level, so that none runs through a word. */
export const CHANNEL = 8;
/** A wire that passes a column, and half of a column where nothing else does. */
export const [BEND, NARROW] = [18, 14];
const BOX = { width: 76, slim: 58, height: 36, row: 16, frame: 8, bar: 7, crowd: 68 };
/** More units than this show no digits; what is spoken of is written beside the name. */
const MOST_DIGITS = 7;
/** Above a box or a gate: its letter, perhaps with a number, which are no larger where words are; below it: two lines of words. */
const [OVER, UNDER] = [27, 34];
/** Half an operation, from it to what is written there, and below and above that; a line of words. */
export const [PILL, CLOSE, AIR, LINE] = [12, 5, 3, 10];
/** How much larger than in the page words are for which operations have room as they are. */
const ROOMY = 1.15;
/** Half of what is written below an operation: what comes out of it; around a product; above a function its slope, without the function's letters; and half of one of these. */
const RESULT = { half: 27, factor: 36, slope: 25, letter: 4 };
/** Half of what is said below a box, by what it is; half of the number beside its letter; of a letter of a name, and of an index; and of a gradient, without the name's letters, and with each. */
const SAID = { gate: 36, value: 33, function: 40, before: 39 };
const NUMBER = 33;
const NAME = { letter: 5, index: 3.4 };
const GRADIENT = { half: 14, letter: 3.8 };
/** Where the unit spoken of is pointed at, left of a box, and as much air as there has to be right of it. */
const [CURSOR, SIDE] = [10, 4];
/** Half a weight that stands alone. */
const PORT = { half: 17, high: 13 };
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

/** Asked for over and over while things are moved; the same as long as they are drawn in one size. @type {WeakMap<Spot, Extent>} */
const known = new WeakMap();
const PASSING = { height: BEND, half: 0, left: 0, right: 0, parts: [] };

/** How high a node's room is, and how far it reaches to either side with what is written beside it. @param {Spot} spot @returns {Extent} */
export function extent(spot) {
  const { node, units, type } = spot;
  if (!node) return PASSING;
  const measured = known.get(spot);
  if (measured) return measured;
  const parts = around(node, units, type);
  const most = (/** @type {"left" | "right"} */ side) => Math.max(...parts.map((part) => part[side]));
  const own = { ...thing(node, units, type), left: most("left"), right: most("right"), parts };
  known.set(spot, own);
  return own;
}

/** @param {Node} node @param {number} units @param {number} type */
function thing(node, units, type) {
  if (isOperation(node)) return { height: above(node, type) + under(node, type), half: pillWidth(node, type) / 2 + 1 };
  if (isGiven(node)) return { height: 2 * PORT.high + 1, half: PORT.half };
  const valve = isValve(node, units);
  return { height: (valve ? 48 : boxHeight(units, type)) + OVER + type * UNDER, half: valve ? 24 : boxWidth(units) / 2 };
}

/** What a thing and its words cover, each for itself: beside a short word there is room for a long one. @param {Spot} spot @returns {Room[]} */
export function rooms(spot) {
  const y = attached(spot);
  return extent(spot).parts.map(({ top, bottom, ...sides }) => ({ ...sides, top: y + top, bottom: y + bottom }));
}

/** Where wires come to it. @param {Spot} spot */
export function attached(spot) {
  return spot.y - lift(spot);
}

/** The same from the middle of the thing. @param {Node} node @param {number} units @param {number} type @returns {Room[]} */
function around(node, units, type) {
  const both = (/** @type {number} */ half, /** @type {number} */ top, /** @type {number} */ bottom) => ({ left: half, right: half, top, bottom });
  if (isGiven(node)) return [both(PORT.half, -PORT.high, PORT.high)];
  if (isOperation(node)) {
    const [result, foot] = [drop(type) + AIR, under(node, type)];
    return [
      both(pillWidth(node, type) / 2 + 1, -PILL, PILL),
      both(RESULT.half * type, PILL, result),
      ...(isProduct(node) ? [both(RESULT.factor * type, -above(node, type), -PILL), both(RESULT.factor * type, result, foot)] : []),
      ...(isFunction(node) ? [both((RESULT.slope + RESULT.letter * shownOf(node)) * type, -above(node, type), -PILL)] : []),
    ];
  }
  const valve = isValve(node, units);
  const half = valve ? 24 : boxWidth(units) / 2;
  const high = (valve ? 48 : boxHeight(units, type)) / 2;
  const { letter, sub } = letters(node.name || node.id);
  const name = NAME.letter * letter.length + NAME.index * sub.length + (units > MOST_DIGITS || valve ? NUMBER * type : 0);
  return [
    { left: half + CURSOR, right: half + SIDE, top: -high, bottom: high },
    both(name, -high - OVER, -high),
    both(Math.max(SAID[said(node)], GRADIENT.half + GRADIENT.letter * letter.length) * type, high, high + UNDER * type),
  ];
}

/** @param {Node} node @param {number} units */
function isValve({ role }, units) {
  return role === "gate" && units === 1;
}

/** How many letters a function's name has where its slope is written. @param {Node} node */
function shownOf({ op }) {
  return op === "sigmoid" ? 1 : (op ?? "").length;
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

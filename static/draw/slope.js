/**
 * The local derivative of one operation: by what it multiplies a gradient on the way back. Functions are not differentiated here: their
 * derivatives stand in the adjoint equations, where the gradient that comes in is put to one.
 */

import { scalar } from "./evaluate.js";
import { isGiven, partOf, valueOf } from "./flow.js";
import { isFunction, namesIn, rightSide, tree } from "./tree.js";

/** @typedef {import("./numbers.js").Numbers} Numbers */
/** @typedef {{function: string | null, value: number}} Slope  the function whose derivative it is; null for a factor */

/** Of a whole vector at once: there is no single number. */
const WHOLE = ["softmax", "every", "slower"];

/**
 * The derivative of a function at the place where it was worked out: `∂value` to one in what it hands back.
 * @param {string} value  the name under which the function's value is known
 * @param {Numbers} numbers @param {number} unit @param {number} step
 */
function derivative(value, numbers, unit, step) {
  const name = `∂${value}`;
  const term = numbers.program.adjoint?.flatMap(({ terms }) => terms).find(({ expr, via, when }) => via === value && when === "now" && namesIn(tree(expr)).includes(name));
  if (!term) return NaN;
  const own = tree(term.expr);
  // What is taken of weights alone gets a part from every step: here it is that of one.
  return scalar(own.kind === "apply" && own.op === "sum" ? own.args[0] : own, { ...numbers, gradient: () => 1 }, unit, step);
}

/**
 * Of the function that makes a value of its argument; null where the value is no function of one number.
 * @param {string} name  `f`, of `f = sigmoid(...)`
 * @param {Numbers} numbers @param {number} unit @param {number} step
 * @returns {Slope | null}
 */
export function slopeOf(name, numbers, unit, step) {
  const right = rightSide(numbers.program, name);
  if (right?.kind !== "apply" || !isFunction(right.op) || WHOLE.includes(right.op) || right.op === "identity") return null;
  const value = derivative(name, numbers, unit, step);
  return Number.isNaN(value) ? null : { function: right.op, value };
}

/**
 * What an operation multiplies by on the way back to one of its operands.
 * @param {string} from @param {string} to  nodes of the diagram
 * @param {Numbers} numbers @param {number} unit @param {number} step
 * @returns {Slope | null}
 */
export function slopeAlong(from, to, numbers, unit, step) {
  const part = partOf(numbers.program, to);
  if (!part) return to.includes(":") ? slopeOf(to, numbers, unit, step) : null;
  const { tree: node } = part;
  if (node.kind !== "apply" || node.op !== "mul" || isGiven(numbers.program, from)) return null;
  const own = partOf(numbers.program, from);
  const index = own ? own.way[own.way.length - 1] : node.args.findIndex((arg) => arg.kind !== "number" && (arg.kind === "name" ? arg.name : arg.value) === from);
  const other = node.args[1 - index];
  return index >= 0 && other ? { function: null, value: scalar(other, numbers, unit, step) } : null;
}

/**
 * What a function was taken of: the sum that decides how far a gate is open.
 * @param {string} name
 * @param {Numbers} numbers @param {number} unit @param {number} step
 * @returns {{function: string, value: number} | null}
 */
export function argumentOf(name, numbers, unit, step) {
  const right = rightSide(numbers.program, name);
  if (right?.kind !== "apply" || right.args.length !== 1 || !isFunction(right.op) || WHOLE.includes(right.op) || right.op === "identity") return null;
  const value = valueOf(`${name}:in`, numbers, unit, step);
  return Number.isNaN(value) ? null : { function: right.op, value };
}

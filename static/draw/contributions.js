/**
 * What adds up to a sum: every entry of a matrix with what it is multiplied by, every bias, the largest first.
 */

import { products, scalar } from "./evaluate.js";
import { isFunction, rightSide } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./numbers.js").Numbers} Numbers */
/**
 * @typedef {object} Contribution
 * @property {string} name  of the parameter
 * @property {number[]} index  in it
 * @property {string | null} of  what it is multiplied by; null: a bias
 * @property {number} at  the unit of that
 * @property {number} weight
 * @property {number} input
 * @property {number} value  the product
 */

/**
 * @param {string} target
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {Contribution[]}  empty where the value is not such a sum
 */
export function contributions(target, numbers, unit, step) {
  let node = rightSide(numbers.program, target);
  if (node?.kind === "apply" && isFunction(node.op) && node.args.length === 1) node = node.args[0];
  if (!node) return [];
  const found = terms(node).map((term) => entries(term, numbers, unit, step));
  if (found.some((one) => one === null)) return [];
  return /** @type {Contribution[][]} */ (found).flat().filter(({ value }) => value !== 0).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** @param {Tree} node @returns {Tree[]} */
function terms(node) {
  return node.kind === "apply" && node.op === "add" ? node.args.flatMap(terms) : [node];
}

/** @param {Tree} node @param {Numbers} numbers @param {number} unit @param {number} step @returns {Contribution[] | null} */
function entries(node, numbers, unit, step) {
  if (node.kind === "name" && numbers.isParameter(node.name)) {
    const value = scalar(node, numbers, unit, step);
    return [{ name: node.name, index: [unit], of: null, at: 0, weight: value, input: 1, value }];
  }
  if (node.kind !== "apply" || node.op !== "matmul") return null;
  const [matrix, vector] = node.args;
  if (matrix.kind !== "name" || !numbers.isParameter(matrix.name) || vector.kind !== "name") return null;
  return products(node, numbers, unit, step).map(({ weight, input, index }) => ({
    name: matrix.name, index: [unit, index], of: vector.name, at: index, weight, input, value: weight * input,
  }));
}

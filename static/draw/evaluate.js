/**
 * The number of one place in a tree, for one unit at one step. Sums and products are carried out here; functions are looked up.
 */

import { isFunction, tree } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./numbers.js").Numbers} Numbers */

/**
 * @param {Tree} node
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {number}
 */
export function scalar(node, numbers, unit, step) {
  if (node.kind === "number") return node.value;
  if (node.kind === "name") return named(node.name, numbers, unit, step);
  const { op, args } = node;
  /** @param {number} index */
  const arg = (index) => scalar(args[index], numbers, unit, step);
  switch (op) {
    case "add": return args.reduce((sum, one) => sum + scalar(one, numbers, unit, step), 0);
    case "sub": return arg(0) - arg(1);
    case "mul": return args.reduce((product, one) => product * scalar(one, numbers, unit, step), 1);
    case "neg": return -arg(0);
    case "identity": return arg(0);
    case "step": return arg(0) > 0 ? 1 : 0;
    case "abs": return Math.abs(arg(0));
    case "matmul": return products(node, numbers, unit, step).reduce((sum, term) => sum + term.weight * term.input, 0);
    case "next": {
      const after = numbers.next(step);
      return after ? scalar(args[0], numbers, unit, after) : 0;
    }
    case "outside": return args[0].kind === "name" ? numbers.outside(args[0].name, unit, step) : NaN;
    case "total": {
      let sum = 0;
      for (let each = 0; each < extent(args[0], numbers); each++) sum += scalar(args[0], numbers, each, step);
      return sum;
    }
    case "sum": {
      let sum = 0;
      for (let each = 1; each <= numbers.steps; each++) sum += scalar(args[0], numbers, unit, each);
      return sum;
    }
    default: return isFunction(op) && node.value ? numbers.value(node.value, unit, step) : NaN;
  }
}

/**
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function named(name, numbers, unit, step) {
  if (name.startsWith("∂")) return gradientNamed(name.slice(1), numbers, unit, step);
  const constant = numbers.constant(name);
  if (constant !== null) return constant;
  if (numbers.isParameter(name)) return numbers.parameter(name, unit, 0);
  return numbers.value(name, unit, step);
}

/**
 * The engine sends the gradients of values; that of a value one step earlier, and the part that comes through this layer of what others
 * have a part in too, is the sum of its terms.
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {number}
 */
export function gradientNamed(name, numbers, unit, step) {
  const sent = numbers.shared(name) ? NaN : numbers.gradient(name, unit, step);
  if (!Number.isNaN(sent) || !(name.endsWith("_prev") || numbers.shared(name))) return sent;
  const line = numbers.program.adjoint?.find((one) => one.symbol === name);
  return line ? line.terms.reduce((sum, term) => sum + scalar(tree(term.expr), numbers, unit, step), 0) : NaN;
}

/**
 * What a matrix times a vector adds up for one unit.
 * @param {import("./tree.js").ApplyNode} node
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{weight: number, input: number, index: number}[]}
 */
export function products(node, numbers, unit, step) {
  const [matrix, vector] = node.args;
  return Array.from({ length: extent(vector, numbers) }, (_, index) => ({
    index, weight: entry(matrix, numbers, unit, index, step), input: scalar(vector, numbers, index, step),
  }));
}

/**
 * @param {Tree} node
 * @param {Numbers} numbers
 * @param {number} row
 * @param {number} column
 * @param {number} step
 * @returns {number}
 */
function entry(node, numbers, row, column, step) {
  if (node.kind === "number") return node.value;
  if (node.kind === "name") {
    const mask = numbers.program.lowered.find(({ target, expr }) => target === node.name && Array.isArray(expr) && expr[0] === "slower");
    if (mask) return entry(tree(mask.expr), numbers, row, column, step);
    return numbers.isParameter(node.name) ? numbers.parameter(node.name, row, column) : named(node.name, numbers, row, step);
  }
  const { op, args } = node;
  if (op === "transpose") return entry(args[0], numbers, column, row, step);
  if (op === "slower") {
    const periods = args.map((arg) => (arg.kind === "number" ? arg.value : 1));
    const period = (/** @type {number} */ place) => periods[Math.floor((place * periods.length) / numbers.units)];
    return period(column) >= period(row) ? 1 : 0;
  }
  const parts = args.map((arg) => entry(arg, numbers, row, column, step));
  if (op === "mul") return parts[0] * parts[1];
  if (op === "add") return parts[0] + parts[1];
  if (op === "sub") return parts[0] - parts[1];
  if (op === "neg") return -parts[0];
  return NaN;
}

/**
 * How many units the value of a tree has.
 * @param {Tree} node
 * @param {Numbers} numbers
 * @returns {number}
 */
export function extent(node, numbers) {
  if (node.kind === "number") return 1;
  if (node.kind === "name") {
    if (numbers.constant(node.name) !== null) return 1;
    return numbers.size(node.name.replace(/^∂/, ""));
  }
  if (node.op === "total") return 1;
  if (node.op === "transpose") return node.args[0].kind === "name" ? numbers.columns(node.args[0].name) : extent(node.args[0], numbers);
  if (node.op === "matmul") return extent(node.args[0], numbers);
  return Math.max(1, ...node.args.map((arg) => extent(arg, numbers)));
}

/**
 * What travels along the wires of a diagram: values forward, gradients back.
 */

import { arrivals } from "./arrivals.js";
import { gradientNamed, scalar } from "./evaluate.js";
import { namesIn, rightSide } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./tree.js").Program} Program */
/** @typedef {import("./numbers.js").Numbers} Numbers */
/** @typedef {{id: string, kind: string, name: string | null, op: string | null, of: string | null}} Node */

/**
 * The part of an equation that a node of the diagram stands for; its id is `target/` and the way down the tree.
 * @param {Program} program
 * @param {string} id
 * @returns {{target: string, way: number[], root: Tree, tree: Tree} | null}
 */
export function partOf(program, id) {
  const cut = id.indexOf("/");
  if (cut < 0) return null;
  const target = id.slice(0, cut);
  const way = id.slice(cut + 1).split(".").filter(Boolean).map(Number);
  const root = rightSide(program, target);
  if (!root) return null;
  let tree = root;
  for (const index of way) {
    if (tree.kind !== "apply" || !tree.args[index]) return null;
    tree = tree.args[index];
  }
  return { target, way, root, tree };
}

/**
 * @param {string} id  of the node where it starts
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function valueOf(id, numbers, unit, step) {
  const part = partOf(numbers.program, id);
  return part ? scalar(part.tree, numbers, unit, step) : numbers.value(id, unit, step);
}

/**
 * How much goes forward along a wire: of the input all of it, since every unit reads it whole.
 * @param {string} id  of the node where it starts
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function sentFrom(id, numbers, unit, step) {
  if (id !== "x") return valueOf(id, numbers, unit, step);
  return Math.max(...Array.from({ length: numbers.size("x") }, (_, each) => Math.abs(numbers.value("x", each, step))));
}

/** @type {(op: string, ...args: Tree[]) => Tree} */
const apply = (op, ...args) => ({ kind: "apply", op, args, value: null });
/** @type {(name: string) => Tree} */
const gradientName = (name) => ({ kind: "name", name: `∂${name}` });

/**
 * dL/d(what comes in at `index` of an operation), from the operation's own gradient; null where only the engine could tell.
 * @param {import("./tree.js").ApplyNode} node
 * @param {number} index
 * @param {Tree} gradient
 * @returns {Tree | null}
 */
function through(node, index, gradient) {
  switch (node.op) {
    case "add": return gradient;
    case "sub": return index === 0 ? gradient : apply("neg", gradient);
    case "neg": return apply("neg", gradient);
    case "mul": return apply("mul", gradient, node.args[1 - index]);
    case "matmul": return index === 1 ? apply("matmul", apply("transpose", node.args[0]), gradient) : null;
    default: return null;
  }
}

/**
 * dL/d(a part of an equation), as a tree; null where only the engine could tell.
 * @param {{target: string, root: Tree}} part
 * @param {number[]} way  down to it
 * @returns {Tree | null}
 */
function gradientDown({ target, root }, way) {
  let node = root;
  /** @type {Tree | null} */
  let gradient = gradientName(target);
  for (const index of way) {
    if (node.kind !== "apply") return null;
    gradient = gradient && through(node, index, gradient);
    node = node.args[index];
    if (!gradient && node.kind === "apply" && node.value) gradient = gradientName(node.value);
  }
  return gradient;
}

/**
 * Whether nothing that is read or learned has a part in it, as in a clock: then no gradient goes back to it.
 * @param {Program} program
 * @param {string} id  of a node of the diagram
 * @returns {boolean}
 */
export function isGiven(program, id) {
  const tree = partOf(program, id)?.tree ?? rightSide(program, id);
  return Boolean(tree) && namesIn(/** @type {Tree} */ (tree)).every((name) => isGiven(program, name));
}

/**
 * The gradient that arrives at a node of the diagram from above.
 * @param {string} id
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function gradientOf(id, numbers, unit, step) {
  const part = partOf(numbers.program, id);
  if (!part) return gradientNamed(id, numbers, unit, step);
  if (isGiven(numbers.program, id)) return 0;
  const gradient = gradientDown(part, part.way);
  return gradient ? scalar(gradient, numbers, unit, step) : NaN;
}

/**
 * What one wire brings back: the share of dL/d(from) that came through `to`.
 * @param {{from: string, to: string, name: string}} wire
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function backAlong(wire, numbers, unit, step) {
  if (isGiven(numbers.program, wire.from)) return 0;
  const to = partOf(numbers.program, wire.to);
  if (!to) {
    // A folded value (a gate) or the end of its own equation.
    if (partOf(numbers.program, wire.from)) return gradientOf(wire.from, numbers, unit, step);
    return termsThrough(wire.name, ({ via, by }) => via === wire.to || by === wire.to, numbers, unit, step);
  }
  if (to.tree.kind !== "apply") return NaN;
  const from = partOf(numbers.program, wire.from);
  const index = from ? from.way[from.way.length - 1] : to.tree.args.findIndex((arg) => (arg.kind === "name" ? arg.name : arg.kind === "apply" && arg.value) === wire.name);
  if (index < 0) return NaN;
  const gradient = gradientDown(to, [...to.way, index]);
  if (gradient) return scalar(gradient, numbers, unit, step);
  return from ? gradientOf(wire.from, numbers, unit, step) : termsThrough(wire.name, ({ via }) => via === to.target, numbers, unit, step);
}

/**
 * @param {string} name
 * @param {(term: import("./arrivals.js").Arrival) => boolean} matches
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
function termsThrough(name, matches, numbers, unit, step) {
  const found = arrivals(name, numbers, unit, step);
  if (!found) return NaN;
  return found.terms.filter((term) => term.when === "now" && matches(term)).reduce((sum, term) => sum + term.value, 0);
}

/**
 * The share of a state's gradient that comes back from the step after.
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 */
export function fromLater(name, numbers, unit, step) {
  const found = arrivals(name, numbers, unit, step);
  return found ? found.terms.filter((term) => term.when === "next").reduce((sum, term) => sum + term.value, 0) : NaN;
}

/**
 * Equation trees with the names of their intermediate results.
 *
 * A program has each equation as a person wrote it and, lowered, one line for every activation and its argument. Put back together, the tree
 * keeps at each function the name under which the trace holds its value: no function is ever computed on the page.
 */

/** @typedef {number | string | [string, ...any[]]} Raw  a tree as it comes over the wire */
/** @typedef {{kind: "number", value: number}} NumberNode */
/** @typedef {{kind: "name", name: string}} NameNode */
/** @typedef {{kind: "apply", op: string, args: Tree[], value: string | null}} ApplyNode */
/** @typedef {NumberNode | NameNode | ApplyNode} Tree */
/** @typedef {{target: string, expr: Raw, of?: string | null, label?: string | null, line?: number}} Line */
/** @typedef {{equations: Line[], lowered: Line[], adjoint?: {target: string, symbol: string, terms: {expr: Raw, via: string | null, when: string}[]}[]}} Program */

const INFIX = new Set(["add", "sub", "mul", "matmul", "neg"]);
const INTERNAL = new Set(["transpose", "outer", "sum", "next", "outside", "total", "slower", "abs"]);

/** @param {string} op */
export function isFunction(op) {
  return !INFIX.has(op) && !INTERNAL.has(op);
}

/**
 * @param {Raw} raw
 * @param {Map<string, Line>} [derived]  the lines to put back in place of their names
 * @param {string | null} [value]
 * @returns {Tree}
 */
export function tree(raw, derived, value = null) {
  if (typeof raw === "number") return { kind: "number", value: raw };
  if (typeof raw === "string") {
    const line = derived?.get(raw);
    return line ? tree(line.expr, derived, raw) : { kind: "name", name: raw };
  }
  const [op, ...args] = raw;
  if (op === "outside" || op === "every" || op === "slower") {
    return { kind: "apply", op, args: args.map((arg) => tree(arg)), value };
  }
  return { kind: "apply", op, args: args.map((arg) => tree(arg, derived)), value };
}

/**
 * The whole right side of `target`, as written.
 * @param {Program} program
 * @param {string} target
 * @returns {Tree | null}
 */
export function rightSide(program, target) {
  const line = program.lowered.find((one) => one.target === target) ?? program.equations.find((one) => one.target === target);
  if (!line) return null;
  const derived = new Map(program.lowered.filter((one) => one.target.startsWith(`${target}:`)).map((one) => [one.target, one]));
  return tree(line.expr, derived, target);
}

/**
 * The names in a tree, each once, in order of first appearance.
 * @param {Tree} node
 * @param {string[]} [found]
 */
export function namesIn(node, found = []) {
  if (node.kind === "name") {
    if (!found.includes(node.name)) found.push(node.name);
  } else if (node.kind === "apply") for (const arg of node.args) namesIn(arg, found);
  return found;
}

/**
 * The equation that reads `name`, for "used by".
 * @param {Program} program
 * @param {string} name
 */
export function readers(program, name) {
  return program.equations.filter((line) => namesIn(tree(line.expr)).includes(name)).map((line) => line.target);
}

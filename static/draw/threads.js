/**
 * Where a weight acts: a thread from what it multiplies to what it helps to compute, at every step. Pure but for the last function.
 */

import { svg } from "./dom.js";
import { leftOf } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Row} Row */
/**
 * @typedef {object} Use
 * @property {string} address  of the parameter
 * @property {string} target  the symbol whose equation it stands in
 * @property {string[]} operands  what it multiplies, one after the other; none for a bias
 * @property {boolean} before  multiplied as it was one step earlier
 * @property {number} colour  counted from 1, its own among the parameters of a layer
 */
/** @typedef {{row: number, column: number}} Entry  one number of a matrix */

/** How many colours there are. */
export const COLOURS = 8;
/** From a memory's first step to where it starts; how far a bias reaches out. */
const START = 18;
const STUB = 12;

/**
 * @param {Plan} plan
 * @param {string} address
 * @returns {Row | undefined}  of its value; gradients and what belongs to them have other rows
 */
export function rowFor(plan, address) {
  return plan.rows.find((row) => row.address === address && !["gradient", "loss", "reach", "target", "cost"].includes(row.kind));
}

/**
 * The symbol of a layer that stands for another one whose row is folded away: the nearest that is computed from it.
 * @param {{target: string, expr: any}[]} equations  of the layer, their trees as the program has them
 * @param {string} name
 * @param {(name: string) => boolean} shown
 */
export function standIn(equations, name, shown) {
  const seen = [name];
  for (const one of seen) {
    if (shown(one)) return one;
    seen.push(...equations.filter(({ target, expr }) => !seen.includes(target) && reads(expr, one)).map(({ target }) => target));
  }
  return name;
}

/** @param {any} tree @param {string} name @returns {boolean} */
function reads(tree, name) {
  return Array.isArray(tree) ? tree.slice(1).some((part) => reads(part, name)) : tree === name;
}

/** @param {Row} row @param {number} [unit] the middle of the row, or of one unit */
function heightOf(row, unit) {
  if (unit === undefined || row.size.units === 1) return row.y + row.height / 2;
  return row.y + Math.min(unit, row.units - 1) * (row.size.height + row.size.gap) + row.size.height / 2;
}

/**
 * The threads of one parameter at one step.
 * @param {Plan} plan
 * @param {Use} use
 * @param {number} step
 * @param {number} steps
 * @param {Entry} [entry]  from one unit to one unit
 */
export function strand(plan, use, step, steps, entry) {
  const target = rowFor(plan, use.target);
  if (!target) return "";
  const by = target.reverse ? -1 : 1;
  const left = leftOf(plan, step);
  const side = target.reverse ? left + plan.width : left;
  const y = Math.round(heightOf(target, entry?.row));
  if (use.operands.length === 0) return `M${side - by * STUB} ${y} H${side}`;
  let column = entry?.column;
  return use.operands.map((operand) => {
    const row = rowFor(plan, operand);
    if (!row) return "";
    const unit = column;
    if (column !== undefined) column -= row.units;
    if (unit !== undefined && (unit < 0 || unit >= row.units)) return "";
    const from = Math.round(heightOf(row, unit));
    if (!use.before) {
      const bend = Math.round((plan.pitch - plan.width) * 0.9);
      return `M${side} ${from} C${side - by * bend} ${from} ${side - by * bend} ${y} ${side} ${y}`;
    }
    const first = step === (target.reverse ? steps : 1);
    const start = first ? side - by * START : side - by * (plan.pitch - plan.width);
    const half = Math.round((start + side) / 2);
    return `M${start} ${from} C${half} ${from} ${half} ${y} ${side} ${y}`;
  }).join("");
}

/**
 * @param {Plan} plan
 * @param {Use} use
 * @param {number} steps
 * @param {Entry} [entry]
 */
export function thread(plan, use, steps, entry) {
  return Array.from({ length: steps }, (_, index) => strand(plan, use, index + 1, steps, entry)).join("");
}

/** @param {Use} use */
export function colour({ colour: number }) {
  return `var(--matrix-${number})`;
}

/** @param {Document} document @param {Use} use @param {string} d @param {string} kind */
export function line(document, use, d, kind) {
  const node = svg(document, "path", { class: kind, d, "data-name": kind === "thread" ? use.address : null });
  node.style.setProperty("stroke", colour(use));
  return node;
}

/** What one symbol adds to the sum of an equation. */

import { scalar } from "./evaluate.js";
import { isFunction, namesIn, rightSide } from "./tree.js";
import { plain, print } from "./written.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./numbers.js").Numbers} Numbers */

/**
 * `W x`, and its number. Null when the equation is no sum of such parts.
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

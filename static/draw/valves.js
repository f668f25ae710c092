/**
 * The drawing with valves around a memory: four inputs and one output, or one gate that mixes old and new.
 */

import { isBlock } from "./belt.js";
import { block } from "./block.js";
import { mixer } from "./mixer.js";

/**
 * @param {import("./belt.js").Belt} belt  a block or a mixer
 * @param {{units: number, narrow: boolean, wide: (id: string) => number, type?: number}} how  `units`: the most that a box holds; `wide`: half the width of an operation; `type`: how much larger the words are than in the page
 */
export function valves(belt, how) {
  return (isBlock(belt) ? block : mixer)(belt, how);
}

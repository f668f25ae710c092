/** The scale of a loss: by its root, so that a valley is seen beside a plain; by powers of ten where it spans very many. Pure. */

import { mixed } from "./palette.js";
import { clamp } from "./scale.js";

/** @typedef {{share: (value: number) => number, levels: number[], ticks: number[], top: number, log: boolean}} LossScale  shares from 0 to 1 */

const LEVELS = 12;
/** A loss whose largest is so many times its middle one is seen by powers of ten. */
const STEEP = 1e4;
/** How many powers of ten are then seen. */
const DECADES = 8;

/** @param {ArrayLike<number>} losses @returns {LossScale} */
export function lossScale(losses) {
  const finite = Array.from(losses).filter((value) => Number.isFinite(value) && value >= 0).sort((a, b) => a - b);
  const largest = finite.at(-1) ?? 1;
  const log = largest > STEEP * (finite[finite.length >> 1] ?? 1);
  if (log) {
    const top = 10 ** Math.min(308, Math.ceil(Math.log10(largest)));
    const share = (/** @type {number} */ value) => (value > 0 ? clamp(1 + (Math.log10(value) - Math.log10(top)) / DECADES, 0, 1) : 0);
    const powers = Array.from({ length: DECADES + 1 }, (_, index) => top / 10 ** (DECADES - index));
    return { share, levels: powers.slice(1, -1), ticks: powers.filter((_, index) => index % 4 === 0), top, log };
  }
  const top = above(largest);
  const level = (/** @type {number} */ share) => top * share ** 2;
  return {
    share: (value) => clamp(Math.sqrt(Math.max(0, value) / top), 0, 1),
    levels: Array.from({ length: LEVELS - 1 }, (_, index) => level((index + 1) / LEVELS)),
    ticks: [0, level(0.5), top],
    top, log,
  };
}

/** The next round number. @param {number} largest */
function above(largest) {
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => largest <= factor * power * 1.0001) ?? 10) * power;
}

/** How many colours a scale has, and the one of what is no finite number. */
const COLOURS = 255;

/** @param {(token: string) => string} token @returns {number[][]} */
export function lossColours(token) {
  const [low, middle, high, alarm] = ["--loss-low", "--loss-middle", "--loss-high", "--alarm"].map(token);
  const list = Array.from({ length: COLOURS }, (_, index) => {
    const share = (2 * index) / (COLOURS - 1);
    return share < 1 ? mixed(low, middle, share) : mixed(middle, high, share - 1);
  });
  return [...list, mixed(alarm, alarm, 0)];
}

/**
 * A pixel for each point, the highest row first, as a picture has it.
 * @param {ArrayLike<number>} losses @param {number} columns @param {LossScale} scale @param {number[][]} colours @param {Uint8ClampedArray} pixels
 */
export function shadeLosses(losses, columns, { share }, colours, pixels) {
  const rows = losses.length / columns;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = losses[row * columns + column];
      const colour = colours[Number.isFinite(value) ? Math.round(share(value) * (COLOURS - 1)) : COLOURS];
      const at = ((rows - 1 - row) * columns + column) * 4;
      pixels[at] = colour[0];
      pixels[at + 1] = colour[1];
      pixels[at + 2] = colour[2];
      pixels[at + 3] = 255;
    }
  }
}

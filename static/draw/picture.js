/** A symbol's numbers as pixels: a column for each step, a row for each unit; stretched to its place when it is painted. */

import { held, line } from "./palette.js";

/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./palette.js").Scale} Scale */
/** @typedef {{data: ArrayLike<number>, first: number, steps: number, units: number}} Numbers */

/** Numbers stand step by step and pixels unit by unit: so many steps are turned at a time as stay near the processor. */
const BLOCK = 16;
/** Between these places every number is its colour's place, and nothing has to be asked. */
const WITHIN = [2, 253];

/**
 * @param {Numbers} numbers
 * @param {Scale} scale
 * @param {number} bound
 * @param {Palette} palette
 * @param {Uint32Array} pixels  (units, steps), overwritten
 */
export function shade({ data, steps, units }, scale, bound, palette, pixels) {
  const { start, slope, logarithmic } = line(scale, bound);
  const colours = palette[scale];
  for (let first = 0; first < steps; first += BLOCK) {
    const last = Math.min(steps, first + BLOCK);
    for (let unit = 0; unit < units; unit++) {
      for (let step = first, at = unit * steps; step < last; step++) {
        const value = data[step * units + unit];
        const place = start + slope * (logarithmic ? Math.log(Math.abs(value)) : value);
        pixels[at + step] = colours[place >= WITHIN[0] && place < WITHIN[1] ? place | 0 : held(place, value)];
      }
    }
  }
}

/**
 * A surface that is used again and again.
 * @param {Document} document
 */
export function picture(document) {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;
  /** @type {unknown[]} */
  let shown = [];

  return {
    /**
     * Pixels are made anew only when the numbers, their range or the theme are others.
     * @param {Numbers} numbers @param {Scale} scale @param {number} bound @param {Palette} palette
     */
    update(numbers, scale, bound, palette) {
      const now = [numbers.data, scale, bound, palette];
      if (numbers.steps * numbers.units === 0 || now.every((one, index) => one === shown[index])) return;
      shown = now;
      if (!image || image.width !== numbers.steps || image.height !== numbers.units) {
        canvas.width = numbers.steps;
        canvas.height = numbers.units;
        image = context.createImageData(numbers.steps, numbers.units);
      }
      shade(numbers, scale, bound, palette, new Uint32Array(image.data.buffer));
      context.putImageData(image, 0, 0);
    },
    /**
     * Whole cells stay sharp; what is smaller than a pixel is averaged.
     * @param {CanvasRenderingContext2D} target @param {{x: number, y: number, width: number, height: number}} place  in its pixels
     */
    paint(target, { x, y, width, height }) {
      if (!image) return;
      target.imageSmoothingEnabled = width < canvas.width || height < canvas.height;
      target.imageSmoothingQuality = "medium";
      target.drawImage(canvas, x, y, width, height);
    },
  };
}

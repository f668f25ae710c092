/**
 * Colours of pictures that are painted pixel by pixel: the same mixtures that a style sheet makes with color-mix, worked out once for a
 * theme and looked up afterwards.
 */

import { DECADES } from "./scale.js";

/** @typedef {"signed" | "gate" | "gradient"} Scale */
/** @typedef {Record<Scale, Uint32Array>} Palette  256 colours each, as the bytes of a pixel; the first is what is not known, the last what is no finite number */

/** Places of a scale that are colours: from FIRST to LAST, an odd number, so that zero has one of its own. */
const FIRST = 1;
const LAST = 253;
const MIDDLE = (FIRST + LAST) / 2;
const ENDLESS = 255;

/** @param {string} hex  #rrggbb @returns {[number, number, number]} in the colour space in which mixtures look even */
function oklab(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {[number, number, number]} colour @returns {number[]} red, green and blue in whole numbers to 255 */
function bytes([light, a, b]) {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => {
    const level = part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, level)));
  });
}

/**
 * @param {string} from
 * @param {string} to
 * @param {number} share
 */
export function mixed(from, to, share) {
  const [[l, a, b], [light, red, yellow]] = [oklab(from), oklab(to)];
  return bytes([l + share * (light - l), a + share * (red - a), b + share * (yellow - b)]);
}

/** @param {number[]} colour */
const pixel = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/**
 * @param {(token: string) => string} token  the value of a custom property
 * @returns {Palette}
 */
export function palette(token) {
  const make = (/** @type {(share: number) => number[]} */ colour) => {
    const list = new Uint32Array(256);
    for (let index = FIRST; index <= LAST; index++) list[index] = pixel(colour((index - FIRST) / (LAST - FIRST)));
    list[ENDLESS] = pixel(mixed(token("--alarm"), token("--alarm"), 0));
    return list;
  };
  return {
    // A little above linear, as everywhere: on a range of ten a 1 has to look different from a 0.
    signed: make((share) => mixed(token("--signed-zero"), token(share < 0.5 ? "--signed-low" : "--signed-high"), Math.abs(2 * share - 1) ** 0.8)),
    gate: make((share) => mixed(token("--gate-shut"), token("--gate-open"), share)),
    gradient: make((share) => mixed(token("--gradient-zero"), token("--gradient-high"), share)),
  };
}

/**
 * Where a number stands on a scale: so far from its start, by the number or by its logarithm. Rounded off it is a colour's place, which
 * needs `held` where it is none. A picture has a hundred thousand numbers: what is the same for all is worked out here.
 * @param {Scale} scale
 * @param {number} bound  of signed values; of gradients the power of ten at which the scale ends
 * @returns {{start: number, slope: number, logarithmic: boolean}}
 */
export function line(scale, bound) {
  const long = LAST - FIRST;
  if (scale === "signed") return { start: MIDDLE + 0.5, slope: long / 2 / bound, logarithmic: false };
  if (scale === "gate") return { start: FIRST + 0.5, slope: long, logarithmic: false };
  return { start: FIRST + 0.5 + long * (1 - bound / DECADES), slope: (long * Math.LOG10E) / DECADES, logarithmic: true };
}

/** The place of what lies beyond the ends, and of what is no finite number. @param {number} place @param {number} value */
export function held(place, value) {
  if (value - value !== 0) return value !== value ? 0 : ENDLESS;
  return place < FIRST + 1 ? FIRST : Math.min(LAST, Math.floor(place));
}

/** @type {Map<string, Palette>} */
const made = new Map();

/** The palette of the theme in force, made once for each. @param {Document} document @returns {Palette} */
export function paletteOf(document) {
  const root = document.documentElement;
  const theme = root.dataset.theme ?? "";
  let found = made.get(theme);
  if (!found) {
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(root);
    made.set(theme, (found = palette((name) => style.getPropertyValue(name).trim())));
  }
  return found;
}

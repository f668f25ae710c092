/** How far a slider goes: bounds that are round, the next of which is taken when it is let go at its end. */

import { grain } from "./field.js";
import { number } from "./format.js";

const LADDER = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 1e4, 1e5, 1e6, 1e9, 1e12];
/** A slider's width, from one bound to the other, is a number too. */
const LARGEST = Number.MAX_VALUE / 2;

/** Twice what is held, and never so little that a small weight could not grow. @param {number} value */
export function sliderBound(value) {
  const wanted = Math.max(Math.abs(value) * 2, LADDER[1]);
  return LADDER.find((bound) => bound >= wanted) ?? Math.min(wanted, LARGEST);
}

/** @param {number} bound @param {number} factor  how many times as far it is to go at least */
export function nextBound(bound, factor) {
  return LADDER.find((candidate) => candidate >= bound * factor) ?? Math.min(bound * 10, LARGEST);
}

/** As many decimals as the slider can set, of what is not written with a power of ten. @param {number} held @param {number} bound */
export function digits(held, bound) {
  if (!(Math.abs(held) <= LADDER[LADDER.length - 1])) return number(held);
  const decimals = Math.max(0, Math.ceil(-Math.log10(grain(bound))));
  const short = held.toFixed(decimals);
  return Number(short) === held ? short.replace("-", "−") : number(held);
}

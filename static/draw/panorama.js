/** How a wide network divides its paper: time left to right, units top to bottom, each symbol a band. */

import { clamp } from "./scale.js";

/** @typedef {{address: string, kind: "memory" | "gate" | "value" | "input" | "gradient", units: number}} Request */
/** @typedef {Request & {y: number, height: number}} Band */

/** Pixels of a step at each zoom. */
export const ZOOMS = [1, 2, 3, 4, 6, 9, 14, 20, 30];
/** What is seen when nobody has chosen. */
export const USUAL = 4;
/** However few the steps, none is broader. */
const BROADEST = 120;

const WEIGHTS = { memory: 1.5, value: 1, gate: 0.9, input: 0.8, gradient: 1 };
const LEAST = 12;
const MOST = 3;
const GAP = 5;

/**
 * @param {Request[]} requests
 * @param {number} high
 * @returns {Band[]}
 */
export function bands(requests, high) {
  const room = high - GAP * (requests.length - 1);
  /** No unit is higher than a small box. @param {Request} one */
  const weight = ({ kind, units }) => WEIGHTS[kind] * Math.min(1, (units * MOST) / 24);
  const all = requests.reduce((sum, one) => sum + weight(one), 0);
  let y = 0;
  return requests.map((request) => {
    const height = Math.max(LEAST, Math.floor((room * weight(request)) / all));
    const band = { ...request, y, height };
    y += height + GAP;
    return band;
  });
}

/**
 * The steps in view.
 * @param {{width: number, steps: number, zoom: number, from: number}} what
 * @returns {{pitch: number, first: number, count: number}}
 */
export function inView({ width, steps, zoom, from }) {
  const pitch = clamp(Math.max(ZOOMS[zoom] ?? ZOOMS[USUAL], Math.min(BROADEST, width / steps)), 1, BROADEST);
  // Of steps that fill the width to the last pixel none is lost to the last digit of a quotient.
  const count = Math.max(1, Math.min(steps, Math.floor(width / pitch + 1e-9)));
  return { pitch, count, first: clamp(from, 1, steps - count + 1) };
}

/** Where the view has to begin for a step to be in it; the same if it is. @param {{first: number, count: number}} view @param {number} step @param {boolean} leftward */
export function following({ first, count }, step, leftward) {
  if (step >= first && step < first + count) return first;
  const margin = Math.floor(count / 8);
  return leftward ? step - count + 1 + margin : step - margin;
}

/**
 * @param {Band[]} list
 * @param {number} y
 * @returns {{band: Band, unit: number} | null}
 */
export function unitAt(list, y) {
  const band = list.find((one) => y >= one.y && y < one.y + one.height);
  return band ? { band, unit: clamp(Math.floor(((y - band.y) / band.height) * band.units), 0, band.units - 1) } : null;
}

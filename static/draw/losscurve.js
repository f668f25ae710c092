/** A loss that falls, update by update: on a canvas, as it is drawn anew in every frame while a network learns. */

import { layer } from "./layer.js";
import { clamp } from "./scale.js";

/** The losses at both edges; logarithmic where the lower one is above 0. @typedef {{low: number, top: number}} Axis */
/**
 * @typedef {object} LossCurve
 * @property {number[]} losses  before each update and after the last
 * @property {number} at  where the network stands on it; what lies beyond has been taken back
 * @property {number} from  where the newest press began
 * @property {Axis} scale
 * @property {number} last  the update at the right edge
 * @property {{line: string, beyond: string, axis: string}} colours
 * @property {{losses: number[], colour: string, dash: number[]}[]} [others]  of other networks, drawn below it
 */

const DOT = 4;
const START = 3;
const LINE = 2;
const SPREAD = 100;
/** A picture needs no more points than this. */
const POINTS = 1200;

/** The next of 1, 2, 5, 10 ... that is at least as large. @param {number} value @param {number} least */
export function roundAbove(value, least) {
  const wanted = Math.max(value, least);
  if (!Number.isFinite(wanted)) return least;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5, 10].find((factor) => wanted <= factor * power * (1 + 1e-9)) ?? 10) * power;
}

/** From 0 up; on a logarithmic scale where the largest is so many times the smallest. @param {number[]} losses @returns {Axis} */
export function lossAxis(losses) {
  let [least, most] = [Infinity, 0];
  for (const loss of losses) {
    if (loss > 0 && loss < least) least = loss;
    if (loss > most) most = loss;
  }
  const top = roundAbove(most, Number.MIN_VALUE);
  return { top, low: most > SPREAD * least ? 10 ** Math.floor(Math.log10(least)) : 0 };
}

/** How high a loss stands, from 0 to 1. @param {number} loss @param {Axis} scale */
export function heightOf(loss, { low, top }) {
  return clamp(low > 0 ? Math.log(Math.max(loss, low) / low) / Math.log(top / low) : loss / top, 0, 1);
}

/** Which of so many points are drawn: all, or evenly chosen ones with both ends. @param {number} from @param {number} to @returns {number[]} */
export function chosenPoints(from, to) {
  const step = Math.max(1, Math.ceil((to - from) / POINTS));
  const found = [];
  for (let at = from; at < to; at += step) found.push(at);
  return to >= from ? [...found, to] : [];
}

/** @param {Document} document */
export function lossCurve(document) {
  const { node, context, resize } = layer(document, "loss-curve");
  return {
    node,
    /** @param {LossCurve} curve @param {number} width @param {number} height */
    paint({ losses, at, from, scale, last, colours, others = [] }, width, height) {
      if (width < 1 || height < 1) return;
      resize(width, height);
      context.clearRect(0, 0, width, height);
      const x = (/** @type {number} */ update) => DOT + (update / last) * (width - 2 * DOT);
      const y = (/** @type {number} */ loss) => height - 1 - heightOf(loss, scale) * (height - DOT - 1);
      context.strokeStyle = colours.axis;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(0, height - 0.5);
      context.lineTo(width, height - 0.5);
      context.stroke();
      const way = (/** @type {number} */ first, /** @type {number} */ end, /** @type {string} */ colour, own = losses) => {
        const points = chosenPoints(first, end).filter((point) => !Number.isNaN(own[point]));
        if (points.length < 2) return;
        context.strokeStyle = colour;
        context.lineWidth = LINE;
        context.lineJoin = "round";
        context.beginPath();
        points.forEach((point, index) => context[index === 0 ? "moveTo" : "lineTo"](x(point), y(own[point])));
        context.stroke();
      };
      const dot = (/** @type {number} */ update, /** @type {number} */ size) => {
        if (losses[update] === undefined) return;
        context.fillStyle = colours.line;
        context.beginPath();
        context.arc(x(update), y(losses[update]), size, 0, 2 * Math.PI);
        context.fill();
      };
      for (const { losses: own, colour, dash } of others) {
        context.setLineDash(dash);
        way(at, own.length - 1, colours.beyond, own);
        way(0, Math.min(at, own.length - 1), colour, own);
      }
      context.setLineDash([]);
      way(at, losses.length - 1, colours.beyond);
      way(0, at, colours.line);
      if (from < at) dot(from, START);
      dot(at, DOT);
    },
  };
}

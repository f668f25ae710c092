/** Numbers over updates, several runs over each other, on a canvas: what each batch said thin, held-out sequences thick, levels to reach dashed. */

import { linear, ticks } from "./axis.js";
import { brief, tenTo } from "./format.js";

/** @typedef {{colour: string, dash: number[], thin: ArrayLike<number>, thick: {at: number, value: number}[]}} Line  `thin`: one number for each update, from the first */
/** @typedef {{value: number, text: string}} Level */
/** @typedef {{low: number, high: number, log: boolean}} Range */
/**
 * @typedef {object} Chart
 * @property {Line[]} lines
 * @property {Level[]} levels
 * @property {Range} range
 * @property {number} most  updates, at the right edge
 * @property {number | null} pointed  an update
 * @property {number} [wide]  of thick lines, where they are many
 * @property {number} [left]  what the upward axis's marks have room for
 * @property {{ink: string, muted: string, line: string, ground: string, font: string}} style
 */

export const EDGE = { left: 52, right: 10, top: 8, bottom: 24 };
const THIN = { width: 1, alpha: 0.38 };
const THICK = 2.2;
/** A logarithmic axis covers no more than this, and ends so far above the levels, or where there are none at a million: what explodes runs out of the picture. */
const DECADES = 8;
const ABOVE = 1000;
const MOST = 1e6;

/**
 * Where the axis begins and ends: round numbers, so that it seldom changes. On a linear one what is far above all else runs out of the picture.
 * @param {Line[]} lines @param {Level[]} levels @param {boolean} log @returns {Range}
 */
export function rangeOf(lines, levels, log) {
  let [low, high] = [Infinity, 0];
  const see = (/** @type {number} */ value) => {
    if (!(value > 0) || value === Infinity) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { value } of levels) see(value);
  for (const { thick } of lines) for (const { value } of thick) see(value);
  if (log || high === 0) {
    for (const { thin } of lines) for (let at = 0; at < thin.length; at++) see(thin[at]);
  }
  if (high === 0) return log ? { low: 0.1, high: 1, log } : { low: 0, high: 1, log };
  if (!log) return { low: 0, high: above(high * 1.1), log };
  const most = levels.length > 0 ? ABOVE * Math.max(...levels.map(({ value }) => value)) : MOST;
  const top = 10 ** Math.ceil(Math.log10(Math.min(high, Math.max(most, low))) - 1e-9);
  return { low: Math.max(10 ** Math.floor(Math.log10(low) + 1e-9), top / 10 ** DECADES), high: top === low ? top * 10 : top, log };
}

/** 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten. @param {number} value */
function above(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= value * (1 - 1e-9)) ?? 10);
}

/** Where numbers lie on the picture. @param {Pick<Chart, "range" | "most" | "left">} chart @param {number} width @param {number} height */
export function places({ range, most, left = EDGE.left }, width, height) {
  const across = linear([0, Math.max(1, most)], [left, width - EDGE.right]);
  const bounds = /** @type {[number, number]} */ ([height - EDGE.bottom, EDGE.top]);
  const { low, high, log } = range;
  const up = log ? linear([Math.log10(low), Math.log10(high)], bounds) : linear([low, high], bounds);
  return {
    x: across,
    y: (/** @type {number} */ value) => up(log ? Math.log10(Math.max(value, low / 10)) : value),
    /** The update under a place. @param {number} x */
    update: (x) => Math.round(((x - left) / Math.max(1, width - left - EDGE.right)) * most),
  };
}

/** A name of a level is so high, and stands so far above or below it. */
const NAME = { half: 8, away: 10, below: 11 };

/** Where the name of a level has its middle. @param {number} y  of the level @param {number} height */
function nameAt(y, height) {
  return y - NAME.away < EDGE.top + NAME.half ? y + NAME.below : Math.min(height - EDGE.bottom - NAME.away, y - NAME.away);
}

/** The middle of the highest stretch without a level and its name: words in a picture that is still empty have room there. @param {Pick<Chart, "levels" | "range" | "most">} chart @param {number} width @param {number} height */
export function clearing(chart, width, height) {
  const { y } = places(chart, width, height);
  const taken = chart.levels.map(({ value }) => [y(value), nameAt(y(value), height)]).map(([at, name]) => [Math.min(at, name - NAME.half), Math.max(at, name + NAME.half)]);
  const edges = [[0, EDGE.top], ...taken.sort(([a], [b]) => a - b), [height - EDGE.bottom, height]];
  const free = edges.slice(1).map(([below], at) => [edges[at][1], below]);
  const [from, to] = free.reduce((best, each) => (each[1] - each[0] > best[1] - best[0] ? each : best));
  return (from + to) / 2;
}

/** Marks of the upward axis. @param {Range} range @param {number} room  pixels @returns {{value: number, text: string}[]} */
export function marks({ low, high, log }, room) {
  if (!log) return ticks(low, high, Math.max(2, Math.floor(room / 44))).map((value) => ({ value, text: brief(Number(value.toPrecision(6))) }));
  const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const every = Math.max(1, Math.ceil(((last - first) * 22) / Math.max(1, room)));
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((exponent) => (exponent - first) % every === 0)
    .map((exponent) => ({ value: 10 ** exponent, text: exponent >= -3 && exponent <= 3 ? brief(10 ** exponent) : tenTo(exponent) }));
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {number} width @param {number} height */
export function paintCurves(context, chart, width, height) {
  const { lines, levels, range, most, pointed, style, wide = THICK, left = EDGE.left } = chart;
  const { x, y } = places(chart, width, height);
  context.clearRect(0, 0, width, height);
  context.font = style.font;
  context.lineJoin = "round";
  frame();
  context.save();
  context.beginPath();
  context.rect(left, EDGE.top, width - left - EDGE.right, height - EDGE.top - EDGE.bottom);
  context.clip();
  for (const line of lines) paintThin(context, line, x, y, width);
  for (const level of levels) rule(level);
  for (const { thick, colour, dash } of lines) {
    context.setLineDash(dash);
    stroke(colour, wide, thick.map(({ at, value }) => [x(at), y(value)]));
  }
  context.setLineDash([]);
  if (pointed !== null) stroke(style.muted, 1, [[x(pointed), EDGE.top], [x(pointed), height - EDGE.bottom]]);
  context.restore();
  label();

  function frame() {
    context.fillStyle = style.muted;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const { value, text } of marks(range, height - EDGE.top - EDGE.bottom)) {
      const at = Math.round(y(value)) + 0.5;
      stroke(style.line, 1, [[left, at], [width - EDGE.right, at]]);
      context.fillText(text, left - 8, at);
    }
    context.textBaseline = "alphabetic";
    const steps = ticks(0, most, Math.max(2, Math.floor(width / 110))).filter(Number.isInteger);
    for (const value of steps) {
      context.textAlign = value === 0 ? "left" : x(value) > width - EDGE.right - 20 ? "right" : "center";
      context.fillText(brief(value), x(value), height - 6);
    }
  }
  /** @param {Level} level */
  function rule({ value }) {
    context.setLineDash([2, 4]);
    stroke(style.ink, 1.2, [[left, y(value)], [width - EDGE.right, y(value)]]);
    context.setLineDash([]);
  }
  /** Names of the levels, on a ground of their own: nothing runs through a word. */
  function label() {
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const { value, text } of levels) {
      const at = nameAt(y(value), height);
      const wide = context.measureText(text)?.width ?? 0;
      context.fillStyle = style.ground;
      context.globalAlpha = 0.86;
      context.fillRect(width - EDGE.right - 8 - wide, at - NAME.half, wide + 8, 2 * NAME.half);
      context.globalAlpha = 1;
      context.fillStyle = style.ink;
      context.fillText(text, width - EDGE.right - 4, at);
    }
  }
  /** @param {string} colour @param {number} width @param {number[][]} points */
  function stroke(colour, width, points) {
    if (points.length === 0) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    points.forEach(([px, py], at) => (at === 0 ? context.moveTo(px, py) : context.lineTo(px, py)));
    // A single measurement is a dot.
    if (points.length === 1) context.lineTo(points[0][0] + 0.1, points[0][1]);
    context.stroke();
  }
}

/**
 * Where there are more updates than pixels, each column shows from the least to the largest of its own.
 * @param {CanvasRenderingContext2D} context @param {Line} line @param {(at: number) => number} x @param {(value: number) => number} y @param {number} width
 */
function paintThin(context, { thin, colour }, x, y, width) {
  context.strokeStyle = colour;
  context.lineWidth = THIN.width;
  context.globalAlpha = THIN.alpha;
  context.beginPath();
  let pen = false;
  for (const [at, low, high] of columns(thin, Math.max(1, Math.floor(width)))) {
    if (!Number.isFinite(low)) pen = false;
    else {
      if (pen) context.lineTo(x(at), y(low));
      else context.moveTo(x(at), y(low));
      if (high !== low) context.lineTo(x(at), y(high));
      pen = true;
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** At most so many columns: an update, and the least and the largest number around it. @param {ArrayLike<number>} list @param {number} most @returns {[number, number, number][]} */
export function columns(list, most) {
  const each = Math.max(1, Math.ceil(list.length / most));
  /** @type {[number, number, number][]} */
  const found = [];
  for (let first = 0; first < list.length; first += each) {
    let [low, high] = [NaN, NaN];
    for (let at = first; at < Math.min(list.length, first + each); at++) {
      const value = list[at];
      if (!Number.isFinite(value)) continue;
      if (!(value >= low)) low = value;
      if (!(value <= high)) high = value;
    }
    found.push([first + 1, low, high]);
  }
  return found;
}

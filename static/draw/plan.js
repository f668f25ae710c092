/**
 * How the strip divides its paper: time left to right, units top to bottom.
 */

import { CROWDED } from "./heat.js";
import { typeFor } from "./slots.js";

/** @typedef {"value" | "memory" | "gate" | "input" | "gradient" | "loss" | "reach" | "target" | "cost"} Kind */
/**
 * @typedef {object} RowRequest
 * @property {string} address
 * @property {Kind} kind
 * @property {number} units
 * @property {string} layer
 * @property {boolean} [reverse]  its layer reads the steps from the last to the first
 * @property {boolean} [headed]  the layer's name stands above it
 * @property {boolean} [spare]  it leaves where that helps the others to be seen
 */
/** @typedef {RowRequest & {y: number, height: number, size: import("./slots.js").Size}} Row */
/**
 * @typedef {object} Plan
 * @property {Row[]} rows
 * @property {{layer: string, y: number}[]} heads  where the names of layers stand
 * @property {number} left  where the first step begins
 * @property {number} pitch  from one step to the next
 * @property {number} width  of one step
 * @property {number} bottom  below the last row
 * @property {number} full  width of all steps
 */

/** Unit heights and sizes of type, by how many units share a row: one, up to four, up to eight, up to sixteen. */
const HEIGHTS = /** @type {Record<Kind, [number, number][]>} */ ({
  value: [[30, 14], [20, 12], [15, 10.5], [7, 0]],
  memory: [[46, 18], [22, 13], [16, 11], [8, 0]],
  gate: [[18, 11], [15, 10.5], [9, 0], [6, 0]],
  input: [[28, 13.5], [20, 12.5], [15, 10.5], [7, 0]],
  gradient: [[26, 12.5], [16, 10.5], [12, 0], [6, 0]],
  loss: [],
  reach: [],
  target: [],
  cost: [],
});
/** Of five to sixteen, these have digits where there is room for all of them; else what is remembered has them, and what is given. @type {{kinds: Kind[], lowest: number}[]} `lowest`: the scale down to which bars make room for them */
const READ = [{ kinds: ["value", "memory", "input"], lowest: 0.46 }, { kinds: ["memory", "input"], lowest: 0.26 }];
/** Rows of words keep their height: digits get no smaller than they are. */
const LOSS = 22;
/** @type {Partial<Record<Kind, number>>} */
const FIXED = { loss: LOSS, reach: 22, target: 24, cost: 26 };
/** What the name of a layer takes. */
export const HEAD = 22;
/** Whatever their number, many units together are this high. */
const CROWD = 88;

/** The smallest digits, and how much higher than its digits a box has to be. */
const SMALLEST = 10.5;
const AIR = 1.5;
/** Digits are no larger than leaves room for these: read as 1, a 0.96 is not what the words speak of. */
const TOLD = "−0.00";

/** The strip is drawn at the first of these scales at which it leaves the cell its room; where the page scrolls, not below the last easy one. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.62, 0.54, 0.46, 0.38, 0.32, 0.26, 0.2];

/** Below these scales units stand closer. */
const [EASY, DENSE] = [0.6, 0.35];

/** Alone on the stage it is drawn at the first of these that fits, if its columns are broad enough for digits of that size; else as beside a cell. */
const LARGE = [1.8, 1.6, 1.4, 1.2];
const BROAD = 50;
/** Digits on a wall are no smaller, before it magnifies them; around them boxes may be as close as the first of the scales. */
const FROM_AFAR = 12.5;
const CLOSER = 2;

const STUB = 30;
/** The frame around several units of a memory, which the next row would cover. */
const SHELL = 5;
/** How much of a step its column fills. */
const SHARE = 0.815;
const WIDEST = 240;
/** Below the first of these steps are scrolled; down to the second they are not, if all of them are seen then. */
const [NARROWEST, CLOSEST] = [48, 43];
const FRAME = 8;
const TOP = 14;
/** Below the rows: the number of the step. */
export const FOOT = 36;

/** @param {number} units */
function density(units) {
  return units <= 1 ? 0 : units <= 4 ? 1 : units <= 8 ? 2 : 3;
}

/** Whether digits ask for more than its usual height. @param {{kind: Kind, units: number}} row */
const isTight = ({ kind, units }) => READ[0].kinds.includes(kind) && density(units) === 3 && units < CROWDED;

/**
 * @param {Kind} kind
 * @param {number} units
 * @param {number} width
 * @param {number} scale
 * @param {number} smallest  of all digits
 * @param {Kind[]} read  what is no lower than its digits
 * @returns {import("./slots.js").Size}
 */
function sizeOf(kind, units, width, scale, smallest, read) {
  const fixed = FIXED[kind];
  if (fixed) return { width, height: fixed, gap: 0, units: 1, type: SMALLEST };
  if (units >= CROWDED) return { width, height: Math.max(1, (CROWD * scale) / units), gap: 0, units, type: 0 };
  const least = read.includes(kind) ? Math.ceil(smallest + AIR) : 0;
  const [height, type] = least && isTight({ kind, units }) ? [least, smallest] : HEIGHTS[kind][density(units)];
  const scaled = Math.max(least, Math.round(height * scale));
  const digits = type && Math.max(smallest, Math.min(type * (scale < 1 ? 0.9 : scale), scaled - AIR, typeFor(width, TOLD)));
  return { width, height: scaled, gap: scale < DENSE ? 0.5 : units > 8 || scale < EASY ? 1 : 2, units, type: digits + AIR > scaled ? 0 : digits };
}

/**
 * @param {RowRequest[]} requests
 * @param {{room: number, high: number, steps: number, large: boolean, scrolls?: boolean, wall?: boolean, tall?: number}} paper
 *   `large`: the strip has the stage for itself; `scrolls`: what does not fit is scrolled to; `wall`: digits are read from afar; `tall`: what can be seen there at all
 * @returns {Plan}
 */
export function plan(requests, { room, high, steps, large, scrolls = false, wall = false, tall = Infinity }) {
  if (requests.some(isTight)) {
    const read = [...(large ? LARGE : []), 1].map((scale) => ({ scale, one: scaled(requests, room, steps, scale, wall ? FROM_AFAR : SMALLEST, READ[0].kinds) }));
    const fits = read.find(({ scale, one }) => one.bottom + FOOT <= high && (scale === 1 || one.width >= BROAD * scale));
    if (fits) return fits.one;
  }
  if (large) {
    const fits = LARGE.map((scale) => ({ scale, one: scaled(requests, room, steps, scale) })).find(({ scale, one }) => one.bottom + FOOT <= high && one.width >= BROAD * scale);
    if (fits) return fits.one;
    if (wall) {
      const lower = SCALES.map((scale) => scaled(requests, room, steps, scale, FROM_AFAR));
      const closer = lower.slice(0, CLOSER).find(({ bottom }) => bottom + FOOT <= high);
      if (closer) return closer;
      const least = scaled(requests, room, steps, 1);
      const last = isRead(least) ? least : scaled(requests, room, steps, LARGE[LARGE.length - 1]);
      // Nobody scrolls a wall, and what the words speak of may stand lowest: closer while digits can be read, then rather bars without them than none of it.
      const seen = [last, ...lower].filter(({ bottom }) => bottom + FOOT <= tall);
      return seen.find(isRead) ?? seen[0] ?? last;
    }
  }
  const scales = SCALES.filter((scale) => !scrolls || scale >= EASY);
  // What has digits keeps them as long as what has none can become lower.
  for (const { kinds, lowest } of [...(wall ? [] : READ), ...(scrolls ? [] : [{ kinds: [], lowest: 0 }])]) {
    for (const scale of scales.filter((one) => one >= lowest)) {
      const one = scaled(requests, room, steps, scale, SMALLEST, kinds);
      if (one.bottom + FOOT <= high) return one;
    }
  }
  return scaled(requests, room, steps, scales[scales.length - 1], SMALLEST, scrolls ? READ[READ.length - 1].kinds : []);
}

/** Whether all its digits can be read from afar. @param {Plan} plan */
function isRead({ rows }) {
  return rows.every(({ kind, size }) => kind in FIXED || size.type >= FROM_AFAR);
}

/**
 * @param {RowRequest[]} requests
 * @param {number} room
 * @param {number} steps
 * @param {number} scale
 * @param {number} [smallest]
 * @param {Kind[]} [read]
 * @returns {Plan}
 */
function scaled(requests, room, steps, scale, smallest = SMALLEST, read = []) {
  // Where a memory starts, at the left end or, reading backward, at the right one.
  const end = requests.some(({ kind, reverse }) => kind === "memory" && reverse) ? STUB : FRAME + 4;
  const whole = Math.floor((room - STUB - end - 1) / (steps - 1 + SHARE));
  const scrolled = whole < CLOSEST;
  // The last of many steps stand at the right as many as there is room for: none is cut at the left.
  const seen = Math.max(1, Math.floor((room - end) / NARROWEST));
  const pitch = scrolled ? Math.max(NARROWEST, Math.floor((room - end) / seen)) : Math.min(WIDEST, whole);
  const width = Math.round(pitch * SHARE);
  const right = scrolled ? Math.max(end, room - seen * pitch + Math.round((pitch - width) / 2)) : end;
  let y = TOP;
  /** @type {RowRequest | null} */
  let above = null;
  /** @type {Plan["heads"]} */
  const heads = [];
  const rows = requests.filter(({ kind }) => kind !== "loss").map((request) => {
    if (above) y += Math.max(gapBetween(above, request) * scale, !request.headed && [above, request].some(shelled) ? SHELL : 0);
    if (request.headed) {
      if (!above) y = FRAME / 2;
      heads.push({ layer: request.layer, y: Math.round(y) });
      y += HEAD;
    }
    const size = sizeOf(request.kind, request.units, width, scale, smallest, read);
    const height = size.units * size.height + (size.units - 1) * size.gap;
    const row = { ...request, y: Math.round(y), height, size };
    y = row.y + height;
    above = request;
    return row;
  });
  // Where the error enters is chosen beside the number of the step.
  rows.push(...requests.filter(({ kind }) => kind === "loss").map((request) => ({ ...request, y: y + FOOT - LOSS, height: LOSS, size: sizeOf("loss", 1, width, scale, smallest, read) })));
  return { rows, heads, left: STUB, pitch, width, bottom: y, full: STUB + steps * pitch - (pitch - width) + right };
}

/** Whether a frame goes around the row. @param {RowRequest} row */
function shelled({ kind, units }) {
  return kind === "memory" && units > 1;
}

/**
 * @param {RowRequest} above
 * @param {RowRequest} below
 */
function gapBetween(above, below) {
  if (below.kind === "reach" || below.kind === "cost") return 4;
  if (below.headed) return 4;
  if (below.kind === "gradient") return above.kind === "gradient" ? 10 : 18;
  if (above.layer !== below.layer && below.kind !== "input") return 22;
  if (below.kind === "input") return 14;
  return above.kind === "gate" && below.kind === "gate" ? 6 : 10;
}

/**
 * @param {Plan} plan
 * @param {number} step  from 1
 */
export function leftOf(plan, step) {
  return plan.left + (step - 1) * plan.pitch;
}

/**
 * Where a strip that is scrolled at least so far cuts no step at its left.
 * @param {Plan} plan
 * @param {number} x
 */
export function uncut({ left, pitch, width }, x) {
  const edge = left - Math.round((pitch - width) / 2);
  return x < left ? 0 : edge + Math.ceil((x - edge) / pitch) * pitch;
}

/**
 * @param {Plan} plan
 * @param {number} x
 * @param {number} steps
 */
export function stepAt(plan, x, steps) {
  const gap = (plan.pitch - plan.width) / 2;
  return Math.min(steps, Math.max(1, Math.floor((x - plan.left + gap) / plan.pitch) + 1));
}

/**
 * The row at a height and the unit of it that is nearest: between two units there is a gap that nobody aims at.
 * @param {Plan} plan
 * @param {number} y
 */
export function unitAt({ rows }, y) {
  const row = rows.find((one) => y >= one.y && y <= one.y + one.height);
  if (!row) return null;
  const { height, gap, units } = row.size;
  return { row, unit: Math.max(0, Math.min(units - 1, Math.floor((y - row.y + gap / 2) / (height + gap)))) };
}

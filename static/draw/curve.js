/** A small chart with a column for each step, in which a curve is drawn by hand and compared with the true one. It knows nothing of what the numbers mean. */

import { linear } from "./axis.js";
import { replace, set, svg } from "./dom.js";
import { brief } from "./format.js";
import { clamp } from "./scale.js";

/** @typedef {(number | null | undefined)[]} Points  by step, the first one first; null: no point there */
/**
 * @typedef {object} CurvePaint
 * @property {number} width
 * @property {number} height
 * @property {number} type  height of the letters
 * @property {[number, number]} range  the lowest and the highest value
 * @property {number} steps
 * @property {number} first  the first step that is drawn
 * @property {number} last
 * @property {number | null} chosen  the step that keys act on
 * @property {Points} drawn  with the given points on which it begins
 * @property {Points} truth  what is not to be seen is left out
 * @property {number | null} apart  the step where the two differ most
 */

/** A column is so much narrower than its step, as far as there is room. */
const GAP = 3;
/** From this width of a step on every point is a dot. */
const DOTS = 7;
/** Digits are so much narrower than high. */
const DIGIT = 0.62;

/** @param {Document} document @param {string} role  of what is drawn; the colour of the true curve */
export function curve(document, role) {
  const columns = svg(document, "g", { class: "curve-columns" });
  const zero = svg(document, "path", { class: "curve-zero" });
  const marks = svg(document, "g", { class: "curve-marks", "aria-hidden": "true" });
  const apart = svg(document, "path", { class: "curve-apart" });
  const truth = line(document, "truth");
  const own = line(document, "own");
  const node = svg(document, "svg", { class: "curve-chart", "data-role": role }, columns, zero, marks, apart, truth.node, own.node);
  let left = 0;
  let pitch = 1;
  let scale = linear([0, 1], [1, 0]);
  let back = linear([1, 0], [0, 1]);
  /** @type {CurvePaint | null} */
  let shown = null;

  return {
    node,
    /** @param {CurvePaint} paint */
    paint(paint) {
      shown = paint;
      const { width, height, type, range, steps, first, last, chosen } = paint;
      const labels = range.map(brief);
      left = Math.max(...labels.map((text) => text.length)) * type * DIGIT + 6;
      pitch = Math.max(1, width - left) / steps;
      const [top, bottom] = [type * 0.7, height - type * 1.7];
      scale = linear(range, [bottom, top]);
      back = linear([bottom, top], range);
      set(node, "width", width);
      set(node, "height", height);
      const gap = Math.min(GAP, pitch / 4);
      replace(columns, ...Array.from({ length: steps }, (_, index) => svg(document, "rect", {
        class: index + 1 < first || index + 1 > last ? "curve-column is-given" : index + 1 === chosen ? "curve-column is-chosen" : "curve-column",
        x: left + index * pitch + gap / 2, y: top - type * 0.4, width: pitch - gap, height: bottom - top + type * 0.8, rx: Math.min(5, pitch / 4),
      })));
      set(zero, "d", range[0] < 0 && range[1] > 0 ? `M${left} ${scale(0)}H${width}` : "");
      replace(marks,
        ...[...new Map([range[1], range[0] < 0 && range[1] > 0 ? 0 : range[0], range[0]].map((value) => [brief(value), value]))].map(([text, value]) =>
          svg(document, "text", { class: "curve-mark", x: left - 5, y: scale(value) + type * 0.36, "text-anchor": "end", text })),
        ...Array.from({ length: steps }, (_, index) => index + 1).filter((step) => isNumbered(step, steps, pitch, type)).map((step) =>
          svg(document, "text", { class: step === chosen ? "curve-mark is-chosen" : "curve-mark", x: numberAt(step, width, type), y: height - type * 0.25, "text-anchor": "middle", text: String(step) })));
      truth.paint(paint.truth, place, pitch, () => true);
      own.paint(paint.drawn, place, pitch, (step) => step >= first && step <= last);
      const [from, to] = [paint.drawn, paint.truth].map((points) => (paint.apart === null ? null : points[paint.apart - 1]));
      set(apart, "d", typeof from === "number" && typeof to === "number" ? `M${middle(paint.apart ?? 1)} ${level(from)}V${level(to)}` : "");
    },
    /** The step and the value under a point of the chart. @param {number} x @param {number} y */
    at(x, y) {
      const { steps, range } = shown ?? { steps: 1, range: /** @type {[number, number]} */ ([0, 1]) };
      return { step: clamp(Math.floor((x - left) / pitch) + 1, 1, steps), value: clamp(back(y), ...range) };
    },
  };

  /** @param {number} step */
  function middle(step) {
    return left + (step - 0.5) * pitch;
  }

  /** The last number is not cut by the chart's edge. @param {number} step @param {number} width @param {number} type */
  function numberAt(step, width, type) {
    return Math.min(middle(step), width - (String(step).length * type * DIGIT) / 2);
  }

  /** What lies outside of the chart is held at its edge. @param {number} value */
  function level(value) {
    const range = shown?.range ?? [0, 1];
    return scale(clamp(value, range[0], range[1]));
  }

  /** @param {number} step @param {number} value @returns {[number, number]} */
  function place(step, value) {
    return [middle(step), level(value)];
  }
}

/** @param {Document} document @param {"own" | "truth"} kind */
function line(document, kind) {
  const path = svg(document, "path", { class: "curve-line" });
  const dots = svg(document, "g");
  const node = svg(document, "g", { class: `curve-${kind}` }, path, dots);
  return {
    node,
    /**
     * @param {Points} points @param {(step: number, value: number) => [number, number]} place @param {number} pitch
     * @param {(step: number) => boolean} dotted
     */
    paint(points, place, pitch, dotted) {
      const placed = points.map((value, index) => (typeof value === "number" ? place(index + 1, value) : null));
      let d = "";
      placed.forEach((at, index) => {
        if (at) d += `${placed[index - 1] ? "L" : "M"}${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
      });
      set(path, "d", d);
      const size = pitch >= 2 * DOTS ? 4 : 3;
      const wanted = placed.flatMap((at, index) => (at && dotted(index + 1) && (pitch >= DOTS || !(placed[index - 1] || placed[index + 1])) ? [at] : []));
      replace(dots, ...wanted.map(([cx, cy]) => svg(document, "circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: size })));
    },
  };
}

/** Whether there is room for a step's number. @param {number} step @param {number} steps @param {number} pitch @param {number} type */
function isNumbered(step, steps, pitch, type) {
  const room = String(steps).length * type * DIGIT + 5;
  if (pitch >= room) return true;
  const every = [2, 5, 10, 20, 50].find((count) => count * pitch >= room) ?? 100;
  return step === 1 ? every * pitch >= 2 * room || every > 2 : step % every === 0;
}

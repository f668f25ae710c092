/** An error surface seen from above: colours and lines of a map on a canvas; over it where the network is and the way down. */

import { beside } from "./beside.js";
import { contour } from "./contour.js";
import { element, set, setText, svg, toggle } from "./dom.js";
import { layer } from "./layer.js";
import { shadeLosses } from "./lossscale.js";

/** A place as shares of the picture, from its lower left corner. @typedef {{x: number, y: number}} Spot */
/** Downhill, as a direction on the screen; lengths in pixels. `clipped` null: not clipped. @typedef {{x: number, y: number, length: number, clipped: number | null, text: string}} Arrow */
/**
 * @typedef {object} Scene
 * @property {Float64Array} losses  row by row, the lowest first; empty: not known yet
 * @property {number} side
 * @property {import("./lossscale.js").LossScale} scale
 * @property {number[][]} colours
 * @property {string} line  the colour of the lines
 * @property {Spot} point
 * @property {Spot[]} path  beginning with the point
 * @property {number} thrown  after which of them the way leaves the picture, -1: it does not
 * @property {Arrow | null} arrow
 * @property {Spot | null} pointed
 */

const POINT = 6;
const STEP = 2.4;
const HEAD = 7;
/** So far outside is far enough for a line that leaves the picture. */
const FAR = 20;
/** From the middle to the edge; what is rounded may lie a little beyond. */
const HALF = 0.5 + 1e-9;

/** @param {Document} document */
export function surfaceField(document) {
  const base = layer(document, "surface-picture");
  const small = element(document, "canvas");
  const way = svg(document, "polyline", { class: "surface-way" });
  const steps = svg(document, "g", { class: "surface-steps" });
  const out = svg(document, "g", { class: "surface-out" }, svg(document, "path", { d: "M-6 -6L6 6M-6 6L6 -6" }));
  const whole = svg(document, "path", { class: "surface-gradient is-whole" });
  const clipped = svg(document, "path", { class: "surface-gradient" });
  const norm = svg(document, "text", { class: "surface-norm" });
  const across = svg(document, "path", { class: "surface-cross" });
  const here = svg(document, "circle", { class: "surface-here", r: POINT });
  // The way lies over the arrow at its beginning, which may be longer than all of it.
  const over = svg(document, "svg", { class: "surface-over", "aria-hidden": "true" }, across, whole, clipped, way, steps, out, norm);
  // On the very edge of the picture the whole mark is seen.
  const top = svg(document, "svg", { class: "surface-over is-top", "aria-hidden": "true" }, here);
  const node = element(document, "div", { class: "surface-field", tabindex: "0", role: "application" }, base.node, over, top);
  /** @type {unknown[]} */
  let painted = [];

  /** @param {Scene} scene @param {number} width @param {number} height */
  function paintMap({ losses, side, scale, colours, line }, width, height) {
    const sized = base.resize(width, height);
    // The same losses have other colours as soon as those of another network beside them are known.
    const now = [losses, scale, colours, line];
    if (!sized && now.every((value, at) => value === painted[at])) return;
    painted = now;
    small.width = side;
    small.height = losses.length / side;
    const brush = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
    const pixels = brush.createImageData(small.width, small.height);
    shadeLosses(losses, side, scale, colours, pixels.data);
    brush.putImageData(pixels, 0, 0);
    const { context } = base;
    // Points of the grid lie on the edges of the picture: half a pixel of the small one lies outside on every side.
    const [dx, dy] = [width / (side - 1), height / (small.height - 1)];
    context.imageSmoothingEnabled = true;
    context.drawImage(small, -dx / 2, -dy / 2, width + dx, height + dy);
    context.strokeStyle = line;
    context.lineWidth = 0.8;
    context.beginPath();
    for (const level of scale.levels) {
      const pieces = contour(losses, side, level);
      for (let at = 0; at < pieces.length; at += 4) {
        context.moveTo(pieces[at] * dx, height - pieces[at + 1] * dy);
        context.lineTo(pieces[at + 2] * dx, height - pieces[at + 3] * dy);
      }
    }
    context.stroke();
  }

  return {
    node,
    /** @param {Scene} scene @param {number} width @param {number} height */
    paint(scene, width, height) {
      if (width < 1 || height < 1) return;
      // Before the first row has come there is a place for it, and no colour that would say something.
      toggle(base.node, "is-empty", scene.losses.length === 0);
      if (scene.losses.length > 0) paintMap(scene, width, height);
      for (const each of [over, top]) set(each, "viewBox", `0 0 ${width} ${height}`);
      const placed = (/** @type {Spot} */ { x, y }) => /** @type {[number, number]} */ ([clampFar(x) * width, height - clampFar(y) * height]);
      const [x, y] = placed(scene.point);
      set(here, "cx", x.toFixed(1));
      set(here, "cy", y.toFixed(1));
      toggle(here, "is-outside", Math.abs(scene.point.x - 0.5) > HALF || Math.abs(scene.point.y - 0.5) > HALF);
      const spots = scene.path.map(placed);
      set(way, "points", spots.map((spot) => spot.map((part) => part.toFixed(1)).join()).join(" "));
      steps.replaceChildren(...spots.slice(1).map(([cx, cy]) => svg(document, "circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: STEP })));
      toggle(out, "is-shown", scene.thrown >= 0);
      if (scene.thrown >= 0) set(out, "transform", `translate(${spots[scene.thrown].map((part) => part.toFixed(1)).join()})`);
      const { arrow, pointed } = scene;
      set(whole, "d", arrow && arrow.clipped !== null ? drawn([x, y], arrow, arrow.length) : null);
      set(clipped, "d", arrow ? drawn([x, y], arrow, arrow.clipped ?? arrow.length) : null);
      setText(norm, arrow?.text ?? "");
      if (arrow) {
        const tip = /** @type {[number, number]} */ ([x + arrow.x * arrow.length, y + arrow.y * arrow.length]);
        const place = beside([x, y], tip, spots.slice(1), norm.getComputedTextLength?.() ?? 0, width, height);
        set(norm, "x", place.x.toFixed(1));
        set(norm, "y", place.y.toFixed(1));
        set(norm, "text-anchor", place.anchor);
      }
      set(across, "d", pointed ? `M0 ${(height - pointed.y * height).toFixed(1)}H${width}M${(pointed.x * width).toFixed(1)} 0V${height}` : null);
    },
    /** The place under the pointer. @param {{clientX: number, clientY: number}} event @returns {Spot} */
    spot({ clientX, clientY }) {
      const box = node.getBoundingClientRect();
      return { x: (clientX - box.left) / box.width, y: 1 - (clientY - box.top) / box.height };
    },
  };
}

/** @param {number} share */
function clampFar(share) {
  return Math.max(-FAR, Math.min(FAR, share));
}

/** @param {number[]} from @param {Arrow} direction @param {number} length */
function drawn([x, y], { x: dx, y: dy }, length) {
  const [tipX, tipY] = [x + dx * length, y + dy * length];
  const barb = (/** @type {number} */ side) => `${(tipX - HEAD * (dx + side * dy * 0.6)).toFixed(1)} ${(tipY - HEAD * (dy - side * dx * 0.6)).toFixed(1)}`;
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${tipX.toFixed(1)} ${tipY.toFixed(1)}M${barb(1)}L${tipX.toFixed(1)} ${tipY.toFixed(1)}L${barb(-1)}`;
}

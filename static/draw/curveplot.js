/** Curves in a frame, or in several frames beside each other that share their scales, on a canvas. */

import { length } from "./format.js";
import { layer } from "./layer.js";

/** @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>, colour: string, dash: number[], name: string, dots?: boolean}} Line */
/**
 * @typedef {object} Plot
 * @property {string} title
 * @property {string} note  what stands behind the title
 * @property {[number, number]} across  what lies at the left and at the right edge
 * @property {{at: number, text: string}[]} below  marks under the frame
 * @property {string} label  under the frame
 * @property {import("./curvescale.js").CurveScale} scale
 * @property {Line[]} lines
 * @property {number | null} here  where across a line stands
 * @property {{x: number, y: number, colour: string}[]} points
 */
/** @typedef {{plots: Plot[], columns: number, ink: string, muted: string, grid: string, alarm: string, ground: string, font: string, size: number}} Scene */
/** The inside of a frame, in pixels. @typedef {{left: number, top: number, width: number, height: number}} Frame */

const GAP = 14;
const DOT = 4;
/** What is chosen is marked by a ring, a little larger. */
const RING = DOT + 1.5;
const MARK = 5;
/** Lines of the frame's own words: over it, and under it. */
const LINE = 1.5;
/** Letters' heights that the marks of a scale have at least, those of one digit, and the air beside them. */
const [MARKS, DIGIT, AIR] = [4, 0.64, 0.7];

/** @param {Scene} scene @param {number} width @param {number} height @returns {Frame[]} */
export function frames({ plots, columns, size }, width, height) {
  const rows = Math.ceil(plots.length / columns);
  const [wide, high] = [(width - GAP * (columns - 1)) / columns, (height - GAP * (rows - 1)) / rows];
  const longest = Math.max(0, ...plots.flatMap(({ scale }) => scale.ticks.map(({ text }) => length(text))));
  const [left, over, under] = [size * Math.max(MARKS, longest * DIGIT + AIR), size * LINE * 1.15, size * LINE * 2];
  return plots.map((_, at) => ({
    left: (at % columns) * (wide + GAP) + left,
    top: Math.floor(at / columns) * (high + GAP) + over,
    width: Math.max(1, wide - left - size * 0.8),
    height: Math.max(1, high - over - under),
  }));
}

/** Pieces of a line between the two edges, up and down as seen; where it leaves the scale, `-1` below or `1` above. @param {Line} line @param {Plot} plot @param {Frame} frame */
export function traced(line, { across: [from, to], scale }, { left, top, width, height }) {
  /** @type {number[][][]} */
  const pieces = [[]];
  /** @type {{x: number, side: -1 | 1}[]} */
  const leaves = [];
  let before = 0;
  for (let index = 0; index < line.xs.length; index += 1) {
    const [x, y] = [line.xs[index], line.ys[index]];
    const share = (x - from) / (to - from);
    if (Number.isNaN(y) || share < -1e-9 || share > 1 + 1e-9) {
      if (/** @type {number[][]} */ (pieces.at(-1)).length > 0) pieces.push([]);
      continue;
    }
    const spot = [left + share * width, top + height - scale.share(y) * height];
    const side = scale.outside(y);
    if (side !== 0 && before === 0) leaves.push({ x: spot[0], side });
    // Along the edge there is no curve: it is only marked where it leaves.
    if (side === 0 || before === 0) /** @type {number[][]} */ (pieces.at(-1)).push(spot);
    else if (/** @type {number[][]} */ (pieces.at(-1)).length > 0) pieces.push([spot]);
    else pieces[pieces.length - 1] = [spot];
    before = side;
  }
  return { pieces: pieces.filter((piece) => piece.length > 0), leaves };
}

/** @param {Document} document */
export function curvePlot(document) {
  const base = layer(document, "powers-curves");
  const { context } = base;
  /** @type {Frame[]} */
  let placed = [];

  /** @param {string} text @param {number} x @param {number} y @param {string} colour @param {CanvasTextAlign} [align] */
  function write(text, x, y, colour, align = "left") {
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  }

  /** @param {Plot} plot @param {Frame} frame @param {Scene} scene */
  function paintFrame({ title, note, below, label, scale }, { left, top, width, height }, { ink, muted, grid, font, size }) {
    context.lineWidth = 1;
    context.setLineDash([]);
    context.strokeStyle = grid;
    context.font = `${size}px ${font}`;
    context.textBaseline = "middle";
    context.beginPath();
    for (const { at } of scale.ticks) {
      const y = Math.round(top + height - at * height) + 0.5;
      context.moveTo(left, y);
      context.lineTo(left + width, y);
    }
    context.stroke();
    for (const { at, text } of scale.ticks) write(text, left - size * 0.5, top + height - at * height, muted, "right");
    const baseline = top + height + size * 0.95;
    for (const { at, text } of below) write(text, left + at * width, baseline, muted, at < 0.05 ? "left" : at > 0.95 ? "right" : "center");
    write(label, left + width / 2, baseline + size * 1.3, muted, "center");
    context.font = `600 ${size}px ${font}`;
    write(title, left, top - size * 0.9, ink);
    if (note === "") return;
    const from = left + width;
    context.font = `${size}px ${font}`;
    write(note, from, top - size * 0.9, ink, "right");
  }

  /** @param {Plot} plot @param {Frame} frame @param {Scene} scene */
  function paintLines(plot, frame, { ink, ground, size, font }) {
    const { left, top, width, height } = frame;
    const [from, to] = plot.across;
    const along = (/** @type {number} */ x) => left + ((x - from) / (to - from)) * width;
    if (plot.here !== null) {
      context.strokeStyle = ink;
      context.setLineDash([2, 4]);
      context.beginPath();
      context.moveTo(along(plot.here), top);
      context.lineTo(along(plot.here), top + height);
      context.stroke();
    }
    /** @type {{text: string, x: number, y: number, colour: string, align: CanvasTextAlign}[]} */
    const names = [];
    const whole = plot.lines.map((line) => traced(line, plot, frame));
    const end = apart(whole.map(({ pieces }) => pieces.flat()).filter((spots) => spots.length > 0));
    for (const [at, line] of plot.lines.entries()) {
      const { pieces, leaves } = whole[at];
      context.strokeStyle = context.fillStyle = line.colour;
      context.lineWidth = 2;
      context.lineJoin = "round";
      context.setLineDash(line.dash);
      context.beginPath();
      for (const piece of pieces) piece.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.stroke();
      context.setLineDash([]);
      for (const { x, side } of leaves) triangle(x, side > 0 ? top : top + height, side);
      if (line.dots) for (const [x, y] of pieces.flat()) disc(x, y, line.colour, ground);
      const spots = pieces.flat();
      if (line.name === "" || spots.length === 0) continue;
      const [x, y] = /** @type {number[]} */ (spots.at(end));
      names.push({ text: line.name, x, y, colour: line.colour, align: x > left + width / 2 ? "right" : "left" });
    }
    context.font = `600 ${size}px ${font}`;
    const points = plot.points.filter(({ y }) => !Number.isNaN(y));
    for (const { text, x, y, colour, align } of spreadOut(names, size * 1.25, top + size, top + height - size * 0.6)) {
      // Where a line ends in a point, its name begins beside the ring.
      const aside = size * 0.5 + (points.some((point) => Math.abs(along(point.x) - x) < RING) ? RING : 0);
      const place = x + (align === "left" ? aside : -aside);
      context.lineWidth = 4;
      context.strokeStyle = ground;
      context.textAlign = align;
      context.strokeText(text, place, y);
      write(text, place, y, colour, align);
    }
    for (const { x, y, colour } of points) disc(along(x), top + height - plot.scale.share(y) * height, ground, colour, RING);
  }

  /** @param {number} x @param {number} y @param {number} side */
  function triangle(x, y, side) {
    context.beginPath();
    context.moveTo(x - MARK, y + side * MARK * 1.6);
    context.lineTo(x + MARK, y + side * MARK * 1.6);
    context.lineTo(x, y);
    context.fill();
  }

  /** @param {number} x @param {number} y @param {string} fill @param {string} edge @param {number} [radius] */
  function disc(x, y, fill, edge, radius = DOT) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = edge;
    context.lineWidth = 2;
    context.stroke();
  }

  return {
    node: base.node,
    /** @param {Scene} scene @param {number} width @param {number} height */
    paint(scene, width, height) {
      if (width < 1 || height < 1) return;
      if (!base.resize(width, height)) context.clearRect(0, 0, width, height);
      placed = frames(scene, width, height);
      scene.plots.forEach((plot, at) => {
        paintFrame(plot, placed[at], scene);
        paintLines(plot, placed[at], scene);
      });
    },
    /** Which frame a place lies in, and where across it, from 0 to 1. @param {number} x @param {number} y */
    at(x, y) {
      const plot = placed.findIndex(({ left, top, width, height }) => x >= left - GAP && x <= left + width + GAP && y >= top - GAP && y <= top + height + GAP);
      return plot < 0 ? null : { plot, share: Math.min(1, Math.max(0, (x - placed[plot].left) / placed[plot].width)) };
    },
  };
}

/** At which end the lines lie farther apart, as an index: their names stand there. @param {number[][][]} lines */
export function apart(lines) {
  const spread = (/** @type {number} */ end) => {
    const heights = lines.map((spots) => /** @type {number[]} */ (spots.at(end))[1]);
    return Math.max(...heights) - Math.min(...heights);
  };
  return spread(0) > spread(-1) + 1 ? 0 : -1;
}

/**
 * Names one under the other, none over another.
 * @template {{y: number}} T
 * @param {T[]} names @param {number} apart @param {number} high @param {number} low @returns {T[]}
 */
export function spreadOut(names, apart, high, low) {
  const sorted = [...names].sort((a, b) => a.y - b.y).map((name) => ({ ...name, y: Math.min(low, Math.max(high, name.y - apart / 2)) }));
  for (let at = 1; at < sorted.length; at += 1) sorted[at].y = Math.max(sorted[at].y, sorted[at - 1].y + apart);
  for (let at = sorted.length - 1, most = low; at >= 0; at -= 1, most = sorted[at + 1].y - apart) sorted[at].y = Math.min(sorted[at].y, most);
  return sorted;
}

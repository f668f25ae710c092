/** An error surface in space, as the plain record that the chart library draws. Pure. */

import { ticks } from "./axis.js";

/** Numbers along an axis: more lie over each other where two surfaces stand side by side. */
const TICKS = 5;
/** Where it is seen from. */
const EYE = [1.4, -1.51, 0.84];
/** From farther off where the figure is not so many times as wide as high, and the more so the narrower it is: names keep their size, and need room beside its axes. */
const [WIDE, NAMES] = [0.93, 195];
/** A figure less wide has no room for a name beside its height: the reading under it says what it is. */
const NAMED = 280;
/** The way lies so much above the surface, of its height or as a factor: at the same height the surface would cover half of each point. */
const [LIFT, FACTOR] = [0.035, 1.9];

/** @typedef {{ink: string, muted: string, line: string, ground: string, accent: string, font: string}} Style */

/**
 * @param {{losses: Float64Array, side: number, across: number[], down: number[], path: {across: number, down: number, loss: number}[], scale: import("./lossscale.js").LossScale, colours: number[][], revision: number, width: number, height: number}} scene
 * @param {Style} style
 * @param {{across: string, down: string, loss: string}} words
 */
export function surfaceFigure({ losses, side, across, down, path, scale, colours, revision, width, height }, style, words) {
  const rows = Array.from({ length: losses.length / side }, (_, row) => Array.from(losses.subarray(row * side, (row + 1) * side), known));
  const shares = rows.map((row) => row.map((value) => (value === null ? null : scale.share(value))));
  const inside = path.filter((at) => at.across >= across[0] && at.across <= across[side - 1] && at.down >= down[0] && at.down <= down[down.length - 1]);
  const colour = (/** @type {number} */ share) => `#${colours[Math.round(share * (colours.length - 2))].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  const axis = { color: style.muted, gridcolor: style.line, zeroline: false, showbackground: false, showspikes: false, nticks: TICKS, tickfont: { size: 11 } };
  const named = (/** @type {string} */ text) => ({ text, font: { size: 15, color: style.ink } });
  const traces = [
    {
      type: "surface", x: across, y: down, z: rows, surfacecolor: shares, cmin: 0, cmax: 1, showscale: false,
      colorscale: Array.from({ length: 11 }, (_, at) => [at / 10, colour(at / 10)]),
      contours: { z: { show: true, usecolormap: false, color: style.line, width: 1, highlight: false }, x: { highlight: false }, y: { highlight: false } },
      lighting: { ambient: 0.85, diffuse: 0.3, specular: 0.02, roughness: 1 },
      hovertemplate: `${words.across} = %{x:.4g}<br>${words.down} = %{y:.4g}<br>${words.loss} = %{z:.5g}<extra></extra>`,
    },
    {
      type: "scatter3d", mode: "lines+markers", x: inside.map((at) => at.across), y: inside.map((at) => at.down), z: inside.map(({ loss }) => (scale.log ? loss * FACTOR : loss + LIFT * scale.top)),
      line: { color: style.ink, width: 4 }, marker: { color: style.ink, size: inside.map((_, at) => (at === 0 ? 9 : 2.5)) }, hoverinfo: "skip", showlegend: false,
    },
  ];
  const [x, y, z] = EYE.map((part) => part * Math.max(1, ((WIDE + NAMES / width) * height) / width));
  // Beside the foot of the height stands a number of another axis already.
  const heights = { tickmode: "array", tickvals: ticks(0, scale.top, TICKS).filter((value) => value > 0) };
  const layout = {
    datarevision: revision, width, height, uirevision: "stay", paper_bgcolor: style.ground, font: { family: style.font, color: style.ink, size: 12 }, hoverlabel: { font: { family: style.font, size: 12 } },
    margin: { l: 0, r: 0, t: 0, b: 0 }, showlegend: false,
    scene: {
      xaxis: { ...axis, title: named(words.across) }, yaxis: { ...axis, title: named(words.down) },
      zaxis: { ...axis, title: named(width < NAMED ? "" : words.loss), ...(scale.log ? { type: "log" } : { range: [0, scale.top], ...heights }) },
      aspectmode: "manual", aspectratio: { x: 1.1, y: 1.1, z: 0.62 }, camera: { eye: { x, y, z }, center: { x: 0, y: 0, z: -0.12 } },
    },
  };
  return { traces, layout };
}

/** @param {number} value */
function known(value) {
  return Number.isFinite(value) ? value : null;
}

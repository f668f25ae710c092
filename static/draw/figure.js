/** What a chart shows, as the plain record that the chart library draws. Pure. */

import { result } from "./format.js";

/**
 * One line of the chart.
 * @typedef {object} Line
 * @property {string} address
 * @property {string} name
 * @property {string} colour
 * @property {"upper" | "lower"} place
 * @property {(number | undefined)[]} values  one for each step; undefined where it is not known or hidden
 * @property {boolean} [thin]
 */
/**
 * @typedef {object} Style
 * @property {string} ink
 * @property {string} muted
 * @property {string} line
 * @property {string} ground
 * @property {string} accent
 * @property {string} font
 */
/**
 * @typedef {object} Words
 * @property {string} time
 * @property {string} upper
 * @property {string} lower
 */

/**
 * @param {Line[]} lines
 * @param {{step: number, steps: number, log: boolean, revision: number}} scene
 * @param {Style} style
 * @param {Words} words
 */
export function figure(lines, { step, steps, log, revision }, style, words) {
  const split = lines.some(({ place }) => place === "lower");
  const traces = lines.map(({ address, name, colour, place, values, thin }, index) => ({
    type: "scatter",
    mode: steps > 60 ? "lines" : "lines+markers",
    name,
    meta: address,
    x: values.map((_, index) => index + 1),
    y: values.map((value) => (value === undefined || !Number.isFinite(value) ? null : log ? Math.abs(value) || null : value)),
    line: { color: colour, width: thin ? 1.4 : 2.4, dash: DASHES[lines.slice(0, index).filter((line) => line.colour === colour).length % DASHES.length] },
    marker: { color: colour, size: 7, line: { color: style.ground, width: 1.5 } },
    yaxis: place === "lower" ? "y2" : "y",
    text: values.map((value) => (value === undefined ? "" : result(log ? Math.abs(value) : value))),
    hovertemplate: `%{text}<extra>${name}, t = %{x}</extra>`,
    connectgaps: false,
  }));
  const axis = { gridcolor: style.line, zerolinecolor: style.line, linecolor: style.line, tickfont: { color: style.muted, size: 11 }, fixedrange: false };
  const layout = {
    datarevision: revision,
    uirevision: "stay",
    paper_bgcolor: style.ground,
    plot_bgcolor: style.ground,
    font: { family: style.font, color: style.ink, size: 12 },
    margin: { l: 52, r: 12, t: 8, b: 40 },
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { size: 12, color: style.ink } },
    hovermode: "closest",
    hoverlabel: { font: { family: style.font, size: 12 } },
    dragmode: "pan",
    xaxis: { ...axis, title: { text: words.time, font: { color: style.muted, size: 12 }, standoff: 6 }, range: [0.6, steps + 0.4], dtick: tick(steps), zeroline: false, anchor: split ? "y2" : "y" },
    yaxis: {
      ...axis, title: { text: words.upper, font: { color: style.muted, size: 12 }, standoff: 4 }, domain: split ? [0.44, 1] : [0, 1],
      ...(log ? { type: "log", exponentformat: "power" } : {}), automargin: true,
    },
    ...(split ? { yaxis2: { ...axis, title: { text: words.lower, font: { color: style.muted, size: 12 }, standoff: 4 }, domain: [0, 0.36], range: [-0.06, 1.06], dtick: 0.5, automargin: true } } : {}),
    shapes: [{ type: "line", xref: "x", yref: "paper", x0: step, x1: step, y0: 0, y1: 1, line: { color: style.accent, width: 1.5 }, layer: "below" }],
  };
  return { traces, layout };
}

/** Lines of one colour differ in their strokes. */
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash"];

/** @param {number} steps */
function tick(steps) {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500].find((every) => steps / every <= 12) ?? 1000;
}

/** A lesson's strip in the size of a stamp: the same rows, colours and memory line, without a single number. */

import { gate, signed } from "./colour.js";
import { setStyle, svg } from "./dom.js";

/** @typedef {import("./colour.js").Role} Role */
/** @typedef {{steps: number, rows: {role: Role, shares: number[][]}[]}} Miniature  shares (units, steps) in [-1, 1] */
/** @typedef {{role: Role, top: number, height: number, shares: number[]}} Band */

const WIDTH = 260;
const HEIGHT = 104;
const GAP = 5;
/** Columns do not become wider than this: three steps are no banner. */
const WIDEST = 46;
/** Height of one unit relative to the others, gap between rows included where there is one. @type {Partial<Record<Role, number>>} */
const HEIGHTS = { state: 2.1, output: 1.5, gate: 0.75 };
const PLAIN = 0.85;
/** A second unit of a row needs no gap of a row. */
const ROW_GAP = 0.55;
const UNIT_GAP = 0.14;

/**
 * Where each unit of each row stands.
 * @param {Miniature} data
 * @returns {Band[]}
 */
export function bands({ rows }) {
  const many = (/** @type {number[][]} */ shares) => (shares.length > 2 ? 0.7 : 1);
  let at = 0;
  const placed = rows.flatMap(({ role, shares }, row) => {
    if (row > 0) at += ROW_GAP;
    return shares.map((unit, index) => {
      if (index > 0) at += UNIT_GAP;
      const height = (HEIGHTS[role] ?? PLAIN) * many(shares);
      const band = { role, top: at, height, shares: unit };
      at += height;
      return band;
    });
  });
  const scale = Math.min(HEIGHT / at, 17);
  const rest = (HEIGHT - at * scale) / 2;
  return placed.map((band) => ({ ...band, top: rest + band.top * scale, height: band.height * scale }));
}

/** @param {Document} document @param {Miniature} data */
export function miniature(document, data) {
  const all = bands(data);
  const count = all[0]?.shares.length ?? 0;
  const pitch = Math.min(WIDEST, WIDTH / Math.max(count, 1));
  const left = (WIDTH - pitch * count) / 2;
  const gap = Math.min(GAP, pitch * 0.22);
  const picture = svg(document, "svg", { class: "miniature", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
  for (const { role, top, height } of all) {
    if (role !== "state") continue;
    picture.append(svg(document, "line", { class: "miniature-line", x1: left, x2: left + pitch * count, y1: top + height / 2, y2: top + height / 2 }));
  }
  for (let step = 0; step < count; step++) {
    const column = svg(document, "g", { class: "miniature-step" });
    setStyle(column, "--at", String(step));
    for (const { role, top, height, shares } of all) {
      const box = svg(document, "rect", {
        class: `miniature-box is-${role}`, x: left + step * pitch + gap / 2, y: top, width: pitch - gap, height, rx: Math.min(role === "gate" ? height / 2 : 3, (pitch - gap) / 2),
      });
      setStyle(box, "fill", role === "gate" ? gate(shares[step]) : signed(shares[step]));
      column.append(box);
    }
    picture.append(column);
  }
  return picture;
}

/** Where a short text stands beside a point, clear of an arrow that begins there and of a way that leads from it. Pure. */

/** @typedef {{x: number, y: number, anchor: "start" | "end"}} Place  of the text's base line */

/** Between the point and its text, across and up or down, the nearest first; all in pixels. */
const ACROSS = [12, 24, 40, 0, -6];
const UP = [-12, 22, -26, 36, -40, 56, -60];
/** How high letters of this size reach, how far below the line, and the room around them. */
const [HIGH, LOW, CLEAR] = [10, 3, 4];
/** A line is looked at in so many places. */
const SAMPLES = 16;
/** So far apart is a way looked at, in pixels, and between two of its places not more often than this: it may lead far out of the picture. */
const [APART, MOST] = [8, 200];
/** What an arrow that is covered counts against a way that is. */
const COVERED = 100;

/**
 * @param {[number, number]} point
 * @param {[number, number]} tip  of the arrow
 * @param {[number, number][]} way
 * @param {number} long  the text's width
 * @param {number} width @param {number} height  of the picture
 * @returns {Place}
 */
export function beside([x, y], tip, way, long, width, height) {
  const arrow = Array.from({ length: SAMPLES }, (_, at) => [0, 1].map((part) => [x, y][part] + ((tip[part] - [x, y][part]) * (at + 1)) / SAMPLES));
  const places = UP.flatMap((up) => ACROSS.flatMap((across) => /** @type {const} */ (["start", "end"]).map((anchor) => ({ x: anchor === "start" ? x + across : x - across, y: y + up, anchor }))));
  const path = way.flatMap((to, at) => between(at === 0 ? [x, y] : way[at - 1], to));
  const scored = places.map((place) => {
    const left = place.anchor === "start" ? place.x : place.x - long;
    const covers = (/** @type {number[]} */ [px, py]) => px > left - CLEAR && px < left + long + CLEAR && py > place.y - HIGH - CLEAR && py < place.y + LOW + CLEAR;
    const inside = left >= CLEAR && left + long <= width - CLEAR && place.y - HIGH >= CLEAR && place.y + LOW <= height - CLEAR;
    return { place, cost: (inside ? 0 : Infinity) + COVERED * arrow.filter(covers).length + path.filter(covers).length };
  });
  return scored.reduce((best, each) => (each.cost < best.cost ? each : best)).place;
}

/** Places on a line, its end among them. @param {[number, number]} from @param {[number, number]} to */
function between([x, y], [toX, toY]) {
  const long = Math.hypot(toX - x, toY - y);
  const count = Math.max(1, Math.ceil(long / APART));
  return Array.from({ length: Math.min(MOST, count) }, (_, at) => [x + ((toX - x) * (at + 1)) / count, y + ((toY - y) * (at + 1)) / count]);
}

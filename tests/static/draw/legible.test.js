import assert from "node:assert/strict";
import { test } from "node:test";

import { enlargedAt, leastOf, legible } from "../../../static/draw/legible.js";

const ROOM = { width: 800, height: 400 };
const paper = (type) => ({ width: 800 * type, height: 300, full: true, places: {}, wires: [], notes: [], type });

test("type grows where a drawing is small, but not without end", () => {
  assert.deepEqual([2, 1, 0.9, 0.75, 0.3].map((scale) => Number(enlargedAt(scale).toFixed(2))), [1, 1, 1, 1.2, 1.25]);
});

test("a drawing with room for larger words is drawn with it", () => {
  assert.deepEqual(legible(paper, ROOM, 1), { paper: paper(1), enlarged: 1 });
  const { paper: grown, enlarged } = legible(paper, { ...ROOM, width: 640 }, 1);
  assert.equal(grown.type, 1.125);
  assert.equal(enlarged, 1.125);
});

test("where the theme's type is large it is not enlarged again", () => {
  const { paper: thrown, enlarged } = legible(paper, { ...ROOM, width: 640 }, 1.28);
  assert.deepEqual([thrown.type, enlarged], [1.28, 1]);
});

test("a drawing that has one size for all is left to its scale", () => {
  const { type, ...plain } = paper(1);
  assert.deepEqual(legible(() => plain, ROOM, 1.28), { paper: plain, enlarged: null });
  assert.deepEqual(legible(() => null, ROOM, 1), { paper: null, enlarged: null });
});

test("what is laid out, or stands beside the head, scrolls sooner than what has the whole card", () => {
  const sizes = [leastOf(paper(1), true), leastOf({ ...paper(1), full: false }, true), leastOf(paper(1), false)].map(({ width }) => width);
  assert.ok(sizes[0] < sizes[1] && sizes[1] <= sizes[2]);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { enlargedAt, leastOf, legible } from "../../../static/draw/legible.js";

const ROOM = { width: 800, height: 400 };
const paper = (type) => ({ width: 400 + 400 * type, height: 300, full: true, places: {}, wires: [], notes: [], type });

test("type grows where a drawing is small, but not without end", () => {
  assert.deepEqual([2, 1, 0.9, 0.75, 0.3].map((scale) => Number(enlargedAt(scale).toFixed(2))), [1, 1, 1, 1.2, 1.32]);
});

test("a drawing with room for larger words is drawn with it", () => {
  assert.deepEqual(legible(paper, ROOM, 1), { paper: paper(1), enlarged: 1 });
  const near = legible(paper, { ...ROOM, width: 740 }, 1);
  assert.equal(near.paper.type, near.enlarged);
  // The larger drawing is smaller in its room: its words are enlarged by more than 800 / 740.
  assert.ok(near.enlarged > 1.09 && near.enlarged < 1.25);
  assert.equal(legible(paper, { ...ROOM, width: 500 }, 1).enlarged, 1.25);
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

test("a drawing that says how small it may be has larger words until it need not be smaller", () => {
  const laid = (type) => ({ ...paper(1), type, least: 0.96 / type });
  const { paper: grown, enlarged } = legible(laid, { ...ROOM, width: 720 }, 1);
  assert.equal(enlarged.toFixed(3), (0.96 / 0.9).toFixed(3));
  assert.deepEqual(leastOf(grown, ROOM), { width: 720, height: 270 });
});

test("what stands beside the head scrolls sooner than what has the whole card", () => {
  const [full, beside] = [leastOf(paper(1), { width: 1, height: 1 }), leastOf({ ...paper(1), full: false }, { width: 1, height: 1 })];
  assert.ok(full.width < beside.width && full.height < beside.height);
});

test("a drawing shrinks a little further where it is whole then, and scrolls at its least scale where it would not be", () => {
  const laid = { ...paper(1), least: 0.8, tight: 0.7 };
  assert.deepEqual([600, 560, 550].map((width) => leastOf(laid, { width, height: 400 })), [[600, 225], [560, 210], [640, 240]].map(([width, height]) => ({ width, height })));
  assert.deepEqual(leastOf({ ...paper(1), least: 0.8 }, { width: 600, height: 400 }), { width: 640, height: 240 });
  assert.deepEqual(leastOf(laid, { width: 520, height: 400 }, true), { width: 520, height: 195 }, "a wall magnifies it afterwards");
});

test("what scrolls down does not scroll sideways as well for the sake of a little", () => {
  const laid = { ...paper(1), least: 0.8, tight: 0.7 };
  assert.deepEqual(leastOf(laid, { width: 600, height: 100 }), { width: 600, height: 225 });
  assert.deepEqual(leastOf(laid, { width: 900, height: 100 }), { width: 640, height: 240 });
  assert.deepEqual(leastOf(laid, { width: 500, height: 100 }), { width: 640, height: 240 }, "nor is it made too small to read");
});

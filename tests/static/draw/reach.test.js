import assert from "node:assert/strict";
import { test } from "node:test";

import { firstMarked, norms, percent, reached } from "../../../static/draw/reach.js";

test("the length of a gradient at each step; what has not arrived has none", () => {
  const data = [[3, 4], [0, 0], [Infinity, 1]];
  assert.deepEqual(norms(4, 2, (step, unit) => data[step - 1]?.[unit]), [5, 0, Infinity, NaN]);
});

test("shares are of the length at the loss step", () => {
  const shares = (lengths, loss) => reached(lengths, loss, -6).map(({ share }) => share);
  assert.deepEqual(shares([0.5, 1, 2, 0], 3), [0.25, 0.5, 1, 0]);
  assert.ok(shares([1, 1, 0], 3).every(Number.isNaN));
  assert.ok(shares([1, 1, Infinity], 3).every(Number.isNaN));
});

test("below the scale it has vanished, above a thousand it explodes, at nothing it never came", () => {
  const marks = reached([NaN, 0, 9e-7, 1e-6, 1000, 1001, Infinity], 5, -6).map(({ mark }) => mark);
  assert.deepEqual(marks, ["", "none", "vanished", "", "", "exploded", "exploded"]);
});

test("the first mark is the one that is met first on the way from the loss step", () => {
  const reach = reached([1e-9, 1e-8, 0.1, 1, 1e-7], 4, -6);
  assert.equal(firstMarked(reach, 4, -1, "vanished"), 2);
  assert.equal(firstMarked(reach, 4, 1, "vanished"), 5);
  assert.equal(firstMarked(reach, 4, -1, "exploded"), null);
});

test("per cents say the little there is", () => {
  assert.deepEqual([1, 0.243, 0.0314, 0.0005, 0, NaN, 250, Infinity].map((share) => percent(share)), ["100 %", "24 %", "3.1 %", "< 0.1 %", "0 %", "", "≥ 10⁴ %", "∞"]);
  assert.deepEqual([97.02, 106.7, 0.0005].map((share) => percent(share, 6.1)), ["9702 %", "≥10⁴%", "<0.1%"], "in a narrow column they do not touch");
});

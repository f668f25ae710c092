import assert from "node:assert/strict";
import { test } from "node:test";
import { roundBound, withFrames, withGradients } from "../../../static/state/receive.js";

const array = (name, ...numbers) => ({ name, data: Float64Array.from(numbers), shape: [numbers.length, 1] });
const list = (series) => [...series.data];

test("a whole run replaces what was shown", () => {
  const shown = withFrames({ old: { data: Float64Array.of(1), first: 1, steps: 1, units: 1 } }, { first: 1, count: 2, steps: 2, arrays: [array("c", 3, 7)] });
  assert.deepEqual(Object.keys(shown), ["c"]);
  assert.deepEqual(list(shown.c), [3, 7]);
});

test("the first part of a new sequence is known as far as it goes", () => {
  const first = withFrames({}, { first: 1, count: 2, steps: 3, arrays: [array("c", 1, 2)] });
  assert.equal(first.c.steps, 2);
  const all = withFrames(first, { first: 3, count: 1, steps: 3, arrays: [array("c", 3)] });
  assert.equal(all.c.steps, 3);
  assert.deepEqual(list(all.c), [1, 2, 3]);
});

test("while the same sequence is computed again, later steps keep their old values", () => {
  const before = withFrames({}, { first: 1, count: 3, steps: 3, arrays: [array("c", 1, 2, 3)] });
  const after = withFrames(before, { first: 1, count: 1, steps: 3, arrays: [array("c", 9)] });
  assert.deepEqual(list(after.c), [9, 2, 3]);
  assert.equal(after.c.steps, 3);
  assert.deepEqual(list(before.c), [1, 2, 3]);
});

test("gradients arrive from the right", () => {
  const right = withGradients({}, { first: 3, count: 2, steps: 4, arrays: [array("c", 3, 4)] }, true);
  assert.deepEqual([right.c.first, right.c.steps, ...list(right.c)], [3, 2, 3, 4]);
  const all = withGradients(right, { first: 1, count: 2, steps: 4, arrays: [array("c", 1, 2)] }, false);
  assert.deepEqual([all.c.first, all.c.steps, ...list(all.c)], [1, 4, 1, 2, 3, 4]);
  const again = withGradients(all, { first: 3, count: 2, steps: 4, arrays: [array("c", 30, 40)] }, true);
  assert.deepEqual([again.c.first, ...list(again.c)], [1, 1, 2, 30, 40]);
});

test("several units stand side by side", () => {
  const two = { name: "h", data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] };
  assert.equal(withFrames({}, { first: 1, count: 2, steps: 2, arrays: [two] }).h.units, 2);
});

test("a measured bound is a number that a person can say", () => {
  const of = (...numbers) => roundBound({ data: Float64Array.from(numbers), first: 1, steps: numbers.length, units: 1 });
  assert.equal(of(3, -7, Infinity, NaN), 10);
  assert.equal(of(0.012), 0.02);
  assert.equal(of(0, 0), 1);
  assert.equal(of(50), 50);
  assert.equal(of(51), 100);
});

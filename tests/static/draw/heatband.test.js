import assert from "node:assert/strict";
import { test } from "node:test";
import { boundOf, ofMatrix } from "../../../static/draw/heatband.js";

test("rows of a matrix are units, its columns run to the right", () => {
  assert.deepEqual(ofMatrix([1, 2, 3, 4, 5, 6], [2, 3]), { data: Float32Array.of(1, 4, 2, 5, 3, 6), steps: 3, units: 2 });
  assert.deepEqual(ofMatrix([1, 2], [2]), { data: Float32Array.of(1, 2), steps: 1, units: 2 });
  assert.deepEqual(ofMatrix([7], []), { data: Float32Array.of(7), steps: 1, units: 1 });
});

test("a range of colours is a round number that holds all", () => {
  assert.deepEqual([[0.3, -0.9], [1], [1.01], [-4], [0, NaN], [30, Infinity]].map((data) => boundOf(data)), [1, 1, 2, 5, 1, 50]);
  assert.equal(boundOf([0.1], 2), 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as numbers from "../../../static/state/values.js";
import { experiment, lesson, MAIN, series, state, X } from "../scene.js";

test("values are read by step and unit, and unknown ones are said to be unknown", () => {
  const now = state();
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 2), 7);
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 9), undefined);
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 1, 3), undefined);
  assert.equal(numbers.valueAt(now, `${MAIN}nothing`, 1), undefined);
  assert.equal(numbers.valueAt(now, X, 4, 1), -1);
  assert.equal(numbers.gradientAt(now, `${MAIN}c`, 1), 0.5);
});

test("gradients that are still arriving are known from their first step on", () => {
  const now = state({ gradients: { [`${MAIN}c`]: { data: Float64Array.of(8, 9), first: 3, steps: 2, units: 1 } } });
  assert.equal(numbers.gradientAt(now, `${MAIN}c`, 2), undefined);
  assert.equal(numbers.gradientAt(now, `${MAIN}c`, 3), 8);
});

test("a state before a step is what it was after the one before, or its start", () => {
  const now = state({ experiment: experiment({ initial: { [`${MAIN}c`]: [5] } }) });
  assert.equal(numbers.beforeAt(now, `${MAIN}c`, 1), 5);
  assert.equal(numbers.beforeAt(now, `${MAIN}c`, 3), 7);
  assert.equal(numbers.valueAt(now, `${MAIN}c_prev`, 3), 7);
  const streamed = state({ values: { [`${MAIN}c_prev`]: series(1, 2) } });
  assert.equal(numbers.beforeAt(streamed, `${MAIN}c`, 2), 2);
});

test("a layer that hears the sequence backward has its before on the right", () => {
  const now = state();
  now.network.layers[0].direction = "backward";
  assert.equal(numbers.beforeAt(now, `${MAIN}c`, 2), 9);
  assert.equal(numbers.beforeAt(now, `${MAIN}c`, 4), 0);
});

test("colour bounds are the lesson's, the activation's, or the measured ones", () => {
  const now = state({ bounds: { [`${MAIN}y`]: 20 } });
  assert.equal(numbers.range(now, `${MAIN}c`), 10);
  assert.equal(numbers.range(now, `${MAIN}c_prev`), 10);
  assert.equal(numbers.range(now, `${MAIN}f`), 1);
  assert.equal(numbers.range(now, `${MAIN}y`), 20);
  assert.equal(numbers.range(now, `${MAIN}z`), 1);
  assert.equal(numbers.gradientBound(now), 1);
});

test("overflow is found where it happens first in time", () => {
  const values = { a: series(1, 2, 3, Infinity), b: series(1, NaN, 2, 3), c: series(1, 2, -Infinity, 0) };
  assert.deepEqual(numbers.overflow(state({ values })), { address: "b", step: 2 });
  assert.equal(numbers.overflow(state()), null);
  const two = { w: { data: Float64Array.of(1, 2, 3, Infinity), first: 1, steps: 2, units: 2 } };
  assert.deepEqual(numbers.overflow(state({ values: two })), { address: "w", step: 2 });
});

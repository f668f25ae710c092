import assert from "node:assert/strict";
import { test } from "node:test";
import * as numbers from "../../../static/state/values.js";
import { experiment, lesson, MAIN, series, stack, state, X } from "../scene.js";

test("values are read by step and unit, and unknown ones are said to be unknown", () => {
  const now = state();
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 2), 7);
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 9), undefined);
  assert.equal(numbers.valueAt(now, `${MAIN}c`, 1, 3), undefined);
  assert.equal(numbers.valueAt(now, `${MAIN}nothing`, 1), undefined);
  assert.equal(numbers.valueAt(now, X, 4, 1), -1);
  assert.equal(numbers.gradientAt(now, `${MAIN}c`, 1), 0.5);
});

test("what two directions hand up together is the one behind the other", () => {
  const upper = "main.2.forward";
  const now = stack(["main.1.forward", "main.1.backward", upper], {}, { values: { [`${MAIN}y`]: series(1, 2), "main.1.backward.y": series(30, 40.5) } });
  assert.deepEqual([0, 1, 2].map((unit) => numbers.valueAt(now, `${upper}.x`, 2, unit)), [2, 40.5, undefined]);
  assert.equal(numbers.isWhole(now, `${upper}.x`), false);
  now.bounds = { [`${MAIN}y`]: 4, "main.1.backward.y": 60 };
  assert.equal(numbers.range(now, `${upper}.x`), 60);
  now.values["main.1.backward.y"] = series(30, 40);
  assert.equal(numbers.isWhole(now, `${upper}.x`), true);
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

test("of a long sequence a value that is not near is read from the picture of all steps, and so is where it first overflows", () => {
  const whole = { values: { h: series(1, 2, Infinity) }, gradients: { h: series(5, 6, 7) } };
  const now = state({ values: { h: { ...series(Infinity), first: 3 } }, pictures: { whole } });
  assert.equal(numbers.seenAt(now, "values", "h", 2), 2);
  assert.equal(numbers.seenAt(now, "gradients", "h", 3), 7);
  assert.equal(numbers.seenAt(now, "values", "h", 4), undefined);
  assert.equal(numbers.seenAt({ ...now, overtaken: true }, "gradients", "h", 3), undefined, "they are of earlier numbers");
  assert.deepEqual(numbers.overflow(state({ values: { h: { ...series(Infinity), first: 9 } }, pictures: { whole } })), { address: "h", step: 3 });
  const short = { values: { h: { ...series(1), data: Float32Array.of(Infinity) } }, gradients: {} };
  assert.equal(numbers.overflow(state({ values: {}, pictures: { whole: short } })), null, "a picture has it in short");
});

test("a memory has faded that lost little by little, not one that was wiped or has just begun", () => {
  const now = state({ values: { [`${MAIN}c`]: series(1, 0.2, 0.001, 0.0005) }, experiment: experiment({ initial: { [`${MAIN}c`]: [0] } }) });
  assert.deepEqual([1, 2, 3, 4].map((step) => numbers.isFaded(now, `${MAIN}c`, step)), [false, true, false, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnSteps, furthest, truthAt } from "../../../static/state/curves.js";
import { MAIN, prediction, state } from "../scene.js";

const series = (...data) => ({ data: Float64Array.from(data), first: 1, steps: data.length, units: 1 });
const forward = prediction("c", 2, { curve: [0, 10] });
const back = prediction("c", 3, { curve: [0, 1], gradient: true });
const now = state({ values: { [`${MAIN}c`]: series(3, 7, 7, 0) }, gradients: { [`${MAIN}c`]: series(0.125, 0.25, 0.5, 1) } });

test("values are drawn from a step on, gradients from a step back", () => {
  assert.deepEqual(drawnSteps(now, forward), { first: 2, last: 4 });
  assert.deepEqual(drawnSteps(now, back), { first: 1, last: 3 });
});

test("the truth is the value, or the gradient", () => {
  assert.equal(truthAt(now, forward, 2), 7);
  assert.equal(truthAt(now, back, 2), 0.25);
});

test("where the drawn curve is furthest off", () => {
  assert.deepEqual(furthest(now, forward, [7, 6.5, 2]), { step: 4, own: 2, truth: 0, difference: 2 });
  assert.deepEqual(furthest(now, back, [0.125, 0.5, 0.25]), { step: 2, own: 0.5, truth: 0.25, difference: 0.25 });
});

test("nothing is said while a number is missing", () => {
  assert.equal(furthest(state({ values: {} }), forward, [7, 7, 0]), null);
  assert.equal(furthest(now, forward, []), null);
});

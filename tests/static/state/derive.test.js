import assert from "node:assert/strict";
import { test } from "node:test";
import * as derive from "../../../static/state/derive.js";
import { beat, experiment, lesson, MAIN, prediction, series, state, X } from "../scene.js";

test("values are read by step and unit, and unknown ones are said to be unknown", () => {
  const now = state();
  assert.equal(derive.valueAt(now, `${MAIN}c`, 2), 7);
  assert.equal(derive.valueAt(now, `${MAIN}c`, 9), undefined);
  assert.equal(derive.valueAt(now, `${MAIN}c`, 1, 3), undefined);
  assert.equal(derive.valueAt(now, `${MAIN}nothing`, 1), undefined);
  assert.equal(derive.valueAt(now, X, 4, 1), -1);
  assert.equal(derive.gradientAt(now, `${MAIN}c`, 1), 0.5);
});

test("gradients that are still arriving are known from their first step on", () => {
  const now = state({ gradients: { [`${MAIN}c`]: { data: Float64Array.of(8, 9), first: 3, steps: 2, units: 1 } } });
  assert.equal(derive.gradientAt(now, `${MAIN}c`, 2), undefined);
  assert.equal(derive.gradientAt(now, `${MAIN}c`, 3), 8);
});

test("a state before a step is what it was after the one before, or its start", () => {
  const now = state({ experiment: experiment({ initial: { [`${MAIN}c`]: [5] } }) });
  assert.equal(derive.beforeAt(now, `${MAIN}c`, 1), 5);
  assert.equal(derive.beforeAt(now, `${MAIN}c`, 3), 7);
  assert.equal(derive.valueAt(now, `${MAIN}c_prev`, 3), 7);
  const streamed = state({ values: { [`${MAIN}c_prev`]: series(1, 2) } });
  assert.equal(derive.beforeAt(streamed, `${MAIN}c`, 2), 2);
});

test("a layer that hears the sequence backward has its before on the right", () => {
  const now = state();
  now.network.layers[0].direction = "backward";
  assert.equal(derive.beforeAt(now, `${MAIN}c`, 2), 9);
  assert.equal(derive.beforeAt(now, `${MAIN}c`, 4), 0);
});

test("rows are the lesson's, else every named value with the output on top and the input at the bottom", () => {
  assert.deepEqual(derive.rows(state()), [`${MAIN}y`, `${MAIN}c`, `${MAIN}f`, `${MAIN}z`, X]);
  const asked = lesson({ view: { rows: [`${MAIN}c`, "no.such", X], gradients: [`${MAIN}f`] } });
  assert.deepEqual(derive.rows(state({ lesson: asked })), [`${MAIN}c`, X]);
  assert.deepEqual(derive.gradientRows(state({ lesson: asked })), [`${MAIN}f`]);
  assert.deepEqual(derive.gradientRows(state()), [`${MAIN}c`, `${MAIN}y`]);
});

test("colour bounds are the lesson's, the activation's, or the measured ones", () => {
  const now = state({ bounds: { [`${MAIN}y`]: 20 } });
  assert.equal(derive.range(now, `${MAIN}c`), 10);
  assert.equal(derive.range(now, `${MAIN}c_prev`), 10);
  assert.equal(derive.range(now, `${MAIN}f`), 1);
  assert.equal(derive.range(now, `${MAIN}y`), 20);
  assert.equal(derive.range(now, `${MAIN}z`), 1);
  assert.equal(derive.gradientBound(now), 1);
});

test("forward all up to the step is shown in full, backward all from it on", () => {
  assert.deepEqual(derive.reached(state({ experiment: experiment({ step: 2 }) })), { first: 1, last: 2 });
  assert.deepEqual(derive.reached(state({ experiment: experiment({ step: 2, view: { direction: "backward" } }) })), { first: 2, last: 4 });
});

test("overflow is found where it happens first in time", () => {
  const values = { a: series(1, 2, 3, Infinity), b: series(1, NaN, 2, 3), c: series(1, 2, -Infinity, 0) };
  assert.deepEqual(derive.overflow(state({ values })), { address: "b", step: 2 });
  assert.equal(derive.overflow(state()), null);
  const two = { w: { data: Float64Array.of(1, 2, 3, Infinity), first: 1, steps: 2, units: 2 } };
  assert.deepEqual(derive.overflow(state({ values: two })), { address: "w", step: 2 });
});

test("names of units, views and addresses", () => {
  const now = state({ experiment: experiment({ view: { direction: "forward", unit: 7, drawing: "nonsense", depth: "strip" } }) });
  assert.equal(derive.unit(now), 0);
  assert.equal(derive.drawing(now), "valves");
  assert.equal(derive.depth(now), "strip");
  assert.equal(derive.depth({ ...now, pinned: { address: "a", unit: 0, step: 1 } }), "arithmetic");
  assert.equal(derive.unitCount(now, X), 2);
  assert.equal(derive.bare(`${MAIN}f:in`), "f:in");
  assert.equal(derive.prefix(`${MAIN}f`), "main.1.forward");
  assert.equal(derive.layerOf(now, `${MAIN}f`)?.program, "memory-cell");
  assert.equal(derive.roleOf(now, `${MAIN}c_prev`), "state");
});

test("behind a question about a gradient wait the gradients of that step and of all earlier ones", () => {
  const asked = prediction("back", 2, { gradient: true });
  const now = state({ lesson: lesson({ beats: [beat("back", 3, { direction: "backward", prediction: asked })] }), experiment: experiment({ step: 3, view: { direction: "backward" } }) });
  const hidden = (step, address = `${MAIN}c`) => derive.isGradientHidden(now, step, address);
  assert.deepEqual([1, 2, 3, 4].map((step) => hidden(step)), [true, true, false, false]);
  assert.equal(hidden(2, X), true, "what reaches an input tells it too");
  assert.equal(hidden(3, `${MAIN}c_prev`), true);
  assert.equal(derive.isHidden(now, 2, `${MAIN}c`), false, "values are all there");
  assert.deepEqual([3, 4].map((step) => derive.isWayBackHidden(now, step)), [true, false], "step 3 sends to step 2");
  assert.equal(derive.isGradientHidden({ ...now, predictions: { back: { answer: 1 } } }, 1, `${MAIN}c`), false);
});

test("the truth of a question about a gradient is the gradient", () => {
  const now = state({ gradients: { [`${MAIN}c`]: { data: Float64Array.of(0.25, 0.5, 1), first: 2, steps: 3, units: 1 } } });
  assert.equal(derive.truthOf(now, prediction("back", 2, { gradient: true })), 0.25);
});

test("only values wait behind a prediction, never inputs", () => {
  const now = state({ experiment: experiment({ step: 2 }) });
  assert.equal(derive.isHidden(now, 3, `${MAIN}c`), true);
  assert.equal(derive.isHidden(now, 2, `${MAIN}c`), false);
  assert.equal(derive.isHidden(now, 3, X), false);
});

test("how many numbers are learned, and whether anything is carried", () => {
  const now = state();
  const shapes = Object.values(now.network.symbols).flatMap(({ kind, shape }) => (kind === "parameter" ? [shape] : []));
  assert.equal(derive.parameterCount(now), shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0));
  assert.equal(derive.isStateless(now), false);
  now.network.programs["memory-cell"].states = [];
  assert.equal(derive.isStateless(now), true);
});

test("the answer of a prediction is a value, or what can be counted in the network and sequence that it names", () => {
  const now = state();
  const count = (of, preset = null, variant = null) => derive.truthOf(now, { ...prediction("a", null), of: null, step: null, count: { of, preset, variant } });
  assert.equal(derive.truthOf(now, prediction("a", 3)), 9);
  assert.deepEqual([count("steps"), count("steps", "long")], [4, 5]);
  assert.deepEqual([count("units"), count("units", null, "rounded")], [1, 2]);
  assert.deepEqual([count("parameters"), count("parameters", null, "rounded")], [6, 8]);
  now.lesson = lesson({ variants: [] });
  assert.deepEqual([count("units"), count("parameters")], [1, 6]);
});

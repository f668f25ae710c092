import assert from "node:assert/strict";
import { test } from "node:test";
import * as derive from "../../../static/state/derive.js";
import { beat, experiment, lesson, MAIN, prediction, stack, state, X } from "../scene.js";

test("rows are the lesson's, else every named value with the output on top and the input at the bottom", () => {
  assert.deepEqual(derive.rows(state()), [`${MAIN}y`, `${MAIN}c`, `${MAIN}f`, `${MAIN}z`, X]);
  const asked = lesson({ view: { rows: [`${MAIN}c`, "no.such", X], gradients: [`${MAIN}f`] } });
  assert.deepEqual(derive.rows(state({ lesson: asked })), [`${MAIN}c`, X]);
  assert.deepEqual(derive.gradientRows(state({ lesson: asked })), [`${MAIN}f`]);
  assert.deepEqual(derive.gradientRows(state()), [`${MAIN}c`, `${MAIN}y`]);
});

test("forward all up to the step is shown in full, backward all from it on", () => {
  assert.deepEqual(derive.reached(state({ experiment: experiment({ step: 2 }) })), { first: 1, last: 2 });
  assert.deepEqual(derive.reached(state({ experiment: experiment({ step: 2, view: { direction: "backward" } }) })), { first: 2, last: 4 });
});

test("a wall shows the strip where a lesson wants it, and where the words speak of what the cell's drawing does not hold", () => {
  const layers = ["main.1.forward", "main.2.forward"];
  const shown = (/** @type {string[]} */ spotlight, more = {}, view = {}) =>
    derive.plane(stack(layers, view, { theme: "projector", lesson: lesson({ beats: [beat("one", 1, { spotlight })] }), ...more }));
  assert.equal(shown([`${MAIN}c`, X]), "cell");
  assert.equal(shown([`${MAIN}c`, "main.2.forward.c"]), "strip");
  assert.equal(shown(["main.2.forward.c"], { theme: "light" }), "cell");
  assert.equal(shown(["main.2.forward.c"], {}, { layer: "main.2.forward" }), "cell");
  assert.equal(shown(["main.2.forward.c"], {}, { depth: "cell" }), "cell", "who has chosen sees what was chosen");
  assert.equal(shown([], { lesson: lesson({ view: { wall: "strip" } }) }), "strip");
  assert.equal(shown([], { lesson: lesson({ view: { wall: "strip" } }), theme: "dark" }), "cell");
  assert.equal(derive.depth(stack(layers, {}, { theme: "projector", lesson: lesson({ view: { wall: "strip" } }), pinned: { address: `${MAIN}c`, unit: 0, step: 1 } })), "arithmetic");
});

test("which unit, drawing and depth are in force", () => {
  const now = state({ experiment: experiment({ view: { direction: "forward", unit: 7, drawing: "nonsense", depth: "strip" } }) });
  assert.equal(derive.unit(now), 0);
  assert.equal(derive.drawing(now), "valves");
  assert.equal(derive.depth(now), "strip");
  assert.equal(derive.depth({ ...now, pinned: { address: "a", unit: 0, step: 1 } }), "arithmetic");
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

test("the cell of the library that is shown is the opened one as long as the network has it, else what stands in its place", () => {
  const [opened, other] = ["memory-cell", "gru"].map((name) => ({ name }));
  const of = (...names) => experiment({ network: { parts: [{ name: "main", inputs: 2, layers: names.map((cell) => ({ cell })), readout: null }], tied: {} } });
  assert.equal(derive.card(state({ cell: opened, experiment: of("gru", "memory-cell") })), opened);
  assert.equal(derive.card(state({ cell: opened, experiment: of("gru"), cells: [opened, other] })), other);
  assert.equal(derive.card(state({ cell: opened, experiment: of("gru") })), null, "not known yet");
  assert.equal(derive.card(state({ cell: opened, experiment: null })), opened);
  assert.equal(derive.card(state({ cell: null, cells: [opened] })), null, "a network of one's own");
});

test("only values wait behind a prediction, never inputs", () => {
  const now = state({ experiment: experiment({ step: 2 }) });
  assert.equal(derive.isHidden(now, 3, `${MAIN}c`), true);
  assert.equal(derive.isHidden(now, 2, `${MAIN}c`), false);
  assert.equal(derive.isHidden(now, 3, X), false);
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

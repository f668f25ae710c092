import assert from "node:assert/strict";
import { test } from "node:test";
import { leftAfter, questionOf, settings } from "../../../static/state/powers.js";
import { MAIN, page } from "../scene.js";

const B = `${MAIN}b_f`;

function at(view) {
  const made = page();
  made.ready();
  const state = made.store.get();
  return { ...state, experiment: { ...state.experiment, view: { ...state.experiment.view, ...view } } };
}

test("what is not said is as usual, what is too much is held", () => {
  const own = settings(at({}));
  assert.deepEqual([own.question, own.scale, own.until, own.radius, own.gate, own.layers], ["weight", "log", 4, 1, 1, 5]);
  const held = settings(at({ question: "nonsense", radius: 9, layers: 99, until: 50, scale: "linear" }));
  assert.deepEqual([held.question, held.radius, held.layers, held.until, held.scale], ["weight", 2, 8, 4, "linear"]);
});

test("each question asks for its own", () => {
  const asked = (view) => {
    const state = at(view);
    return questionOf(state, settings(state));
  };
  assert.deepEqual(asked({ across: `${B}.0:0.9:1.1`, until: 3 }), {
    kind: "weight", across: { address: B, index: [0], low: 0.9, high: 1.1, count: 121 }, of: `${MAIN}y`, until: 3, marks: [0.9, 0.99, 1, 1.01, 1.1],
  });
  assert.deepEqual(asked({ question: "depth", gain: 2 }), { kind: "depth", layers: 5, gain: 2, seed: 1 });
  assert.deepEqual(asked({ question: "gates", gate: 5 }), { kind: "product", cells: ["lstm", "gru", "tanh"], radius: 1, drive: 0.5, seed: 1, gate: 5, steps: 1000 });
  assert.equal(asked({ question: "matrix", gate: 5 }).gate, 0);
  assert.deepEqual(asked({ question: "causes", drive: 0 }), { kind: "causes", radius: 1, drive: 0, seed: 1, steps: 100 });
});

test("what is left is told at lags that were measured", () => {
  const curve = { lags: Float64Array.from([0, 10]), norms: Float64Array.from([1, 0.25]) };
  assert.deepEqual([leftAfter(curve, 10), leftAfter(curve, 7), leftAfter(undefined, 10)], [0.25, undefined, undefined]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lines } from "../../../static/views/table.js";
import { MAIN, state } from "../scene.js";

test("every value of the network has a line, states above what they are made of, the input last", () => {
  const found = lines(state());
  assert.deepEqual(found.map(({ symbol }) => symbol), ["y", "c", "f", "z", "x₁", "x₂"]);
  assert.ok(found.every(({ unit, layer }) => unit === "" && layer === ""));
});

test("a line has the numbers of its symbol, and nothing where none is known", () => {
  const now = state();
  const line = lines(now).find(({ symbol }) => symbol === "x₂");
  assert.equal(line.number(1), String(now.experiment.sequence.inputs[0][1]));
  const small = lines({ ...now, experiment: { ...now.experiment, sequence: { ...now.experiment.sequence, inputs: [[-1 / 3, -1e-20]] } } });
  assert.deepEqual(small.slice(-2).map((one) => one.number(1)), ["-0.33333333", "-1e-20"]);
  const c = lines({ ...now, values: { ...now.values, [`${MAIN}c`]: undefined } }).find(({ symbol }) => symbol === "c");
  assert.equal(c.number(1), "");
});

test("going backward the gradients follow", () => {
  const now = state();
  now.experiment = { ...now.experiment, view: { ...now.experiment.view, direction: "backward" } };
  now.lesson = { ...now.lesson, view: { ...now.lesson.view, gradients: [`${MAIN}c`, "main.0.forward.x"] } };
  const names = lines(now).map(({ symbol }) => symbol).filter((symbol) => symbol.startsWith("dL/d"));
  assert.ok(names.includes("dL/dc") && names.includes("dL/dx₁"), String(names));
});

test("with a loss its targets, losses and sum come first", () => {
  const now = state();
  const series = (data) => ({ data: Float64Array.from(data), first: 1, steps: data.length, units: 1 });
  now.experiment = { ...now.experiment, loss: { kind: "cross-entropy", of: `${MAIN}y`, targets: [null, [1], null, [0.25]] } };
  now.values = { ...now.values, loss: series([0, 0.5, 0, 2]), loss_sum: series([0, 0.5, 0.5, 2.5]), loss_probability: series([NaN, 0.6, NaN, 0.1]) };
  const found = lines(now).slice(0, 4).map(({ symbol, number }) => [symbol, ...[1, 2, 4].map(number)]);
  assert.deepEqual(found.map((line) => line.slice(1)), [["", "1", "0.25"], ["0", "0.5", "2"], ["0", "0.5", "2.5"], ["", "0.6", "0.1"]]);
});

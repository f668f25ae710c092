import assert from "node:assert/strict";
import { test } from "node:test";
import { windows } from "../../../static/state/windows.js";
import { beat, experiment, lesson, MAIN, network, prediction, state, X } from "../scene.js";

const long = (step = 1, more = {}) => state({ experiment: experiment({ step, sequence: { inputs: Array.from({ length: 1000 }, () => [1, 0]) } }), ...more });

test("of a small network everything is sent", () => {
  assert.equal(windows(state()), null);
});

test("many units or many steps are looked at through windows", () => {
  const wide = network();
  wide.layers[0].sizes.units = 17;
  assert.deepEqual(windows(state({ network: wide })).map(({ name, first, count }) => [name, first, count]), [["near", 1, 4]]);
  assert.equal(windows(long()).length, 1);
});

test("numbers come for a few steps around the present one, and the next ones are asked for before they are reached", () => {
  const near = (step) => windows(long(step))[0];
  assert.deepEqual(near(1), { name: "near", symbols: null, first: 1, count: 10, dtype: "float64", gradients: false });
  assert.deepEqual(near(8), near(1));
  assert.deepEqual([near(9).first, near(9).count], [7, 12]);
  assert.deepEqual([near(1000).first, near(1000).count], [991, 10]);
});

test("what is in view comes as a picture, the place pointed at as a number", () => {
  const sight = { first: 40, count: 150, pointed: { address: `${MAIN}c`, unit: 0, step: 77 } };
  const [, view, point, whole] = windows(long(1, { sight, lesson: null }));
  assert.deepEqual(view, { name: "view", symbols: [`${MAIN}y`, `${MAIN}c`, `${MAIN}f`, `${MAIN}z`, X], first: 40, count: 150, dtype: "float64", gradients: false });
  assert.deepEqual(point, { name: "point", symbols: [`${MAIN}c`], first: 77, count: 1, dtype: "float64", gradients: false });
  assert.deepEqual(whole, { name: "whole", symbols: [`${MAIN}c`], first: 1, count: null, dtype: "float64", gradients: false });
});

test("what a question asks for is sent wherever it is, before the answer and after it", () => {
  const asking = lesson({ beats: [beat("first", 1, { prediction: prediction("far", 900) })] });
  const asked = (predictions) => windows(long(1, { lesson: asking, predictions })).slice(1);
  const own = { name: "asked", symbols: [`${MAIN}c`], first: 900, count: 1, dtype: "float64", gradients: false };
  assert.deepEqual([asked({}), asked({ far: { answer: 0.1 } })], [[own], [own]]);
});

test("of more numbers than 4,096 a picture has what its colours need", () => {
  const units = (count) => {
    const own = network();
    own.layers[0].sizes.units = count;
    own.symbols[`${MAIN}c`].size = count;
    const sight = { first: 1, count: 100, pointed: null };
    return windows(long(1, { network: own, sight, lesson: null })).slice(1).map(({ name, dtype }) => [name, dtype]);
  };
  assert.deepEqual(units(4), [["view", "float64"], ["whole", "float64"]]);
  assert.deepEqual(units(5), [["view", "float64"], ["whole", "float32"]]);
  assert.deepEqual(units(35), [["view", "float64"], ["whole", "float32"]], "100 steps of 35 units and of 5 numbers more");
  assert.deepEqual(units(36), [["view", "float32"], ["whole", "float32"]]);
});

test("gradients are sent when they are looked at", () => {
  const own = long();
  const back = { ...own, experiment: { ...own.experiment, view: { direction: "backward" } } };
  assert.deepEqual(windows(back).map(({ gradients }) => gradients), [true]);
});

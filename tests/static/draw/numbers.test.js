import assert from "node:assert/strict";
import { test } from "node:test";

import { inputOf, numbersOf } from "../../../static/draw/numbers.js";
import { INPUT, LAYER, sources } from "../paper.js";

test("values, memory before, parameters and what is given from outside", () => {
  const numbers = numbersOf(sources(), LAYER);
  assert.equal(numbers.value("c", 0, 2).toFixed(6), "7.000000");
  assert.equal(numbers.value("c_prev", 0, 2), numbers.value("c", 0, 1));
  assert.equal(numbers.value("c_prev", 0, 1), 0);
  assert.equal(numbers.value("x", 1, 5), -1);
  assert.equal(numbers.parameter("W_f", 0, 1), 100);
  assert.equal(numbers.parameter("b_f", 0, 0), 10);
  assert.equal(numbers.outside("y", 0, 4), 1);
  assert.equal(numbers.outside("y", 0, 3), 0);
  assert.ok(Number.isNaN(numbers.value("c", 0, 6)));
  assert.equal(numbers.next(5), 0);
  assert.equal(numbers.full("x"), INPUT);
});

test("a layer reads what leaves the layer below it; a readout reads its top layer", () => {
  const state = sources();
  state.network.layers.push({ address: "main.2.forward", part: "main", layer: "2", direction: "forward", program: "cell", sizes: {} });
  assert.equal(inputOf(state.network, "main.2.forward"), `${LAYER}.y`);
  state.network.layers = [state.network.layers[0], { address: "main.readout.forward", part: "main", layer: "readout", direction: "forward", program: "out", sizes: {} }];
  state.network.programs.out = { inputs: [{ name: "c" }], states: [], equations: [], lowered: [], adjoint: [] };
  assert.equal(numbersOf(state, "main.readout.forward").full("c"), `${LAYER}.c`);
  assert.deepEqual(numbersOf(state, LAYER).consumers("c").map((one) => one.name), ["c"]);
});

test("in a layer that hears the sequence backwards, before is the step to the right", () => {
  const state = sources();
  state.network.layers[0].address = "main.1.backward";
  const shift = (record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name.replace(".forward.", ".backward."), value]));
  state.values = shift(state.values);
  state.network.symbols = { ...shift(state.network.symbols), [INPUT]: state.network.symbols[INPUT] };
  const numbers = numbersOf(state, "main.1.backward");
  assert.equal(numbers.value("c_prev", 0, 2), numbers.value("c", 0, 3));
  assert.equal(numbers.value("c_prev", 0, 5), 0);
  assert.equal(numbers.next(1), 0);
});

test("a unit that a symbol does not have has no number", () => {
  const state = sources();
  state.values[`${LAYER}.s`] = { data: [1, 2, 3, 4], first: 1, steps: 2, units: 2 };
  const numbers = numbersOf(state, LAYER);
  assert.deepEqual([numbers.value("s", 1, 1), numbers.value("s", 2, 1)], [2, NaN]);
  assert.equal(numbers.value("c", 2, 2), numbers.value("c", 0, 2), "one number stands for all units");
});

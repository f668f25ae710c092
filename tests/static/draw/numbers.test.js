import assert from "node:assert/strict";
import { test } from "node:test";

import { numbersOf, readFrom } from "../../../static/draw/numbers.js";
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
  assert.deepEqual(readFrom(state.network, "main.2.forward", "x"), [`${LAYER}.y`]);
  assert.deepEqual(readFrom(state.network, "main.2.forward", "c"), ["main.2.forward.c"]);
  assert.equal(numbersOf(state, "main.2.forward").value("x", 0, 2), numbersOf(state, LAYER).value("y", 0, 2));
  assert.deepEqual([numbersOf(state, "main.2.forward").shared("x"), numbersOf(state, LAYER).shared("x"), numbersOf(state, LAYER).shared("c")], [true, false, false]);
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
  assert.deepEqual([numbers.before(2), numbers.before(5)], [3, 0]);
});

test("two directions hand up what they say one behind the other, to a layer and to a readout", () => {
  const state = sources();
  const back = "main.1.backward";
  const layer = (/** @type {string} */ address, /** @type {string} */ program) => ({ address, part: "main", layer: address.split(".")[1], direction: address.split(".")[2], program, sizes: { units: 1 } });
  const readout = "main.readout.forward";
  state.network.layers.push(layer(back, "cell"), layer("main.2.forward", "cell"), layer(readout, "out"));
  state.network.programs.out = { inputs: [{ name: "c" }], states: [], equations: [], lowered: [], adjoint: [{ symbol: "c", target: "∂c", terms: [{ expr: ["matmul", ["transpose", "V"], "∂s"], via: "s", when: "now" }] }] };
  for (const name of ["c", "y"]) {
    state.network.symbols[`${back}.${name}`] = { symbol: name, kind: "value", size: 1, role: "value" };
    state.network.symbols[`main.2.forward.${name}`] = { symbol: name, kind: "value", size: 1, role: "value" };
    state.values[`${back}.${name}`] = { data: [10, 20, 30, 40, 50], first: 1, steps: 5, units: 1 };
    state.values[`main.2.forward.${name}`] = { data: [1, 2, 3, 4, 5], first: 1, steps: 5, units: 1 };
  }
  const upper = numbersOf(state, "main.2.forward");
  assert.deepEqual([upper.full("x"), upper.size("x"), upper.value("x", 1, 3)], ["main.2.forward.x", 2, 30]);
  assert.equal(upper.value("x", 0, 3), numbersOf(state, LAYER).value("y", 0, 3));
  assert.deepEqual(numbersOf(state, back).consumers("y").map(({ name, from, numbers }) => [name, from, numbers.full("y")]), [["x", 1, "main.2.forward.y"]]);
  assert.deepEqual(numbersOf(state, LAYER).consumers("y").map(({ from }) => from), [0]);
  assert.deepEqual([numbersOf(state, LAYER).shared("x"), numbersOf(state, back).shared("x")], [true, true], "both directions read the input");
  assert.equal(numbersOf(state, readout).value("c", 0, 3), 3);
  state.network.layers.splice(2, 1);
  const out = numbersOf(state, readout);
  assert.deepEqual([out.full("c"), out.size("c"), out.value("c", 1, 2)], [`${readout}.c`, 2, 20]);
  assert.equal(out.value("c", 0, 2), numbersOf(state, LAYER).value("c", 0, 2));
});

test("a unit that a symbol does not have has no number", () => {
  const state = sources();
  state.values[`${LAYER}.s`] = { data: [1, 2, 3, 4], first: 1, steps: 2, units: 2 };
  const numbers = numbersOf(state, LAYER);
  assert.deepEqual([numbers.value("s", 1, 1), numbers.value("s", 2, 1)], [2, NaN]);
  assert.equal(numbers.value("c", 2, 2), numbers.value("c", 0, 2), "one number stands for all units");
});

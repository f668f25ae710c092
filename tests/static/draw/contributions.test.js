import assert from "node:assert/strict";
import { test } from "node:test";

import { contributions } from "../../../static/draw/contributions.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);

test("entries and biases of a gate's sum, the largest first, nothing that is zero", () => {
  assert.deepEqual(contributions("f", numbers, 0, 1), [
    { name: "W_f", index: [0, 1], of: "x", at: 1, weight: 100, input: 1, value: 100 },
    { name: "b_f", index: [0], of: null, at: 0, weight: 10, input: 1, value: 10 },
  ]);
});

test("they add up to what the function is taken of", () => {
  const sum = contributions("i", numbers, 0, 2).reduce((total, { value }) => total + value, 0);
  assert.equal(sum, numbers.value("i:in", 0, 2));
});

test("what is no such sum has none", () => {
  assert.deepEqual(contributions("c", numbers, 0, 2), []);
  assert.deepEqual(contributions("nothing", numbers, 0, 2), []);
});

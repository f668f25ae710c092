import assert from "node:assert/strict";
import { test } from "node:test";

import { extent, gradientNamed, products, scalar } from "../../../static/draw/evaluate.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { rightSide, tree } from "../../../static/draw/tree.js";
import { LAYER, PROGRAM, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);

test("an equation worked out equals what the engine sent", () => {
  for (const target of ["z", "i", "f", "o", "c", "y"]) {
    for (let step = 1; step <= 5; step++) {
      const got = scalar(rightSide(PROGRAM, target), numbers, 0, step);
      assert.ok(Math.abs(got - numbers.value(target, 0, step)) < 1e-12, `${target} at ${step}`);
    }
  }
});

test("a matrix product is its terms", () => {
  const terms = products(tree(["matmul", "W_f", "x"]), numbers, 0, 1);
  assert.deepEqual(terms.map(({ weight, input }) => [weight, input]), [[0, 3], [100, 1], [0, 0]]);
  assert.equal(extent(tree(["transpose", "W_f"]), numbers), 3);
});

test("internal operations of the backward pass", () => {
  assert.equal(scalar(tree(["outside", "y"]), numbers, 0, 4), 1);
  assert.equal(scalar(tree(["next", "c"]), numbers, 0, 5), 0);
  assert.equal(scalar(tree(["next", "z"]), numbers, 0, 1), 4);
  assert.equal(scalar(tree(["sum", "z"]), numbers, 0, 1), 13);
  assert.equal(scalar(tree(["total", "x"]), numbers, 0, 1), 4);
  assert.equal(scalar(tree(["matmul", ["transpose", "W_f"], "z"]), numbers, 1, 1), 300);
  assert.deepEqual([scalar(tree(["abs", "z"]), numbers, 0, 1), scalar(tree(["abs", ["neg", "z"]]), numbers, 0, 1)], [3, 3]);
});

test("the gradient of a memory before the step is the sum of its terms", () => {
  const before = gradientNamed("c_prev", numbers, 0, 4);
  assert.equal(before, numbers.gradient("c", 0, 4) * numbers.value("f", 0, 4));
});

test("a function without a name is not guessed", () => {
  assert.ok(Number.isNaN(scalar(tree(["tanh", "c"]), numbers, 0, 1)));
});

test("a mask is read from its own line", () => {
  const state = sources();
  const program = { ...PROGRAM, lowered: [...PROGRAM.lowered, { target: "z:slower", expr: ["slower", 1, 2], of: "z" }] };
  state.network.programs.cell = program;
  state.network.layers[0].sizes.units = 2;
  const own = numbersOf(state, LAYER);
  const masked = (row, transposed) => {
    const mask = ["mul", "z:slower", 2];
    return products(tree(["matmul", transposed ? ["transpose", mask] : mask, "x"]), own, row, 1).map(({ weight }) => weight).slice(0, 2);
  };
  assert.deepEqual([masked(0), masked(1)], [[2, 2], [0, 2]]);
  assert.deepEqual([masked(0, true), masked(1, true)], [[2, 0], [2, 2]]);
});

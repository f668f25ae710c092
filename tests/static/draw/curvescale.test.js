import assert from "node:assert/strict";
import { test } from "node:test";
import { plainScale, powersOfTen } from "../../../static/draw/curvescale.js";

test("powers of ten reach as far as the numbers do, in few sizes", () => {
  const { share, ticks } = powersOfTen([1, 4.36e-5]);
  assert.deepEqual([share(1), share(1e-3), share(1e-6)], [1, 0.5, 0]);
  assert.deepEqual(ticks.map(({ text }) => text), ["10⁻⁶", "10⁻⁴", "10⁻²", "1"]);
  assert.equal(powersOfTen([20751]).share(1e6), 1);
  assert.equal(powersOfTen([-20751]).share(-1000), (1 + 3) / 7);
});

test("what is 0 lies below every power, what is infinite above, and neither stretches the scale", () => {
  const { outside, share } = powersOfTen([0, 0.5, 1, 2, Infinity, NaN]);
  assert.deepEqual([0, 0.09, 0.5, 999, Infinity].map(outside), [-1, -1, 0, 0, 1]);
  assert.deepEqual([share(0), share(Infinity)], [0, 1]);
});

test("a plain scale goes from 0 to the next round number, and both ways where signs differ", () => {
  const { share, outside, ticks } = plainScale([1, 20751.6, Infinity]);
  assert.deepEqual(ticks.map(({ text }) => text), ["0", "12500", "25000"]);
  assert.deepEqual([share(12500), outside(25001), outside(Infinity)], [0.5, 1, 1]);
  assert.deepEqual(plainScale([-0.5, 0.9]).ticks.map(({ at, text }) => [at, text]), [[0, "−1"], [0.5, "0"], [0.75, "0.5"], [1, "1"]]);
  assert.equal(plainScale([]).share(0.5), 0.5);
});

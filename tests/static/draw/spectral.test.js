import assert from "node:assert/strict";
import { test } from "node:test";
import { spectralRadius } from "../../../static/draw/spectral.js";

const near = (found, wanted) => assert.ok(Math.abs(found - wanted) <= 2e-5 * wanted, `${found} is not ${wanted}`);

test("the largest eigenvalue, real or not, whatever lies beside it", () => {
  near(spectralRadius([[-2]]), 2);
  near(spectralRadius([[0.5, 30], [0, 0.9]]), 0.9);
  near(spectralRadius([[0.6, -0.8], [0.8, 0.6]]), 1);
  near(spectralRadius([[1, 1], [0, 1]]), 1);
  near(spectralRadius([[2, 1, 0], [1, 2, 1], [0, 1, 2]]), 2 + Math.SQRT2);
});

test("what is gone after a few steps has none, and very large or small numbers do no harm", () => {
  assert.equal(spectralRadius([[0, 1], [0, 0]]), 0);
  assert.equal(spectralRadius([[0, 0], [0, 0]]), 0);
  near(spectralRadius([[1e200, 0], [0, 1]]), 1e200);
  near(spectralRadius([[1e-300, 0], [0, 1e-310]]), 1e-300);
});

test("it grows with the matrix", () => {
  const matrix = [[0.3, -1.2, 0.4], [0.8, 0.1, -0.6], [-0.2, 0.9, 0.5]];
  near(spectralRadius(matrix.map((row) => row.map((value) => value * -2.5))), 2.5 * spectralRadius(matrix));
});

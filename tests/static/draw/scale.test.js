import assert from "node:assert/strict";
import { test } from "node:test";

import { clamp, decadeAbove, magnitude, share } from "../../../static/draw/scale.js";

test("clamp and share hold what is outside at the end", () => {
  assert.equal(clamp(3, 0, 2), 2);
  assert.equal(share(20, 10), 1);
  assert.equal(share(-5, 10), -0.5);
  assert.equal(share(NaN, 10), 0);
});

test("the logarithmic scale has six decades and grows in jumps of three", () => {
  assert.equal(decadeAbove(0.3), 0);
  assert.equal(decadeAbove(7), 3);
  assert.equal(decadeAbove(1001), 6);
  assert.equal(magnitude(1, 0), 1);
  assert.equal(magnitude(1e-6, 0), 0);
  assert.equal(magnitude(-1e-3, 0), 0.5);
  assert.equal(magnitude(0, 0), 0);
  assert.equal(magnitude(Infinity, 3), 1);
});

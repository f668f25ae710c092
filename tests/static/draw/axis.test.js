import assert from "node:assert/strict";
import { test } from "node:test";

import { linear, ticks } from "../../../static/draw/axis.js";

test("linear maps a domain onto a range, and a point domain onto its start", () => {
  const up = linear([0, 10], [100, 0]);
  assert.equal(up(2.5), 75);
  assert.equal(linear([1, 1], [5, 9])(1), 5);
});

test("ticks are round and end within the axis", () => {
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(3, 3, 4), [3]);
});

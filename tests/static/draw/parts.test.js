import assert from "node:assert/strict";
import { test } from "node:test";

import { numbersOf } from "../../../static/draw/numbers.js";
import { weightsIn } from "../../../static/draw/parts.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);

test("of a gate its own row of its own matrix, and its own bias", () => {
  const has = weightsIn("f", numbers, 0);
  assert.ok(["0.0", "0.1"].every((index) => has(`${LAYER}.W_f`, index)) && has(`${LAYER}.b_f`, "0") && has(`${LAYER}.b_f`, ""));
  assert.equal(has(`${LAYER}.W_i`, "0.0"), false);
  assert.equal(has(`${LAYER}.W_f`, "1.0"), false);
  assert.equal(weightsIn("f", numbers, 10)(`${LAYER}.W_f`, "1.0"), false);
});

test("what is made without weights, or is no equation, has none", () => {
  for (const name of ["c", "c_prev", "x", "nothing"]) assert.equal(weightsIn(name, numbers, 0)(`${LAYER}.W_f`, "0.0"), false, name);
});

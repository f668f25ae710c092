import assert from "node:assert/strict";
import { test } from "node:test";

import { letters, spoken } from "../../../static/draw/symbol.js";

test("letters and what stands below them", () => {
  assert.deepEqual(letters("c"), { letter: "c", sub: "" });
  assert.deepEqual(letters("W_f"), { letter: "W", sub: "f" });
  assert.deepEqual(letters("c_prev"), { letter: "c", sub: "t−1" });
  assert.deepEqual(letters("∂f:in"), { letter: "∂f", sub: "in" });
  assert.equal(spoken("W_f"), "W f");
  assert.equal(spoken("c"), "c");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { numbersOf } from "../../../static/draw/numbers.js";
import { contribution } from "../../../static/draw/summand.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);

test("what one symbol adds to a sum", () => {
  assert.deepEqual(contribution("f", "x", numbers, 0, 1), { written: "W_f x", value: 100 });
  assert.equal(contribution("y", "nobody", numbers, 0, 1), null);
});

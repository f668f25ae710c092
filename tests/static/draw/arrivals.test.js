import assert from "node:assert/strict";
import { test } from "node:test";

import { arrivals } from "../../../static/draw/arrivals.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);

test("what arrives adds up to the gradient, what comes from the next step opened", () => {
  const { terms, value } = arrivals("c", numbers, 0, 3);
  assert.deepEqual(terms.map(({ via, when }) => [via, when]), [["y", "now"], ["c", "next"]]);
  assert.ok(Math.abs(terms.reduce((sum, term) => sum + term.value, 0) - value) < 1e-15);
});

test("what is given from outside arrives where it is given", () => {
  assert.deepEqual(arrivals("y", numbers, 0, 4).terms.map(({ when, value }) => [when, value]), [["outside", 1]]);
  assert.deepEqual(arrivals("y", numbers, 0, 3).terms, []);
  assert.equal(arrivals("none", numbers, 0, 3), null);
});

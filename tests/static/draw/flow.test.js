import assert from "node:assert/strict";
import { test } from "node:test";

import { backAlong, fromLater, gradientOf, valueOf } from "../../../static/draw/flow.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);
const near = (got, wanted) => assert.ok(Math.abs(got - wanted) < 1e-12, `${got} is not ${wanted}`);

test("what an operation hands on", () => {
  near(valueOf("c/0", numbers, 0, 4), numbers.value("f", 0, 4) * numbers.value("c", 0, 3));
  near(valueOf("c/", numbers, 0, 4), numbers.value("c", 0, 4));
  near(valueOf("z", numbers, 0, 4), 1);
});

test("gradients pass a sum unchanged and a product by the other factor", () => {
  const gradient = numbers.gradient("c", 0, 4);
  near(gradientOf("c/1", numbers, 0, 4), gradient);
  near(backAlong({ from: "c/0", to: "c/", name: "c/0" }, numbers, 0, 4), gradient);
  near(backAlong({ from: "f", to: "c/0", name: "f" }, numbers, 0, 4), gradient * numbers.value("c", 0, 3));
  near(backAlong({ from: "c_prev", to: "c/0", name: "c_prev" }, numbers, 0, 4), gradient * numbers.value("f", 0, 4));
  near(backAlong({ from: "c/", to: "c", name: "c/" }, numbers, 0, 4), gradient);
});

test("what comes back from the step after", () => {
  near(fromLater("c", numbers, 0, 3), numbers.gradient("c", 0, 4) * numbers.value("f", 0, 4));
  near(fromLater("c", numbers, 0, 5), 0);
});

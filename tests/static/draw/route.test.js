import assert from "node:assert/strict";
import { test } from "node:test";

import { route } from "../../../static/draw/route.js";

test("level ways are lines, others leave and arrive horizontally", () => {
  assert.equal(route([[0, 5], [40, 5]]), "M0 5 H40");
  assert.equal(route([[0, 0], [40, 20]]), "M0 0 C20 0 20 20 40 20");
  assert.equal(route([[0, 0], [40, 20], [80, 20]]), "M0 0 C20 0 20 20 40 20 H80");
});

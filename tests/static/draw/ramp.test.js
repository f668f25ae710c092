import assert from "node:assert/strict";
import { test } from "node:test";

import { ramp } from "../../../static/draw/ramp.js";
import { document } from "../paper.js";

test("one patch for each power of ten, from nothing to most", () => {
  const patches = ramp(document).all("rect");
  assert.equal(patches.length, 7);
  assert.match(patches[0].style.values.fill, / 0%/);
  assert.match(patches[6].style.values.fill, / 100%/);
});

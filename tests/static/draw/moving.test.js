import assert from "node:assert/strict";
import { test } from "node:test";

import * as moving from "../../../static/draw/moving.js";

test("what the inside of the cell wants later is there", () => {
  assert.deepEqual(Object.keys(moving).sort(), ["between", "execute", "fly", "follow", "layout", "mirrored", "valves"]);
});

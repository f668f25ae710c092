import assert from "node:assert/strict";
import { test } from "node:test";
import { hasOrigin, originOf } from "../../../static/state/origin.js";
import { experiment } from "../scene.js";

test("a lesson in one of its presets and variants, or a cell, or neither", () => {
  assert.deepEqual(originOf(experiment()), { lesson: "cell", preset: "short", variant: "exact" });
  assert.deepEqual(originOf(experiment({ preset: null, variant: null })), { lesson: "cell" });
  assert.deepEqual(originOf(experiment({ lesson: null, preset: null, variant: null, cell: "gru" })), { cell: "gru" });
  assert.deepEqual(originOf({ lesson: null, cell: null }), {});
  assert.deepEqual([experiment(), { cell: "gru" }, {}, { lesson: null, cell: "" }].map(hasOrigin), [true, true, false, false]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { counted } from "../../../static/draw/count.js";

test("equations alike are counted once, times how many they are", () => {
  const shapes = Array.from({ length: 4 }, () => [[3, 2], [3, 3], [3]]).flat();
  assert.deepEqual(counted(shapes), { text: "4 × (3·2 + 3·3 + 3)", count: 72 });
});

test("unlike ones are added", () => {
  assert.deepEqual(counted([[3, 2], [3, 3], [3]]), { text: "3·2 + 3·3 + 3", count: 18 });
  assert.deepEqual(counted([[3, 2], [3, 2], [3], []]), { text: "2 × 3·2 + 3 + 1", count: 16 });
  assert.deepEqual(counted([]), { text: "", count: 0 });
});

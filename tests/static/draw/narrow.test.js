import assert from "node:assert/strict";
import { test } from "node:test";
import { narrow } from "../../../static/draw/narrow.js";

test("broad signs become narrow ones, and nothing else changes or moves", () => {
  assert.equal(narrow("ｈ　＝　ｔａｎｈ（Ｗ＠ｘ＋０。５）：隐藏"), "h = tanh(W@x+0.5):隐藏");
  assert.equal(narrow("h = tanh(W @ x) : état 😀"), "h = tanh(W @ x) : état 😀");
});

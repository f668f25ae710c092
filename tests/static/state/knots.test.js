import assert from "node:assert/strict";
import { test } from "node:test";
import { lasting, tie, untie } from "../../../static/state/knots.js";

test("one becomes one with another, and takes along what was one with it", () => {
  assert.deepEqual(tie({}, "a", "b"), { a: "b" });
  assert.deepEqual(tie({ a: "b" }, "b", "c"), { a: "c", b: "c" });
  assert.deepEqual(tie({ a: "b" }, "c", "a"), { a: "b", c: "b" });
  assert.deepEqual(tie({ a: "b", c: "d" }, "a", "c"), { a: "d", b: "d", c: "d" });
});

test("one comes apart with its numbers, wherever they stood", () => {
  assert.deepEqual(untie({ a: "c", b: "c" }, "a"), { tied: { b: "c" }, same: { a: "c" } });
  assert.deepEqual(untie({ a: "c", b: "c" }, "c"), { tied: { b: "a" }, same: { a: "c" } });
  assert.deepEqual(untie({ a: "c" }, "b"), { tied: { a: "c" }, same: {} });
});

test("of another network those ties last whose two are there in one shape", () => {
  assert.deepEqual(lasting({ a: "b", c: "d", e: "a" }, { a: [[1, 2]], b: [[3, 4]], c: [1], d: [1, 2] }), { a: "b" });
});

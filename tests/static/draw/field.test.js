import assert from "node:assert/strict";
import { test } from "node:test";
import { grain, numberField, rounded, typed } from "../../../static/draw/field.js";
import { document } from "../paper.js";

test("a drag goes in round steps", () => {
  assert.deepEqual([25, 2.5, 10, 100, 1].map(grain).map((value) => Number(value.toPrecision(3))), [0.1, 0.01, 0.05, 0.5, 0.005]);
  assert.equal(rounded(0.123456, 0.01), 0.12);
  assert.equal(rounded(9.96, 0.1), 10);
  assert.equal(rounded(1234.5, 50), 1250);
  assert.equal(rounded(0.1 + 0.2, 0.1), 0.3);
  assert.equal(rounded(5.506e307, 5e305), 5.5e307);
});

test("a number is understood as people type it", () => {
  assert.equal(typed(" -1.5 "), -1.5);
  assert.equal(typed("−10"), -10);
  assert.equal(typed("2,5"), 2.5);
  assert.equal(typed("+.5"), 0.5);
  assert.equal(typed("1e3"), 1000);
  assert.equal(typed("1E-3"), 0.001);
  assert.equal(typed("１．５"), 1.5);
  assert.equal(typed("－２，５"), -2.5);
  assert.equal(typed("3。5"), 3.5);
  assert.equal(typed("0,125"), 0.125);
});

test("a comma before each three digits is no decimal one", () => {
  assert.equal(typed("1,000"), 1000);
  assert.equal(typed("-12,345.5"), -12345.5);
  assert.equal(typed("1,234,567"), 1234567);
  assert.equal(typed("1,0000"), 1);
  assert.equal(typed("1,23"), 1.23);
});

test("what is no number is none", () => {
  for (const text of ["", "  ", "-", "abc", "1.2.3", "0x10", "Infinity", "NaN", "1e999", "1 2", "1e", "1,000,5", "三"]) assert.equal(typed(text), null, text);
});

test("a number let go keeps where the hand was last, though that is not drawn yet", () => {
  const changes = [];
  const { node, update } = numberField(document, { change: (value, { live }) => changes.push([value, live]) });
  Object.assign(node, { setPointerCapture() {}, blur() {} });
  update({ value: 1, bound: 1, label: "w" });
  node.listeners.pointerdown({ button: 0, pointerId: 1, clientX: 100 });
  for (const clientX of [140, 180]) node.listeners.pointermove({ clientX });
  node.listeners.pointerup({ type: "pointerup" });
  assert.deepEqual(changes, [[1.25, true], [1.5, true], [1.5, false]]);
});

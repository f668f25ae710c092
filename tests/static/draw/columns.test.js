import assert from "node:assert/strict";
import test from "node:test";
import { isRuled, onRuler, tracks } from "../../../static/draw/columns.js";

const blocks = (/** @type {number} */ units) => [
  { operand: "x", names: ["x₁", "x₂"] }, { operand: "h_prev", names: Array.from({ length: units }, () => "h") }, { operand: null, names: ["b"] },
];

test("a bias is narrower only where columns are many and not yet narrow themselves", () => {
  assert.equal(tracks(blocks(1), { columns: 4, apart: false }), "var(--matrix-name) repeat(2, minmax(0, 1fr)) repeat(1, minmax(0, 1fr)) repeat(1, minmax(0, 1fr))");
  assert.match(tracks(blocks(4), { columns: 7, apart: true }), /repeat\(1, minmax\(0, 0.6fr\)\)$/);
  assert.match(tracks(blocks(16), { columns: 19, apart: true }), /repeat\(16, minmax\(0, 1fr\)\) var\(--matrix-block\) repeat\(1, minmax\(0, 1fr\)\)$/);
});

test("blocks stand apart by a track of their own, and a narrower matrix keeps the columns of its neighbours", () => {
  assert.equal(tracks(blocks(2), { columns: 8, apart: true }),
    "var(--matrix-name) repeat(2, minmax(0, 1fr)) var(--matrix-block) repeat(2, minmax(0, 1fr)) var(--matrix-block) repeat(1, minmax(0, 0.6fr)) repeat(3, minmax(0, 1fr))");
});

test("many columns are named as on a ruler", () => {
  assert.deepEqual([9, 10, 19].map(isRuled), [false, true, true]);
  const names = Array.from({ length: 12 }, (_, index) => `h${String(index + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)])}`);
  const over = (/** @type {string[]} */ list) => list.map((name, column) => onRuler(name, list[column + 1]));
  assert.deepEqual(over([...names, "h₁₃"]), ["h₁", "", "", "4", "", "", "", "8", "", "", "", "12", ""]);
  assert.deepEqual(over(names), ["h₁", "", "", "4", "", "", "", "8", "", "", "", ""], "12 would touch what comes next");
  assert.deepEqual(over(["the", "cat", "sat"]), ["the", "cat", "sat"], "words have nothing in common to leave out");
  assert.deepEqual(over(["b"]), ["b"]);
  assert.deepEqual(over(["h₁→", "h₂→", "h₄→", "h₁←", "h₄←"]), ["h₁→", "", "", "h₁←", "4"], "each of two directions has a ruler of its own");
});

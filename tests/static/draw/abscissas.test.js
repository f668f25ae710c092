import assert from "node:assert/strict";
import { test } from "node:test";

import { abscissas } from "../../../static/draw/abscissas.js";
import { extent, rooms } from "../../../static/draw/noderoom.js";

const spot = (/** @type {string} */ id, /** @type {number} */ rank, /** @type {number} */ y, /** @type {object} */ node = {}) =>
  /** @type {any} */ ({ id, node: { id, kind: "op", role: "value", op: "add", name: id, label: "+", ...node }, units: 1, type: 1, rank, y, before: [], after: [] });
const SIGMOID = { op: "sigmoid", label: null };

test("words at one height keep clear of one another, and stand closer where they are at two", () => {
  const pair = (/** @type {number} */ y) => {
    const columns = [[spot("a", 0, 0, SIGMOID)], [spot("b", 1, y, SIGMOID)]];
    const { at } = abscissas(columns, []);
    for (const one of rooms(columns[0][0])) {
      for (const other of rooms(columns[1][0])) assert.ok(one.bottom < other.top || other.bottom < one.top || at[0] + one.right < at[1] - other.left);
    }
    return at[1] - at[0];
  };
  assert.ok(pair(90) < pair(0));
});

test("a wire bends past the words that it passes; a level one needs no room for a bend", () => {
  const [from, to] = [spot("a", 0, 0), spot("b", 1, 60)];
  const { at, bend, width } = abscissas([[from], [to]], [[from, to]]);
  const [left, right] = bend(from, to);
  assert.ok(left > at[0] + Math.max(...rooms(from).map((room) => room.right)));
  assert.ok(left < right && right < at[1] - extent(to).half);
  assert.ok(width > at[1] + extent(to).right);
});

test("wires from one column bend at one place where they can", () => {
  const [from, one, other] = [spot("a", 0, 0), spot("b", 1, 80), spot("c", 1, 140)];
  const { bend } = abscissas([[from], [one, other]], [[from, one], [from, other]]);
  assert.deepEqual(bend(from, one), bend(from, other));
});

test("a long name has its room at the edge of the drawing", () => {
  const box = (/** @type {string} */ name) => spot(name, 0, 0, { kind: "value", op: "affine", name });
  assert.ok(abscissas([[box("memory_state_prev")]], []).at[0] > abscissas([[box("c")]], []).at[0] + 15);
});

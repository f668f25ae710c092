import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { BOX, gridOf, standBox, standGate } from "../../../static/draw/grid.js";
import { createSheet } from "../../../static/draw/sheet.js";
import { DIAGRAMS } from "../diagrams.js";

const grid = (name, units = 3) => gridOf(belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges), units);

test("which gates stand below: one that writes, one that resets, one worked out from another", () => {
  const gates = (name) => [grid(name).writer, grid(name).resetter, grid(name).derived];
  assert.deepEqual(gates("lstm"), ["i", null, null]);
  assert.deepEqual(gates("gru"), [null, "r", null]);
  assert.deepEqual(gates("minimal-gated"), [null, null, null]);
  assert.deepEqual(gates("lstm-coupled"), ["i", null, "f/"]);
});

test("heights go down from the belt to the rails", () => {
  for (const units of [1, 3, 6, 40]) {
    const { level, branch, meeting, roof, gates, rail } = grid("lstm-use-gate", units);
    const order = [level, branch, meeting, roof, gates, rail];
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
  }
});

test("boxes have their words below them", () => {
  const sheet = createSheet(() => 12);
  const own = grid("gru");
  standBox(sheet, own, "h", 100, own.level);
  standGate(sheet, own, "z", 200);
  const { h, z } = sheet.drawing.places;
  assert.deepEqual([h.width, z.width], [BOX.width, BOX.gate]);
  for (const { y, height, label } of [h, z]) assert.ok(label.y > y + height / 2 && label.slim);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { boxHeight, extent, lift, pillWidth } from "../../../static/draw/noderoom.js";

const thing = (/** @type {object} */ node, { units = 1, type = 1 } = {}) => /** @type {any} */ ({ node: { id: "a", kind: "value", role: "value", op: "affine", name: "a", ...node }, units, type });
const PRODUCT = { kind: "op", op: "mul", label: "×" };
const SUM = { kind: "op", op: "add", label: "+" };

test("a product has room above and below for what its two sides are multiplied by, a sum for its result alone", () => {
  assert.ok(extent(thing(PRODUCT)).height > extent(thing(SUM)).height);
  assert.ok(lift(thing(SUM)) > 0);
});

test("larger words take more room, boxes and wires that pass do not", () => {
  for (const node of [PRODUCT, SUM, { role: "gate" }]) {
    assert.ok(extent(thing(node, { type: 1.4 })).height > extent(thing(node)).height);
    assert.equal(extent(thing(node, { type: 1.4 })).half >= extent(thing(node)).half, true);
  }
  const bend = (/** @type {number} */ type) => extent(/** @type {any} */ ({ node: null, units: 1, type }));
  assert.deepEqual(bend(1), bend(1.4));
  assert.equal(extent(thing({ kind: "parameter" }, { type: 1.4 })).height, extent(thing({ kind: "parameter" })).height);
});

test("a box is as high as its digits; of many units it shows none", () => {
  assert.ok(boxHeight(3, 1) > boxHeight(1, 1));
  assert.ok(boxHeight(3, 1.4) > boxHeight(3, 1));
  assert.equal(boxHeight(20, 1), boxHeight(128, 1.4));
  assert.ok(boxHeight(8, 1) < boxHeight(16, 1));
  assert.ok(pillWidth(thing({ kind: "op", op: "sigmoid", label: "sigmoid" }).node, 1) > pillWidth(thing(SUM).node, 1));
});

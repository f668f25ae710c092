import assert from "node:assert/strict";
import { test } from "node:test";

import { at, below, left, right, wire } from "../../../static/draw/hand.js";

test("a place with its size, and words on one side of it", () => {
  assert.deepEqual(at("state", 10, 20, left(4, 18), [30, 40]), { shape: "state", x: 10, y: 20, label: { x: 4, y: 18, anchor: "end" }, width: 30, height: 40 });
  assert.deepEqual([right(1, 2, true), below(1, 2)], [{ x: 1, y: 2, anchor: "start", inline: true }, { x: 1, y: 2, anchor: "middle" }]);
});

test("a wire carries what it comes from, unless it is said", () => {
  assert.deepEqual(wire("c y/", "M0 0 V9"), { from: "c", to: "y/", name: "c", d: "M0 0 V9" });
  assert.equal(wire("c y/", "M0 0 V9", "other").name, "other");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { heatSlot } from "../../../static/draw/heat.js";
import { document } from "../paper.js";

const size = { width: 40, height: 2, gap: 0, units: 32, type: 0 };
const bands = (slot) => slot.node.all("shade").map((shade) => (shade.getAttribute("d").match(/M/g) ?? []).length);

test("every unit is a band of one of eleven shades", () => {
  const slot = heatSlot(document, size, "value");
  slot.paint({ value: (unit) => (unit < 16 ? -1 : 1), reach: "shown", bound: 1 });
  const counts = bands(slot);
  assert.equal(counts.length, 11);
  assert.deepEqual([counts[0], counts[10]], [16, 16]);
});

test("hidden and missing units draw nothing", () => {
  const slot = heatSlot(document, size, "gate");
  slot.paint({ value: () => 1, reach: "hidden" });
  assert.equal(bands(slot).reduce((sum, count) => sum + count), 0);
  slot.paint({ value: () => NaN, reach: "shown" });
  assert.equal(bands(slot).reduce((sum, count) => sum + count), 0);
});

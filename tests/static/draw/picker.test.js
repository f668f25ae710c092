import assert from "node:assert/strict";
import { test } from "node:test";

import { unitPicker } from "../../../static/draw/picker.js";
import { document } from "../paper.js";

const say = (key, values = {}) => [key, ...Object.values(values)].join(" ");

test("says the unit, and stops at both ends", () => {
  const moved = [];
  const { node, paint } = unitPicker(document, (by) => moved.push(by));
  paint({ unit: 0, count: 3, say });
  const [down, text, up] = node.children;
  assert.deepEqual([node.hidden, text.textContent, down.disabled, up.disabled], [false, "cell.unit 1 3", true, false]);
  up.listeners.click();
  down.listeners.click();
  assert.deepEqual(moved, [1, -1]);
  paint({ unit: 2, count: 3, say });
  assert.deepEqual([down.disabled, up.disabled], [false, true]);
});

test("one unit needs none", () => {
  const { node, paint } = unitPicker(document, () => undefined);
  paint({ unit: 0, count: 1, say });
  assert.equal(node.hidden, true);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { gradientSlot } from "../../../static/draw/gradientslot.js";
import { document } from "../paper.js";

const size = (units, type = 13) => ({ width: 90, height: 20, gap: 2, units, type });
const figures = (slot) => slot.node.all("text").map((text) => text.textContent).filter(Boolean);
const paint = (values, more = {}) => ({ value: (unit) => values[unit], reach: "shown", ...more });

test("gradients carry their sign, small ones as powers of ten", () => {
  const slot = gradientSlot(document, size(4));
  slot.paint(paint([1, -0.25, 5e-5, 0]));
  assert.deepEqual(figures(slot), ["1.00", "−0.25", "5·10⁻⁵", "0"]);
  slot.paint(paint([4, 8, 2, 0], { whole: true, top: 3 }));
  assert.deepEqual(figures(slot), ["4", "8", "2", "0"]);
});

test("a gradient that is asked for is a question", () => {
  const slot = gradientSlot(document, size(1));
  slot.paint(paint([0.5], { reach: "hidden", question: true }));
  assert.deepEqual(figures(slot), ["?"]);
  slot.paint(paint([0.5]));
  assert.deepEqual(figures(slot), ["0.50"]);
});

test("beyond the end of its scale a gradient is marked and its bar gets no longer", () => {
  const slot = gradientSlot(document, size(3, 0));
  slot.paint(paint([999, 1001, Infinity], { top: 3 }));
  assert.deepEqual(slot.node.all("clip").map((mark) => mark.getAttribute("visibility")), ["hidden", "visible", "hidden"]);
  assert.deepEqual(slot.node.all("box").map((box) => box.getAttribute("width")), ["90.0", "90.0", "90.0"]);
  assert.deepEqual(slot.units.map((unit) => unit.classList.contains("is-overflow")), [false, false, true]);
});

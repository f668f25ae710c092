import assert from "node:assert/strict";
import { test } from "node:test";

import { createSheet, HALF } from "../../../static/draw/sheet.js";

test("a row of operations joins what comes before it to what comes after", () => {
  const sheet = createSheet(() => 12);
  const end = sheet.row("a", ["b", "c"], { x: 100, y: 50, start: "M10 50", pitch: 40 });
  assert.deepEqual(sheet.drawing.wires.map(({ from, to, d }) => [from, to, d]), [["a", "b", "M10 50 H87"], ["b", "c", "M113 50 H127"]]);
  assert.deepEqual(end, { from: "c", d: "M153 50" });
  assert.deepEqual(sheet.drawing.places.c, { shape: "op", x: 140, y: 50 });
});

test("from the right it enters on the right", () => {
  const sheet = createSheet(() => 12);
  const end = sheet.row("a", ["b"], { x: 100, y: 50, start: "M300 50", pitch: -40 });
  assert.deepEqual([sheet.drawing.wires[0].d, end.d], ["M300 50 H113", "M87 50"]);
});

test("an empty row is the line itself", () => {
  assert.deepEqual(createSheet(() => 12).row("a", [], { x: 0, y: 0, start: "M1 2", pitch: 40 }), { from: "a", d: "M1 2" });
});

test("a tower is read from below", () => {
  const sheet = createSheet(() => 12);
  sheet.tower(["a", "b"], "c", { x: 20, bottom: 200, top: 90, pitch: 50 });
  assert.deepEqual(sheet.drawing.wires.map(({ from, to, d }) => [from, to, d]), [["a", "b", `M20 ${200 - HALF} V${150 + HALF}`], ["b", "c", `M20 ${150 - HALF} V90`]]);
});

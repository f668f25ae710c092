import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { fittings, heightOf, memoryOf, rim } from "../../../static/draw/fittings.js";
import { createSheet } from "../../../static/draw/sheet.js";
import { DIAGRAMS } from "../diagrams.js";

const PAPER = { gates: 100, middle: 300, out: 150, label: 74, beside: true, room: 92, line: 18, name: 23 };
const made = (name, units = 3) => {
  const sheet = createSheet(() => 14);
  return { ...sheet, fit: fittings(sheet, belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges), PAPER, { units, narrow: false }) };
};

test("a column grows with its units, up to a height", () => {
  const heights = [1, 2, 4, 8, 16, 64].map(heightOf);
  assert.deepEqual(heights, [...heights].sort((a, b) => a - b));
  assert.equal(heightOf(1000), heightOf(64));
  assert.deepEqual(memoryOf(1, true), { width: 92, height: 64 });
});

test("the edge of a round valve is nearer away from its middle, that of a column is straight", () => {
  assert.deepEqual([rim(1), rim(1, 15), rim(3, 15)], [25, 20, 25]);
});

test("a gate has the ends of the lines of what it reads, on the side that is asked for", () => {
  const { fit, drawing } = made("lstm");
  fit.gate("i", 100, 200, "left");
  fit.gate("f", 500, 200, "below");
  assert.deepEqual(drawing.wires.map(({ from, to, d }) => `${from} ${to} ${d}`), [
    "x i M57 191 H75", "h_prev i M57 209 H75", "x f M493 245 V233", "h_prev f M507 245 V233",
  ]);
  assert.deepEqual(drawing.notes.map(({ stub, anchor }) => `${stub} ${anchor}`), ["x end", "h_prev end", "x end", "h_prev start"]);
});

test("what leaves goes through its gate and on to the next step", () => {
  const { fit, drawing } = made("lstm");
  fit.gate("i", 100, 400, "left");
  fit.leave(200, 50);
  assert.deepEqual(drawing.wires.filter(({ stub }) => !stub).map(({ from, to }) => `${from} ${to}`), ["c h:tanh", "h:tanh h/", "o h/", "h/ h", "h "]);
  assert.deepEqual([drawing.places.o.x, drawing.places["h/"].x, drawing.places.h.x], [100, 300, 450]);
});

test("what is read but stands nowhere is closed off", () => {
  const { fit, drawing } = made("lstm");
  fit.gate("i", 100, 400, "left");
  fit.close(200);
  assert.deepEqual(Object.keys(drawing.places).sort(), ["c_prev", "h_prev", "i", "x"]);
});

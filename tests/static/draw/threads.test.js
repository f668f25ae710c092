import assert from "node:assert/strict";
import { test } from "node:test";

import { plan } from "../../../static/draw/plan.js";
import { rowFor, standIn, strand, thread } from "../../../static/draw/threads.js";

const row = (name, kind, units = 2, more = {}) => ({ address: `m.${name}`, kind, units, layer: "m", ...more });
const layout = plan([row("h", "memory"), row("f", "gate"), row("x", "input", 3), row("h", "gradient")], { room: 600, high: Infinity, steps: 5, large: false });
const W = { address: "m.W", target: "m.f", operands: ["m.x"], before: false, colour: 1 };
const U = { address: "m.U", target: "m.f", operands: ["m.h"], before: true, colour: 2 };
const b = { address: "m.b", target: "m.f", operands: [], before: false, colour: 1 };
const numbers = (d) => d.match(/-?\d+(\.\d+)?/g).map(Number);
const at = (address, unit) => {
  const { y, size } = rowFor(layout, address);
  return Math.round(y + unit * (size.height + size.gap) + size.height / 2);
};

test("a weight acts once at every step, always in the same place of the step", () => {
  for (const use of [W, U, b]) assert.equal(thread(layout, use, 5).split("M").length - 1, 5);
  const [second, third] = [2, 3].map((step) => numbers(strand(layout, W, step, 5)));
  assert.equal(third[0] - second[0], layout.pitch);
  assert.deepEqual([third[1], third.at(-1)], [second[1], second.at(-1)]);
});

test("within a step from the input to the target; from the step before out of its right side; at the first from the start", () => {
  const left = (step) => layout.left + (step - 1) * layout.pitch;
  const now = numbers(strand(layout, W, 2, 5));
  assert.deepEqual([now[0], now.at(-2)], [left(2), left(2)]);
  const before = numbers(strand(layout, U, 2, 5));
  assert.deepEqual([before[0], before.at(-2)], [left(1) + layout.width, left(2)]);
  assert.equal(numbers(strand(layout, U, 1, 5))[0], left(1) - 18);
});

test("one number of a matrix leads from one unit to one unit", () => {
  const d = numbers(strand(layout, W, 1, 5, { row: 1, column: 2 }));
  assert.deepEqual([d[1], d.at(-1)], [at("m.x", 2), at("m.f", 1)]);
});

test("of two directions below, a column belongs to the one whose units it counts", () => {
  const both = { ...W, operands: ["m.h", "m.x"] };
  assert.equal(numbers(strand(layout, both, 1, 5, { row: 0, column: 3 }))[1], at("m.x", 1));
  assert.equal(numbers(strand(layout, both, 1, 5, { row: 0, column: 1 }))[1], at("m.h", 1));
});

test("a layer that reads backward is entered at its right side", () => {
  const mirrored = { ...layout, rows: layout.rows.map((one) => ({ ...one, reverse: true })) };
  const right = (step) => layout.left + (step - 1) * layout.pitch + layout.width;
  const d = numbers(strand(mirrored, U, 2, 5));
  assert.deepEqual([d[0], d.at(-2)], [layout.left + 2 * layout.pitch, right(2)]);
  assert.equal(numbers(strand(mirrored, U, 5, 5))[0], right(5) + 18);
});

test("what is folded away is stood for by the nearest that is computed from it", () => {
  const equations = [
    { target: "i", expr: ["sigmoid", "x"] }, { target: "g", expr: ["tanh", "x"] },
    { target: "c", expr: ["add", "c_prev", ["mul", "i", "g"]] }, { target: "h", expr: ["tanh", "c"] },
  ];
  const shown = (name) => ["c", "h"].includes(name);
  assert.equal(standIn(equations, "g", shown), "c");
  assert.equal(standIn(equations, "h", shown), "h");
  assert.equal(standIn(equations, "i", () => false), "i");
});

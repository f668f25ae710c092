import assert from "node:assert/strict";
import { test } from "node:test";
import { contour, filled } from "../../../static/draw/contour.js";

const plane = (columns, rows, height) => Float64Array.from({ length: columns * rows }, (_, at) => height(at % columns, Math.floor(at / columns)));
const points = (pieces) => Array.from({ length: pieces.length / 2 }, (_, at) => [pieces[2 * at], pieces[2 * at + 1]]);

test("on a slope every point of the line has the height", () => {
  const height = (x, y) => 2 * x + 3 * y;
  const found = points(contour(plane(7, 5, height), 7, 9.5));
  assert.ok(found.length > 8);
  for (const [x, y] of found) assert.ok(Math.abs(height(x, y) - 9.5) < 1e-9);
});

test("around a hill the pieces close", () => {
  const found = contour(plane(9, 9, (x, y) => -((x - 4) ** 2) - (y - 4) ** 2), 9, -6);
  const ends = new Map();
  for (const point of points(found)) {
    const key = point.map((part) => part.toFixed(6)).join();
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  assert.ok(ends.size > 10);
  assert.ok([...ends.values()].every((count) => count === 2), "each end is the beginning of another piece");
});

test("each of the sixteen squares: a piece joins sides between a corner above and one below", () => {
  for (let which = 0; which < 16; which += 1) {
    const corners = [0, 1, 2, 3].map((bit) => (which >> bit) & 1);
    const values = Float64Array.from([corners[0], corners[1], corners[3], corners[2]]);
    const pieces = contour(values, 2, 0.5);
    const changes = corners.filter((corner, at) => corner !== corners[(at + 1) % 4]).length;
    assert.equal(pieces.length, changes * 2);
    for (const [x, y] of points(pieces)) assert.ok([x, y].filter((part) => part === 0.5).length === 1, `${which}: ${x}, ${y}`);
  }
});

test("what is no number has no line", () => {
  assert.deepEqual(contour([0, 1, NaN, 1], 2, 0.5), []);
  assert.deepEqual(contour([0, 1, Infinity, 1], 2, 0.5), []);
});

test("rows that have not come look like the nearest that has", () => {
  const rows = [1, NaN, NaN, NaN, 5];
  const values = Float32Array.from(rows.flatMap((value) => [value, value]));
  assert.deepEqual([...filled(values, 2)], [1, 1, 1, 1, 1, 1, 5, 5, 5, 5]);
  assert.ok(Number.isNaN(values[2]), "what was given is left");
  assert.equal(filled(new Float32Array(4).fill(NaN), 2), null);
  const whole = Float32Array.from([1, 2, NaN, 4]);
  assert.equal(filled(whole, 2), whole, "a number that overflowed is no row that is missing");
});

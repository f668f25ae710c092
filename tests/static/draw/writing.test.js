import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { gridOf } from "../../../static/draw/grid.js";
import { createSheet } from "../../../static/draw/sheet.js";
import { write } from "../../../static/draw/writing.js";
import { DIAGRAMS } from "../diagrams.js";

const written = (name) => {
  const found = belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);
  const sheet = createSheet(() => 14);
  write(sheet, gridOf(found, 3), found);
  return sheet.drawing;
};
const wires = (name) => written(name).wires.map(({ from, to }) => `${from} ${to}`);

test("candidate and gate meet below the sum", () => {
  const { places } = written("lstm");
  assert.deepEqual(wires("lstm").sort(), ["c/1 c/", "g c/1", "i c/1"]);
  assert.ok(places.i.x < places["c/1"].x && places["c/1"].x < places.g.x);
  assert.ok(places["c/1"].y < places.i.y);
});

test("one gate for both goes by way of its operation", () => {
  assert.ok(wires("gru").includes("z h/1.0") && wires("gru").includes("h/1.0 h/1"));
  assert.ok(wires("gru-flipped").includes("z h/1"));
});

test("a gate made of another is drawn from it", () => {
  assert.deepEqual(wires("lstm-coupled").filter((wire) => wire.includes("f")), ["i f/", "f/ f"]);
});

test("functions of the candidate stand beside it, the last one nearest", () => {
  const { places } = written("lstm-1997");
  const order = ["g", "g/", "g/0", "g:sigmoid"].map((id) => places[id].x);
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
});

test("a product with a name has a box between itself and the sum", () => {
  const { places } = written("lstm-long-short");
  assert.ok(places.l.y < places["l/"].y);
  assert.deepEqual(wires("lstm-long-short").filter((wire) => wire.startsWith("l")), ["l/ l", "l c/"]);
});

test("without a gate it comes straight up", () => {
  const { places } = written("scrn");
  assert.equal(new Set(Object.values(places).map(({ x }) => x)).size, 1);
});

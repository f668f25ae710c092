import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { conveyor } from "../../../static/draw/conveyor.js";
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

/** `h = (1 - f) * (2 * (U @ x) + d) + f * h_prev`, as the engine draws it. */
const UNNAMED = {
  nodes: [
    ...[["f", "value", "gate"], ["x", "input", "input"], ["h_prev", "before", "state"], ["h", "value", "state"]].map(([id, kind, role]) => ({ id, kind, role, op: kind === "value" && role === "gate" ? "sigmoid" : "" })),
    ...[["h/0.0", "sub"], ["h/0.1.0.1", "matmul"], ["h/0.1.0", "mul"], ["h/0.1", "add"], ["h/0", "mul"], ["h/1", "mul"], ["h/", "add"]].map(([id, op]) => ({ id, kind: "op", role: "", op })),
  ],
  edges: ["x f", "f h/0.0", "x h/0.1.0.1", "h/0.1.0.1 h/0.1.0", "h/0.1.0 h/0.1", "h/0.0 h/0", "h/0.1 h/0", "f h/1", "h_prev h/1", "h/0 h/", "h/1 h/", "h/ h"]
    .map((edge) => ({ from: edge.split(" ")[0], to: edge.split(" ")[1] })),
};

test("a candidate without a name is drawn with what it is made of", () => {
  const found = belt(UNNAMED.nodes, UNNAMED.edges);
  assert.deepEqual(found.written.made, ["h/0.1.0.1", "h/0.1.0", "h/0.1"]);
  const { places, notes } = conveyor(found, { units: 3, wide: () => 14 });
  const tower = found.written.made.map((id) => places[id]);
  assert.ok(tower.every(({ shape, x }) => shape === "op" && x === tower[0].x));
  assert.ok(tower[0].y > tower[1].y && tower[1].y > tower[2].y && tower[2].y > places["h/0"].y);
  assert.deepEqual(notes.filter(({ bare }) => bare).map(({ op }) => op), found.written.made);
});

test("what is made of more than one thing is left to the layout for any diagram", () => {
  const edges = [...UNNAMED.edges, { from: "h_prev", to: "h/0.1.0" }];
  assert.equal(belt(UNNAMED.nodes, edges), null);
});

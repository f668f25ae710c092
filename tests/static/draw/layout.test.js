import assert from "node:assert/strict";
import { test } from "node:test";

import { layout } from "../../../static/draw/layout.js";
import { DIAGRAM } from "../paper.js";

test("every node has a place, every edge a wire, all inside the paper", () => {
  const drawing = layout(DIAGRAM);
  assert.deepEqual(Object.keys(drawing.places).sort(), DIAGRAM.nodes.map((node) => node.id).sort());
  assert.equal(drawing.wires.length, DIAGRAM.edges.length);
  for (const { x, y } of Object.values(drawing.places)) assert.ok(x > 0 && x < drawing.width && y > 0 && y < drawing.height);
});

test("what is read stands left of what reads it", () => {
  const { places } = layout(DIAGRAM);
  for (const { from, to } of DIAGRAM.edges) assert.ok(places[from].x < places[to].x, `${from} ${to}`);
});

test("no two things stand on one another", () => {
  const placed = Object.values(layout(DIAGRAM).places);
  placed.forEach((one, index) => placed.slice(index + 1).forEach((other) =>
    assert.ok(Math.abs(one.x - other.x) > 20 || Math.abs(one.y - other.y) > 40)));
});

test("weights stand right before what reads them, their wires thin", () => {
  const nodes = [...DIAGRAM.nodes, { id: "p", kind: "parameter", role: "parameter", op: "", name: "p", of: "" }];
  const drawing = layout({ nodes, edges: [...DIAGRAM.edges, { from: "p", to: "y/", name: "p" }] });
  assert.equal(drawing.wires.at(-1).stub, true);
  assert.ok(drawing.places.p.x > drawing.places.z.x);
});

test("a diagram with a single node is drawn too", () => {
  assert.ok(layout({ nodes: [DIAGRAM.nodes[0]], edges: [] }).width > 0);
});

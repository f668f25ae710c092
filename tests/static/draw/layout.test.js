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

test("columns of units get the height they need, and a high card is filled", () => {
  const units = (/** @type {any} */ node) => (node.id === "x" ? 3 : 1);
  const flat = layout(DIAGRAM, { units, aspect: 4 });
  const high = layout(DIAGRAM, { units, aspect: 1 });
  assert.ok(flat.places.x.height > flat.places.c.height);
  assert.ok(high.width <= flat.width);
  assert.ok(high.height > flat.height);
  // What is scrolled along at its least scale is drawn no higher than the room is then.
  assert.ok(layout(DIAGRAM, { units, aspect: 1, high: flat.height }).height < high.height);
});

test("what is read late stands where there is room for it, so that no column is higher than it has to be", () => {
  const node = (id, kind = "op") => ({ id, kind, role: "", op: kind === "op" ? "add" : "", name: id, of: "", label: "+" });
  const early = ["a", "b", "c", "d"].map((id) => node(id));
  const late = ["e", "f", "g"].map((id) => node(id));
  const edges = [["x", "a"], ["x", "b"], ["x", "c"], ["x", "d"], ["a", "e"], ["b", "e"], ["e", "f"], ["c", "f"], ["f", "g"], ["d", "g"]].map(([from, to]) => ({ from, to, name: from }));
  const { places, height } = layout({ nodes: [node("x", "input"), ...early, ...late, node("h", "value")], edges: [...edges, { from: "g", to: "h", name: "g" }] });
  assert.ok(places.d.x > places.a.x && places.d.x < places.g.x);
  assert.ok(height < 150);
});

test("a small diagram is not blown up", () => {
  const { width, places } = layout({ nodes: DIAGRAM.nodes.slice(0, 1), edges: [] });
  assert.ok(width >= 500);
  assert.ok(Math.abs(Object.values(places)[0].x - width / 2) < 60);
});

test("a wire that passes several columns does so at one height", () => {
  const node = (id, kind = "value") => ({ id, kind, role: "value", op: kind === "op" ? "add" : "", name: id, of: "" });
  const chain = ["a", "b", "c", "d"].map((id) => node(id));
  const edges = [["a", "b"], ["b", "c"], ["c", "d"], ["a", "d"]].map(([from, to]) => ({ from, to, name: from }));
  const { wires } = layout({ nodes: chain, edges });
  const heights = new Set([...wires.at(-1).d.matchAll(/C\S+ \S+ \S+ (\S+) /g)].map((found) => found[1]));
  assert.ok(heights.size <= 2);
});

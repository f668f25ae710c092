import assert from "node:assert/strict";
import { test } from "node:test";

import { drawingFor } from "../../../static/draw/layouts.js";
import { DIAGRAM } from "../paper.js";

const ids = (text) => text.split(" ").map((id) => ({ id }));
const WIDE = { narrow: false, aspect: 1.8 };
const FLAT = { narrow: false, aspect: 3 };
const NARROW = { narrow: true, aspect: 1 };
const LSTM = "i x h_prev f o g c_prev c/0 c/1 c/ c h:tanh h/ h";

test("known cells are recognised by their nodes, whatever the order", () => {
  for (const nodes of [DIAGRAM.nodes, [...DIAGRAM.nodes].reverse(), ids(LSTM), ids("h x h_prev"), ids("y h x h_prev")]) {
    assert.ok(drawingFor(nodes, 1, WIDE));
    assert.ok(drawingFor(nodes, 4, WIDE));
    assert.ok(drawingFor(nodes, 1, NARROW));
  }
  assert.equal(drawingFor(ids("x h"), 1, WIDE), null);
});

test("each drawing places every node, and wires only what it places", () => {
  for (const nodes of [DIAGRAM.nodes, ids(LSTM), ids("h x h_prev"), ids("y h x h_prev")]) {
    for (const [units, room] of [[1, WIDE], [4, WIDE], [1, NARROW], [4, NARROW], [1, FLAT], [2, FLAT]]) {
      const drawing = drawingFor(nodes, units, room);
      assert.deepEqual(Object.keys(drawing.places).sort(), nodes.map(({ id }) => id).sort());
      for (const wire of drawing.wires) assert.ok(drawing.places[wire.from] && (wire.onward || drawing.places[wire.to]), `${wire.from} ${wire.to}`);
      for (const { x, y } of Object.values(drawing.places)) assert.ok(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height);
    }
  }
});

test("every edge of the memory cell has its wire", () => {
  for (const drawing of [WIDE, NARROW, FLAT].map((room) => drawingFor(DIAGRAM.nodes, 1, room))) for (const { from, to } of DIAGRAM.edges) assert.ok(drawing.wires.some((wire) => wire.from === from && wire.to === to), `${from} ${to}`);
});

test("a low card has a low drawing, unless a column would not fit into it", () => {
  for (const [nodes, units] of /** @type {[any[], number][]} */ ([[DIAGRAM.nodes, 1], [ids("x h h_prev y"), 2], [ids("x h h_prev"), 1]])) {
    const [high, low] = [drawingFor(nodes, units, WIDE), drawingFor(nodes, units, FLAT)];
    assert.ok(low.width / low.height > high.width / high.height);
  }
  assert.equal(drawingFor(ids("x h h_prev y"), 8, FLAT), drawingFor(ids("x h h_prev y"), 8, WIDE));
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawingFor } from "../../../static/draw/layouts.js";
import { DIAGRAM } from "../paper.js";

const ids = (text) => text.split(" ").map((id) => ({ id }));
const LSTM = "i x h_prev f o g c_prev c/0 c/1 c/ c h:tanh h/ h";

test("known cells are recognised by their nodes, whatever the order", () => {
  for (const nodes of [DIAGRAM.nodes, [...DIAGRAM.nodes].reverse(), ids(LSTM), ids("h x h_prev"), ids("y h x h_prev")]) {
    assert.ok(drawingFor(nodes, 1, false));
    assert.ok(drawingFor(nodes, 4, false));
    assert.ok(drawingFor(nodes, 1, true));
  }
  assert.equal(drawingFor(ids("x h"), 1, false), null);
});

test("each drawing places every node, and wires only what it places", () => {
  for (const nodes of [DIAGRAM.nodes, ids(LSTM), ids("h x h_prev"), ids("y h x h_prev")]) {
    for (const [units, narrow] of [[1, false], [4, false], [1, true], [4, true]]) {
      const drawing = drawingFor(nodes, units, narrow);
      assert.deepEqual(Object.keys(drawing.places).sort(), nodes.map(({ id }) => id).sort());
      for (const wire of drawing.wires) assert.ok(drawing.places[wire.from] && (wire.onward || drawing.places[wire.to]), `${wire.from} ${wire.to}`);
      for (const { x, y } of Object.values(drawing.places)) assert.ok(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height);
    }
  }
});

test("every edge of the memory cell has its wire", () => {
  const drawing = drawingFor(DIAGRAM.nodes, 1, false);
  for (const { from, to } of DIAGRAM.edges) assert.ok(drawing.wires.some((wire) => wire.from === from && wire.to === to), `${from} ${to}`);
});

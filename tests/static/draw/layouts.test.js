import assert from "node:assert/strict";
import { test } from "node:test";

import { drawingFor } from "../../../static/draw/layouts.js";
import { boxOf, DIAGRAMS, overlaps, trespasses } from "../diagrams.js";

const WIDE = { units: 3, narrow: false, aspect: 1.8 };
const FLAT = { units: 3, narrow: false, aspect: 3 };
const NARROW = { units: 3, narrow: true, aspect: 1 };
const ROOMS = [WIDE, FLAT, NARROW].flatMap((room) => [1, 3, 6].map((units) => ({ ...room, units })));

for (const [name, diagram] of Object.entries(DIAGRAMS)) {
  test(`${name}: every node has its place and every edge its wire, whatever the room`, () => {
    for (const room of ROOMS) {
      const drawing = drawingFor(diagram, room);
      assert.ok(drawing, `no drawing for ${JSON.stringify(room)}`);
      assert.deepEqual(Object.keys(drawing.places).sort(), diagram.nodes.map(({ id }) => id).sort());
      const wires = drawing.wires.filter(({ onward }) => !onward).map(({ from, to }) => `${from} ${to}`);
      assert.deepEqual(wires.sort(), diagram.edges.map(({ from, to }) => `${from} ${to}`).sort());
      for (const place of Object.values(drawing.places)) {
        const { left, right, top, bottom } = boxOf(place);
        if (place.shape !== "port") assert.ok(left >= 0 && right <= drawing.width && top >= 0 && bottom <= drawing.height);
      }
      assert.deepEqual(overlaps(drawing), []);
      assert.deepEqual(trespasses(drawing), []);
    }
  });
}

test("cells are recognised under other names, whatever the order", () => {
  const renamed = JSON.parse(JSON.stringify(DIAGRAMS.lstm).replaceAll('"c', '"memory').replaceAll('"h', '"out').replaceAll('"g"', '"what"'));
  const { places } = drawingFor({ nodes: renamed.nodes.reverse(), edges: renamed.edges.reverse() }, WIDE);
  assert.ok("memory" in places && "what" in places);
  assert.deepEqual([places.memory.x, places.memory.y], [drawingFor(DIAGRAMS.lstm, WIDE).places.c.x, drawingFor(DIAGRAMS.lstm, WIDE).places.c.y]);
});

test("a drawing that would leave something out is none", () => {
  const more = { ...DIAGRAMS.lstm, edges: [...DIAGRAMS.lstm.edges, { from: "i", to: "f", name: "i" }] };
  assert.equal(drawingFor(more, WIDE), null);
  assert.equal(drawingFor({ nodes: [{ id: "x", kind: "input" }], edges: [] }, WIDE), null);
});

test("the memory that is carried on has the arrow, be it the layer or what is made of it", () => {
  const onward = (name) => drawingFor(DIAGRAMS[name], WIDE).wires.filter((wire) => wire.onward).map(({ from }) => from);
  assert.deepEqual(["elman", "jordan", "simple-rnn", "feed-forward", "lstm", "gru", "scrn"].map(onward), [["a"], ["y"], ["h"], [], ["c"], ["h"], ["s"]]);
});

test("one unit of the memory cell has valves, more have columns", () => {
  const shape = (units) => drawingFor(DIAGRAMS["memory-cell"], { ...WIDE, units }).places.f;
  assert.equal(shape(1).width, undefined);
  assert.ok(shape(3).width > 0);
});

test("a low card has a low drawing, unless a column would not fit into it", () => {
  for (const [name, units] of /** @type {[string, number][]} */ ([["memory-cell", 1], ["elman", 2], ["simple-rnn", 1]])) {
    const [high, low] = [{ ...WIDE, units }, { ...FLAT, units }].map((room) => drawingFor(DIAGRAMS[name], room));
    assert.ok(low.width / low.height > high.width / high.height);
  }
  assert.deepEqual(drawingFor(DIAGRAMS.elman, { ...FLAT, units: 8 }), drawingFor(DIAGRAMS.elman, { ...WIDE, units: 8 }));
});

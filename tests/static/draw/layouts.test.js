import assert from "node:assert/strict";
import { test } from "node:test";

import { drawingFor, drawingsOf } from "../../../static/draw/layouts.js";
import { valves } from "../../../static/draw/valves.js";
import { boxOf, DIAGRAMS, overlaps, trespasses } from "../diagrams.js";

/** The first drawing that there is. */
const first = (diagram, room) => drawingFor(diagram, { kind: drawingsOf(diagram)[0], ...room });
const WIDE = { units: 3, narrow: false, aspect: 1.8, valves };
const FLAT = { units: 3, narrow: false, aspect: 3, valves };
const NARROW = { units: 3, narrow: true, aspect: 1, valves };
const ROOMS = [WIDE, FLAT, NARROW].flatMap((room) => [1, 3, 6].map((units) => ({ ...room, units })));

for (const [name, diagram] of Object.entries(DIAGRAMS)) {
  test(`${name}: every node has its place and every edge its wire, in every drawing and whatever the room`, () => {
    const kinds = drawingsOf(diagram);
    assert.ok(kinds.length > 0);
    for (const room of kinds.flatMap((kind) => ROOMS.map((one) => ({ ...one, kind })))) {
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
  const { places } = first({ nodes: renamed.nodes.reverse(), edges: renamed.edges.reverse() }, WIDE);
  assert.ok("memory" in places && "what" in places);
  assert.deepEqual([places.memory.x, places.memory.y], [first(DIAGRAMS.lstm, WIDE).places.c.x, first(DIAGRAMS.lstm, WIDE).places.c.y]);
});

test("a drawing that would leave something out is none", () => {
  const more = { ...DIAGRAMS.lstm, edges: [...DIAGRAMS.lstm.edges, { from: "i", to: "f", name: "i" }] };
  assert.deepEqual(drawingsOf(more), []);
  assert.deepEqual(drawingsOf({ nodes: [{ id: "x", kind: "input" }], edges: [] }), []);
});

test("the memory that is carried on has the arrow, be it the layer or what is made of it", () => {
  const onward = (name) => drawingFor(DIAGRAMS[name], { ...WIDE, kind: drawingsOf(DIAGRAMS[name]).at(-1) }).wires.filter((wire) => wire.onward).map(({ from }) => from);
  assert.deepEqual(["elman", "jordan", "simple-rnn", "feed-forward", "lstm", "gru", "scrn"].map(onward), [["a"], ["y"], ["h"], [], ["h", "c"], ["h"], ["s"]]);
});

test("one unit of the memory cell has valves, more have columns", () => {
  const shape = (units) => first(DIAGRAMS["memory-cell"], { ...WIDE, units }).places.f;
  assert.equal(shape(1).width, undefined);
  assert.ok(shape(3).width > 0);
});

test("a low card has a low drawing, unless a column would not fit into it", () => {
  for (const [name, units] of /** @type {[string, number][]} */ ([["memory-cell", 1], ["elman", 2], ["simple-rnn", 1]])) {
    const [high, low] = [{ ...WIDE, units }, { ...FLAT, units }].map((room) => first(DIAGRAMS[name], room));
    assert.ok(low.width / low.height > high.width / high.height);
  }
  assert.deepEqual(first(DIAGRAMS.elman, { ...FLAT, units: 8 }), first(DIAGRAMS.elman, { ...WIDE, units: 8 }));
});

test("up to four inputs have room for their numbers, in a low card too", () => {
  const tall = (inputs) => first(DIAGRAMS.elman, { ...FLAT, inputs }).places.x.height;
  assert.deepEqual([1, 3, 4, 12].map(tall), [48, 60, 78, 48]);
});

test("on a telephone the number of what was before stands below its wire", () => {
  const drop = (room) => first(DIAGRAMS["simple-rnn"], { ...room, units: 1 }).notes.find(({ wire }) => wire === "h_prev h").drop;
  assert.deepEqual([drop(NARROW), drop(WIDE), drop(FLAT)], [32, undefined, undefined]);
});

test("in a card that is nearly square a layer stands in more air", () => {
  const [wide, square] = [1.8, 1.4].map((aspect) => first(DIAGRAMS["simple-rnn"], { ...WIDE, aspect }));
  assert.ok(square.height > wide.height);
  assert.equal(square.width, wide.width);
});

test("an LSTM and a GRU have both drawings, products with names of their own the conveyor, a plain layer its own", () => {
  const both = ["valves", "conveyor"];
  assert.deepEqual(["lstm", "memory-cell", "gru", "gru-flipped", "gru-reset-after", "minimal-gated", "lstm-coupled"].map((name) => drawingsOf(DIAGRAMS[name])), Array(7).fill(both));
  assert.deepEqual(["lstm-long-short", "scrn", "jordan"].map((name) => drawingsOf(DIAGRAMS[name])), [["conveyor"], ["conveyor"], ["overview"]]);
});

test("what stands on top of a layer leaves no corner for the card's head", () => {
  assert.deepEqual(["elman", "simple-rnn"].map((name) => first(DIAGRAMS[name], WIDE).full), [true, false]);
});

test("the gate that keeps is told from the others, and one that shares says which part its opening is", () => {
  const places = (name) => drawingFor(DIAGRAMS[name], { ...WIDE, kind: "conveyor" }).places;
  assert.deepEqual(["f", "i", "o"].map((id) => places("lstm")[id].keeps ?? false), [true, false, false]);
  assert.deepEqual([places("gru").z.share, places("gru-flipped").z.share, places("gru").r.share], ["kept", "written", undefined]);
});

test("one number alone is as high as its box, so that its wires end at it", () => {
  for (const room of [WIDE, { ...WIDE, aspect: 1.5 }]) {
    const { places: { h, h_prev }, wires } = drawingFor(DIAGRAMS["simple-rnn"], { ...room, kind: "overview", units: 1 });
    assert.deepEqual([h.height, h_prev.height], [76, 76]);
    assert.match(wires.find(({ from }) => from === "x").d, new RegExp(`V${h.y + h.height / 2 + 1}$`));
  }
});

test("where words are larger than in the page, a narrow layer's number keeps clear of the words of the step before", () => {
  const note = (/** @type {number} */ type) => drawingFor(DIAGRAMS["simple-rnn"], { kind: "overview", units: 3, inputs: 2, narrow: true, aspect: 1.6, type }).notes.find(({ wire }) => wire === "x h");
  assert.equal(note(1).drop, undefined);
  assert.ok(note(1.3).drop > 0);
});

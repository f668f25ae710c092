import assert from "node:assert/strict";
import { test } from "node:test";

import { MEMORY_CELL } from "../../../static/draw/memorycell.js";
import { DIAGRAMS, crossings, overlaps } from "../diagrams.js";

const DRAWINGS = Object.entries(MEMORY_CELL);

test("each drawing has all of the memory cell, and nothing stands on anything", () => {
  for (const [name, drawing] of DRAWINGS) {
    assert.deepEqual(Object.keys(drawing.places).sort(), DIAGRAMS["memory-cell"].nodes.map(({ id }) => id).sort(), name);
    assert.deepEqual([overlaps(drawing), crossings(drawing.wires)], [[], []], name);
  }
});

test("what is written enters below, what is read leaves above, the memory loops on the right", () => {
  for (const [name, { places: { o, c, i, f, c_prev: before, y } }] of DRAWINGS) {
    assert.ok(y.y < o.y && o.y < c.y && c.y < i.y && f.x > before.x && before.x > c.x, name);
    assert.equal(f.keeps, true);
  }
});

test("a low card has a low drawing, a telephone a narrow one", () => {
  const { wide, narrow, low } = MEMORY_CELL;
  assert.ok(low.height < 0.8 * wide.height && narrow.width < 380 && narrow.width < wide.width);
});

test("by what a product multiplies ends before the gate, also in the letters of a wall", () => {
  const LETTER = 12;
  const { notes, places } = MEMORY_CELL.wide;
  const note = notes.find(({ slope }) => slope === "f c/0");
  assert.ok(note.x + LETTER * (1 + note.room) < places.f.x - 24);
});

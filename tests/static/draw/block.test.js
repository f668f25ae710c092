import assert from "node:assert/strict";
import { test } from "node:test";

import { belt, isBlock } from "../../../static/draw/belt.js";
import { block } from "../../../static/draw/block.js";
import { crossings, DIAGRAMS } from "../diagrams.js";

const beltOf = (name) => belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);
const drawn = (name, more = {}) => block(beltOf(name), { units: 3, narrow: false, wide: () => 12, ...more });
const BLOCKS = Object.keys(DIAGRAMS).filter((name) => beltOf(name) && isBlock(beltOf(name)));

test("memories with a gate for what is written and one for what is read", () => {
  assert.deepEqual(BLOCKS.sort(), ["lstm", "lstm-full-peephole", "lstm-no-forget", "lstm-peephole", "memory-cell", "memory-cell-rounded"]);
});

test("no two wires cross, on a wide card and on a telephone", () => {
  for (const name of BLOCKS) for (const narrow of [false, true]) assert.deepEqual(crossings(drawn(name, { narrow }).wires), [], name);
});

test("what is written enters below, what is read leaves above, the memory loops beside", () => {
  const { c, i, f, o, h } = drawn("lstm").places;
  assert.ok(o.y < c.y && c.y < i.y && f.x > c.x && h.x > c.x && i.x < c.x);
  assert.equal(f.keeps, true);
});

test("every gate has the ends of the lines of what it reads, with their names", () => {
  const { notes, wires } = drawn("lstm-peephole");
  assert.equal(wires.filter(({ stub }) => stub).length, 11);
  assert.deepEqual([...new Set(notes.filter(({ stub }) => stub).map(({ stub }) => stub))].sort(), ["c", "c_prev", "h_prev", "x"]);
});

test("one unit has round valves, a telephone has a narrow drawing", () => {
  assert.equal(drawn("lstm", { units: 1 }).places.f.width, undefined);
  assert.ok(drawn("lstm", { narrow: true }).width < 455);
});

test("in larger type what the gates multiply by has room before them, and stands clear of its wire", () => {
  for (const units of [1, 8]) {
    const [page, wall] = [1, 1.5].map((type) => {
      const { places, notes } = drawn("lstm", { units, type });
      const along = notes.find(({ slope }) => slope === "f c/0");
      return { room: places.f.x - 24 - along.x, below: along.y - places.f.y };
    });
    assert.ok(wall.room > 1.4 * page.room && wall.below > page.below, String(units));
  }
});

test("what leaves says its number above what shut and open mean", () => {
  for (const units of [3, 8, 16]) {
    const { y, f } = drawn("memory-cell", { units }).places;
    assert.ok(f.y - f.height / 2 - 8 - 12 >= y.label.y, String(units));
  }
});

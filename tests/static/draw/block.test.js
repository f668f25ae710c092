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
  assert.ok(drawn("lstm", { narrow: true }).width < 420);
});

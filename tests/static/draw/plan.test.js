import assert from "node:assert/strict";
import { test } from "node:test";

import { FOOT, HEAD, leftOf, plan, stepAt, uncut, unitAt } from "../../../static/draw/plan.js";
import { roomFor } from "../../../static/draw/slots.js";

const rows = (units) => ["value", "gate", "memory", "gate", "gate", "input"].map((kind, index) => ({ address: `a.${index}`, kind, units, layer: "a" }));
const paper = { room: 594, high: Infinity, steps: 5, large: false };

test("rows stand below one another and never touch", () => {
  const { rows: placed, bottom } = plan(rows(3), paper);
  placed.slice(1).forEach((row, index) => assert.ok(row.y > placed[index].y + placed[index].height));
  assert.equal(bottom, placed.at(-1).y + placed.at(-1).height);
});

test("the frame around a memory's units has room, however low the strip is", () => {
  const { rows: placed } = plan(rows(8), { ...paper, high: 60 });
  const [above, memory, below] = placed.slice(1, 4);
  assert.ok(memory.y - (above.y + above.height) > 4);
  assert.ok(below.y - (memory.y + memory.height) > 4);
});

test("steps fill the room, and scroll when they would be too narrow", () => {
  assert.ok(plan(rows(1), paper).full <= 594 + 1);
  const long = plan(rows(1), { ...paper, steps: 120 });
  assert.ok(long.full > 4000);
  assert.ok(long.width >= 35);
});

test("a few steps stand closer rather than scroll, and all others that scroll are cut at the right only", () => {
  assert.ok(plan(rows(1), { ...paper, room: 294, steps: 6 }).full <= 294);
  for (let room = 250; room < 620; room += 7) {
    for (const steps of [7, 15, 50]) {
      const drawn = plan(rows(1), { ...paper, room, steps });
      const end = drawn.full - room;
      if (end <= 0) continue;
      const between = (x) => Array.from({ length: steps }, (_, at) => leftOf(drawn, at + 1)).some((left) => x <= left && x >= left - (drawn.pitch - drawn.width));
      assert.ok(between(end), `${room} ${steps}`);
      for (let x = 0; x < end; x += 5) assert.ok(uncut(drawn, x) === 0 ? x < drawn.left : uncut(drawn, x) >= x && between(uncut(drawn, x)), `${room} ${steps} ${x}`);
    }
  }
});

test("less height makes it smaller, first with digits, then without", () => {
  const tall = plan(rows(4), paper);
  const low = plan(rows(4), { ...paper, high: 100 });
  assert.ok(low.bottom < tall.bottom);
  assert.ok(tall.rows[0].size.type > 0);
  assert.equal(low.rows[0].size.type, 0);
});

test("nine to sixteen units have digits where all of them fit, and are bars where they do not", () => {
  const memory = (/** @type {number} */ units) => [{ address: "a.h", kind: /** @type {const} */ ("memory"), units, layer: "a" }];
  for (const units of [9, 16]) {
    for (const how of [paper, { ...paper, large: true, high: 500, wall: true }]) {
      const [{ size }] = plan(memory(units), how).rows;
      assert.ok(size.type >= 10.5 && size.height >= size.type);
    }
    assert.equal(plan(memory(units), { ...paper, high: 150 }).rows[0].size.type, 0);
  }
  assert.equal(plan(memory(17), paper).rows[0].size.type, 0);
});

test("very many units share a fixed height", () => {
  const { rows: placed } = plan(rows(128), paper);
  assert.ok(placed[0].height < 140);
});

test("a place on the paper belongs to a step", () => {
  const drawn = plan(rows(1), paper);
  for (let step = 1; step <= 5; step++) assert.equal(stepAt(drawn, leftOf(drawn, step) + drawn.width / 2, 5), step);
  assert.equal(stepAt(drawn, -50, 5), 1);
  assert.equal(stepAt(drawn, 9999, 5), 5);
});

test("a height on the paper belongs to the nearest unit of a row, and to none between two rows", () => {
  const { rows: [row, next] } = plan(rows(3), paper);
  const { height, gap } = row.size;
  assert.ok(gap > 0);
  const found = [0, height / 2, height + 0.4 * gap, height + 0.6 * gap, 2 * (height + gap) + 1, row.height].map((y) => unitAt(plan(rows(3), paper), row.y + y)?.unit);
  assert.deepEqual(found, [0, 0, 0, 1, 2, 2]);
  assert.equal(unitAt(plan(rows(3), paper), next.y + 1)?.row.address, "a.1");
  assert.equal(unitAt(plan(rows(3), paper), (row.y + row.height + next.y) / 2), null);
});

test("alone on the stage it fills the height, as far as its columns are broad enough", () => {
  const large = { ...paper, high: 640, large: true };
  const few = plan(rows(1), { ...large, steps: 3 });
  const many = plan(rows(1), { ...large, steps: 12 });
  assert.ok(few.bottom > many.bottom && few.bottom + 40 <= 640);
  assert.ok(plan(rows(1), { ...large, steps: 3, high: 300 }).bottom < few.bottom);
  assert.ok(plan(rows(6), { ...large, high: 300 }).bottom + FOOT <= 300, "many units are drawn as small as beside a cell");
  assert.ok(plan(rows(6), { ...large, high: 300, wall: true }).rows[0].size.type >= 12, "but not on a wall");
});

test("on a wall rows of one unit stand closer where their digits can still be read from afar, others do not", () => {
  const one = (/** @type {import("../../../static/draw/plan.js").Kind} */ kind) => plan([{ address: "a", kind, units: 1, layer: "a" }], { ...paper, large: true, high: 20, wall: true }).rows[0].size;
  assert.deepEqual([one("value").height, one("value").type], [30, 14]);
  assert.ok(one("gate").height > 18 && one("gate").type >= 12.5, "a gate's word is too small at its usual size");
});

test("on a wall rows of some units stand closer around digits that are read from afar, if all of them fit then", () => {
  const back = /** @type {const} */ (["value", "memory", "gradient", "gradient"]).map((kind) => ({ address: "a", kind, units: 3, layer: "a" }));
  const close = plan(back, { ...paper, steps: 2, high: 340, large: true, wall: true });
  assert.ok(close.bottom + FOOT <= 340, String(close.bottom));
  assert.deepEqual(close.rows.map(({ size }) => size.type >= 12.5 && size.type < size.height), [true, true, true, true]);
  const low = { ...paper, steps: 2, high: 200, large: true, wall: true };
  assert.deepEqual(plan(back, { ...low, tall: 340 }).rows, close.rows, "and if only the words below them do not fit");
  const bars = plan(back, { ...low, tall: 240 });
  assert.ok(bars.bottom + FOOT <= 240, "or they are bars, where the lowest would not be seen at all");
  assert.deepEqual(bars.rows.map(({ size }) => size.type > 0 && size.type < 12.5), [false, false, false, false]);
  const on = back.filter(({ kind }) => kind !== "gradient");
  assert.ok(plan(on, { ...low, high: 90, tall: 130 }).bottom + FOOT <= 130, "forward as well as backward");
  assert.ok(plan(on, { ...low, high: 20, tall: 30 }).rows[0].size.type >= 12.5, "where nothing fits, it begins at the top");
});

test("on a wall rows of one unit are lower going backward, as far as their digits can be read, so that all is seen", () => {
  const back = /** @type {const} */ (["value", "memory", "gradient", "gradient", "reach"]).map((kind) => ({ address: "a", kind, units: 1, layer: "a" }));
  const low = { ...paper, steps: 9, high: 190, large: true, wall: true };
  const { rows: placed, bottom } = plan(back, { ...low, tall: 222 });
  assert.ok(bottom + FOOT <= 222, String(bottom));
  placed.slice(0, -1).forEach(({ size }) => assert.ok(size.type >= 12.5 && size.type < size.height));
});

test("digits leave room for a sign and two decimals, however high their box", () => {
  for (const steps of [3, 9, 12]) {
    const { rows: placed } = plan(rows(1), { ...paper, room: 540, steps, high: 640, large: true });
    placed.forEach(({ size }) => assert.ok(roomFor(size) >= 4.5, `${steps} steps, ${size.type} in ${size.width}`));
  }
});

test("bars make room for digits: of what is read as long as they can, then of what is remembered and given; where the page scrolls always of that", () => {
  const read = (/** @type {number} */ high, more = {}) => plan(rows(8), { ...paper, high, ...more }).rows.map(({ size }) => size.type >= 10.5);
  assert.deepEqual(read(Infinity), [true, false, true, false, false, true]);
  assert.deepEqual(read(510), [true, false, true, false, false, true]);
  assert.deepEqual(read(420), [false, false, true, false, false, true]);
  assert.deepEqual(read(300), Array(6).fill(false));
  assert.deepEqual(read(300, { scrolls: true }), [false, false, true, false, false, true]);
  for (const high of [510, 420]) assert.ok(plan(rows(8), { ...paper, high }).bottom + FOOT <= high);
});

test("on a wall rows of words, which keep their size, make no others larger", () => {
  const back = /** @type {const} */ (["memory", "gradient", "reach"]).map((kind) => ({ address: "a", kind, units: 1, layer: "a" }));
  assert.equal(plan(back, { ...paper, high: 20, large: true, wall: true }).rows[0].height, 46);
});

test("many rows are drawn close rather than pushed into the cell, but not where the page scrolls", () => {
  const wanted = { ...paper, high: 200 };
  const close = plan(rows(3), wanted);
  assert.ok(close.bottom + FOOT <= 200, String(close.bottom));
  assert.ok(plan(rows(3), { ...wanted, scrolls: true }).bottom > close.bottom);
  assert.ok(close.rows[0].size.gap <= 1, String(close.rows[0].size.gap));
});

test("the name of a layer has room of its own above the layer's first row, at every scale", () => {
  const two = [...rows(3).map((row) => ({ ...row, layer: "b" })), ...rows(3)].map((row, index, all) => ({ ...row, headed: row.layer !== all[index - 1]?.layer }));
  for (const high of [Infinity, 300]) {
    const { rows: placed, heads } = plan(two, { ...paper, high });
    assert.deepEqual(heads.map(({ layer }) => layer), ["b", "a"]);
    assert.deepEqual(heads.map(({ y }) => y + HEAD), [placed[0].y, placed[6].y]);
    assert.ok(heads[1].y >= placed[5].y + placed[5].height);
  }
});

test("what is left of a gradient keeps its height while rows of numbers get smaller; the loss is chosen below all of them", () => {
  const back = [...rows(3), { address: "a.0", kind: "gradient", units: 3, layer: "a" }, { address: "a.y", kind: "reach", units: 1, layer: "a" }, { address: "a.y", kind: "loss", units: 1, layer: "a" }];
  const [wide, close] = [Infinity, 200].map((high) => plan(back, { ...paper, high }));
  assert.equal(close.rows[7].height, wide.rows[7].height);
  assert.ok(close.rows[6].height < wide.rows[6].height);
  for (const { rows: placed, bottom } of [wide, close]) assert.deepEqual([placed[8].kind, placed[8].y > bottom, placed[7].y + placed[7].height], ["loss", true, bottom]);
});

test("where a layer reads backward there is room for its start at the right end", () => {
  const forward = [{ address: "a.c", kind: "memory", units: 1, layer: "a" }];
  const ends = [forward, [{ ...forward[0], reverse: true }]].map((asked) => plan(asked, paper)).map((one) => one.full - leftOf(one, 5) - one.width);
  assert.deepEqual(ends, [12, 30]);
});

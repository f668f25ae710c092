import assert from "node:assert/strict";
import { test } from "node:test";
import { numberTable } from "../../../static/draw/numbertable.js";
import { document } from "../paper.js";

const what = (first) => ({
  columns: ["h", "c"], units: 20, first, corner: "unit", caption: "Numbers of step 3", words: { back: "earlier", on: "further" },
  number: (column, unit) => `${column}:${unit}`,
});

test("sixteen units at a time, the rest a press away", () => {
  const turned = [];
  const { node, paint } = numberTable(document, (first) => turned.push(first));
  paint(what(0));
  const rows = () => node.all("tbody")[0].children.map((row) => row.children.map((cell) => cell.textContent));
  assert.equal(rows().length, 16);
  assert.deepEqual(rows()[1], ["2", "0:1", "1:1"]);
  const [back, on] = node.all("button");
  assert.deepEqual([back.disabled, on.disabled], [true, false]);
  on.listeners.click();
  assert.deepEqual(turned, [16]);
  paint(what(16));
  assert.deepEqual(rows().map(([unit]) => unit), ["17", "18", "19", "20"]);
  assert.deepEqual([back.disabled, on.disabled], [false, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { heatColumn } from "../../../static/draw/heatcolumn.js";
import { document } from "../paper.js";

const column = (kind) => {
  const node = document.createElementNS("", "g");
  const drawn = heatColumn(document, node, { width: 40, height: 108 }, { units: 100, role: kind });
  const ways = () => node.all("shade").map((shape) => shape.getAttribute("points").trim());
  return { node, drawn, ways };
};
/** Four corners each. */
const bands = (way) => (way ? way.split(" ").length / 4 : 0);
const numbers = { value: (unit) => (unit === 7 ? Infinity : unit === 3 ? NaN : unit < 50 ? 2 : -2), bound: 2, known: true, unit: 12 };

test("bands of one colour are one shape; what is no finite number has its own, what is not known none", () => {
  const { drawn, ways } = column("state");
  drawn.paint(numbers);
  const filled = ways().map(bands);
  assert.deepEqual([filled[0], filled.at(-2), filled.at(-1)], [50, 48, 1]);
  assert.equal(filled.reduce((sum, count) => sum + count, 0), 99);
});

test("a gate is short and pale when shut, long and full when open", () => {
  const { drawn, ways } = column("gate");
  drawn.paint({ ...numbers, value: (unit) => (unit < 30 ? 0 : unit < 31 ? 0.5 : 1) });
  const filled = ways().map(bands);
  assert.deepEqual([filled[0], filled[8], filled.at(-2)], [30, 1, 69]);
  // Shut is short, half open half as long as open: never by the colour alone.
  const long = (index) => ways()[index].split(" ").slice(0, 2).map((corner) => Number(corner.split(",")[0])).reduce((from, to) => to - from);
  assert.deepEqual([long(0), long(8), long(16)], [1, 16, 32]);
});

test("the unit spoken of is pointed at, and nothing is drawn of what is hidden", () => {
  const { node, drawn, ways } = column("state");
  drawn.paint(numbers);
  const cursor = node.all("cursor")[0];
  assert.equal(cursor.getAttribute("d"), "M-27 -40.5 h3 v6 h-3 z");
  drawn.paint({ ...numbers, known: false });
  assert.ok(ways().every((way) => way === ""));
  assert.ok(node.textContent.includes("?"));
});

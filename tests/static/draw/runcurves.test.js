import assert from "node:assert/strict";
import { test } from "node:test";
import { clearing, columns, EDGE, marks, paintCurves, places, rangeOf } from "../../../static/draw/runcurves.js";
import { document } from "../canvas.js";

const line = (thin, thick = []) => ({ colour: "c", dash: [], thin, thick });
const style = { ink: "ink", muted: "muted", line: "line", ground: "ground", font: "12px f" };

test("a logarithmic axis ends at powers of ten, and forgets what is not above zero", () => {
  assert.deepEqual(rangeOf([line([0.5, 0, NaN, Infinity, 0.02])], [], true), { low: 0.01, high: 1, log: true });
  assert.deepEqual(rangeOf([], [], true), { low: 0.1, high: 1, log: true });
  const { low, high } = rangeOf([line([1e-30, 1])], [], true);
  assert.deepEqual([low, high], [1e-8, 1]);
});

test("what explodes runs out of a logarithmic picture, and hides nothing else", () => {
  assert.deepEqual(rangeOf([line([0.5, 1e300])], [{ value: 0.1, text: "" }], true), { low: 0.1, high: 100, log: true });
  assert.deepEqual(rangeOf([line([0.5, 1e300])], [], true), { low: 0.1, high: 1e6, log: true });
});

test("a linear axis begins at zero and follows what is thick, not each batch", () => {
  assert.deepEqual(rangeOf([line([900, 1], [{ at: 1, value: 0.4 }])], [{ value: 1 / 6, text: "" }], false), { low: 0, high: 0.5, log: false });
});

test("places follow the scale, and the update under a place is found again", () => {
  const chart = { lines: [], levels: [], range: { low: 0.01, high: 1, log: true }, most: 1000, pointed: null, style };
  const { x, y, update } = places(chart, 500, 200);
  assert.deepEqual([x(0), x(1000), y(1), y(0.01)], [EDGE.left, 500 - EDGE.right, EDGE.top, 200 - EDGE.bottom]);
  assert.equal(Math.round(y(0.1)), Math.round((EDGE.top + 200 - EDGE.bottom) / 2));
  assert.equal(update(x(370)), 370);
  const wall = places({ ...chart, left: 76 }, 500, 200);
  assert.deepEqual([wall.x(0), wall.x(1000), wall.update(wall.x(370))], [76, 500 - EDGE.right, 370]);
});

test("words in an empty picture stand where no level and no name of one is", () => {
  const chart = (range, ...values) => ({ lines: [], levels: values.map((value) => ({ value, text: "a" })), range, most: 9, pointed: null, style });
  const range = { low: 0, high: 1, log: false };
  const [top, foot] = [EDGE.top, 200 - EDGE.bottom];
  assert.equal(clearing(chart(range), 500, 200), (top + foot) / 2);
  const { y } = places(chart(range), 500, 200);
  // the name of a low level stands above it, that of one at the top below
  assert.equal(clearing(chart(range, 0.2), 500, 200), (top + y(0.2) - 18) / 2);
  assert.equal(clearing(chart(range, 1, 0.1), 500, 200), (y(1) + 19 + y(0.1) - 18) / 2);
  assert.equal(clearing(chart(range, 0.1, 1), 500, 200), clearing(chart(range, 1, 0.1), 500, 200));
});

test("marks are few where there is little room", () => {
  const range = { low: 1e-8, high: 1, log: true };
  assert.equal(marks(range, 400).length, 9);
  assert.ok(marks(range, 60).length <= 4);
  assert.deepEqual(marks({ low: 0.01, high: 1, log: true }, 100).map(({ text }) => text), ["0.01", "0.1", "1"]);
});

test("a column of many updates keeps its least and its largest", () => {
  assert.deepEqual(columns([3, 1, 2, 9, NaN, 4], 2), [[1, 1, 3], [4, 4, 9]]);
  assert.deepEqual(columns([5], 10), [[1, 5, 5]]);
  assert.deepEqual(columns([NaN], 10), [[1, NaN, NaN]]);
});

test("each run has its line and its dashes, each level its name", () => {
  const context = document.createElement("canvas").getContext("2d");
  const lines = [line([0.5, 0.25], [{ at: 1, value: 0.5 }, { at: 2, value: 0.25 }]), { ...line([0.5, 0.5], [{ at: 2, value: 0.5 }]), dash: [9, 4] }];
  paintCurves(context, { lines, levels: [{ value: 0.5, text: "without memory" }], range: { low: 0.1, high: 1, log: true }, most: 2, pointed: 1, style }, 400, 200);
  const dashes = context.calls.filter(([name]) => name === "setLineDash").map(([, dash]) => dash.join());
  assert.ok(dashes.includes("9,4"));
  assert.ok(context.calls.some(([name, text]) => name === "fillText" && text === "without memory"));
});

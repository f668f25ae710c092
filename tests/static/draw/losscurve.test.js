import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenPoints, heightOf, lossAxis, lossCurve, roundAbove } from "../../../static/draw/losscurve.js";
import { document } from "../canvas.js";

const COLOURS = { line: "line", beyond: "beyond", axis: "axis" };

test("edges are round numbers", () => {
  assert.deepEqual([0, 3, 10, 11, 60, 1000].map((value) => roundAbove(value, 10)), [10, 10, 10, 20, 100, 1000]);
  assert.equal(roundAbove(1.0625, Number.MIN_VALUE), 2);
  assert.equal(roundAbove(Infinity, 10), 10);
});

test("from 0 up; where a loss jumps far, on a logarithmic scale from a power of ten", () => {
  assert.deepEqual(lossAxis([1.0625, 0.5]), { top: 2, low: 0 });
  assert.deepEqual(lossAxis([1.0625, 79, 0.4]), { top: 100, low: 0.1 });
  assert.deepEqual(lossAxis([0, 0.5]), { top: 0.5, low: 0 }, "no loss at all has no place on one");
  assert.equal(lossAxis([]).low, 0);
});

test("heights are shares", () => {
  assert.deepEqual([0, 0.5, 2, 9, NaN].slice(0, 4).map((loss) => heightOf(loss, { low: 0, top: 2 })), [0, 0.25, 1, 1]);
  const heights = [0, 0.1, 1, 10].map((loss) => heightOf(loss, { low: 0.1, top: 10 }));
  assert.deepEqual(heights.map((height) => Number(height.toFixed(12))), [0, 0, 0.5, 1]);
});

test("of many points some are drawn, both ends among them", () => {
  assert.deepEqual(chosenPoints(2, 5), [2, 3, 4, 5]);
  const many = chosenPoints(0, 10_001);
  assert.ok(many.length <= 1202);
  assert.deepEqual([many[0], many.at(-1)], [0, 10_001]);
});

test("what was taken back is drawn in another colour, with a dot where the network stands", () => {
  const curve = lossCurve(document);
  curve.paint({ losses: [2, 1, 0.5, 0.25], at: 2, from: 1, scale: { low: 0, top: 2 }, last: 10, colours: COLOURS }, 208, 105);
  const { calls } = curve.node.getContext("2d");
  const points = calls.filter(([name]) => name === "lineTo" || name === "moveTo").map(([, x, y]) => [x, y]).slice(2);
  assert.deepEqual(points, [[44, 79], [64, 91.5], [4, 4], [24, 54], [44, 79]]);
  assert.deepEqual(calls.filter(([name]) => name === "arc").map(([, x, y]) => [x, y]), [[24, 54], [44, 79]]);
});

test("other losses lie below, dashed, and are not joined over what is not known", () => {
  const curve = lossCurve(document);
  const { calls } = curve.node.getContext("2d");
  calls.length = 0;
  const others = [{ losses: [NaN, 1, 0.5, 2], colour: "other", dash: [2, 4] }, { losses: [], colour: "none", dash: [] }];
  curve.paint({ losses: [2, 1, 0.5], at: 2, from: 0, scale: { low: 0, top: 2 }, last: 10, colours: COLOURS, others }, 208, 105);
  const drawn = calls.filter(([name]) => name === "setLineDash" || name === "lineTo" || name === "moveTo").slice(2);
  assert.deepEqual(drawn, [
    ["setLineDash", [2, 4]], ["moveTo", 44, 79], ["lineTo", 64, 4], ["moveTo", 24, 54], ["lineTo", 44, 79],
    ["setLineDash", []], ["setLineDash", []], ["moveTo", 4, 4], ["lineTo", 24, 54], ["lineTo", 44, 79],
  ]);
});

test("without room nothing is drawn", () => {
  const curve = lossCurve(document);
  curve.paint({ losses: [1], at: 0, from: 0, scale: { low: 0, top: 1 }, last: 10, colours: COLOURS }, 0, 0);
  assert.deepEqual(curve.node.getContext("2d").calls, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, curvePlot, frames, spreadOut, traced } from "../../../static/draw/curveplot.js";
import { plainScale } from "../../../static/draw/curvescale.js";
import { document } from "../canvas.js";

const line = (xs, ys) => ({ xs, ys, colour: "#123456", dash: [], name: "tanh" });
const plot = (lines, across = [0, 10]) => ({ title: "", note: "", across, below: [], label: "", scale: plainScale([1]), lines, here: null, points: [] });
const FRAME = { left: 0, top: 0, width: 100, height: 50 };
const scene = (plots, columns = 1) => ({ plots, columns, ink: "#000", muted: "#777", grid: "#eee", alarm: "#f00", ground: "#fff", font: "sans", size: 10 });

test("the last step lies at the right where lags are counted backwards", () => {
  const { pieces } = traced(line([0, 5, 10], [1, 0.5, 0]), plot([], [10, 0]), FRAME);
  assert.deepEqual(pieces, [[[100, 0], [50, 25], [0, 50]]]);
});

test("a line ends at the edge that it leaves by, and is marked there; it is not drawn along the edge", () => {
  const { pieces, leaves } = traced(line([0, 5, 6, 10], [0, 1, 7, Infinity]), plot([]), FRAME);
  assert.deepEqual(pieces[0], [[0, 50], [50, 0], [60, 0]]);
  assert.deepEqual(leaves, [{ x: 60, side: 1 }]);
  assert.equal(pieces.flat().filter(([x]) => x > 0 && x < 100 && x !== 50 && x !== 60).length, 0);
});

test("what is no number, or lies outside the frame, is a gap", () => {
  assert.deepEqual(traced(line([-1, 0, 1, 2], [1, 1, NaN, 1]), plot([]), FRAME).pieces, [[[0, 0]], [[20, 0]]]);
});

test("frames stand in rows and columns and do not touch", () => {
  const placed = frames(scene(Array(6).fill(plot([])), 3), 600, 300);
  assert.deepEqual(placed.map(({ top }) => top === placed[0].top), [true, true, true, false, false, false]);
  assert.ok(placed[0].left + placed[0].width < placed[1].left);
  assert.ok(placed[0].top + placed[0].height < placed[3].top);
});

test("the marks of a scale have the room that the longest of them needs", () => {
  const [usual] = frames(scene([plot([])]), 600, 300);
  const [large] = frames(scene([{ ...plot([]), scale: plainScale([1.2e308]) }]), 600, 300);
  assert.deepEqual(plainScale([1.2e308]).ticks.map(({ text }) => text), ["0", "6·10³⁰⁷", "1.2·10³⁰⁸"]);
  assert.ok(large.left > usual.left);
  assert.equal(large.left + large.width, usual.left + usual.width);
});

test("names stand where the lines lie apart, and none over another", () => {
  assert.equal(apart([[[0, 10], [9, 10]], [[0, 10], [9, 40]]]), -1);
  assert.equal(apart([[[0, 10], [9, 10]], [[0, 40], [9, 10]]]), 0);
  const placed = spreadOut([{ y: 50 }, { y: 50 }, { y: 49 }], 12, 0, 60).map(({ y }) => y);
  assert.deepEqual(placed, [36, 48, 60]);
});

test("a place is told by its frame and how far across it lies", () => {
  const picture = curvePlot(document);
  picture.paint(scene([plot([line([0, 10], [0, 1])]), plot([])]), 300, 200);
  const [first, second] = frames(scene([plot([]), plot([])]), 300, 200);
  assert.deepEqual(picture.at(first.left + first.width / 4, first.top + 1), { plot: 0, share: 0.25 });
  assert.deepEqual(picture.at(second.left - 5, second.top + 1), { plot: 1, share: 0 });
  assert.equal(picture.at(first.left, 1000), null);
});

test("the name of each line is written once, in its colour", () => {
  const picture = curvePlot(document);
  picture.paint(scene([plot([line([0, 10], [0, 1])])]), 300, 200);
  const { calls } = picture.node.getContext("2d");
  assert.equal(calls.filter(([name, text]) => name === "fillText" && text === "tanh").length, 1);
});

test("the name of a line that ends in a point keeps clear of its ring", () => {
  const at = (/** @type {number} */ here) => {
    const picture = curvePlot(document);
    picture.paint(scene([{ ...plot([line([0, 10], [0, 1])]), points: [{ x: here, y: 1, colour: "#123456" }] }]), 300, 200);
    const { calls } = picture.node.getContext("2d");
    return [calls.find(([name, text]) => name === "fillText" && text === "tanh")[2], calls.findLast(([name]) => name === "arc")];
  };
  const [name, [, x, , radius]] = at(10);
  assert.ok(name < x - radius);
  assert.ok(at(5)[0] > name);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "../../../static/draw/figure.js";

const style = { ink: "ink", muted: "muted", line: "line", ground: "ground", accent: "accent", font: "font" };
const words = { time: "step", upper: "value", lower: "gates" };
const line = (name, values, more = {}) => ({ address: name, name, colour: "teal", place: "upper", values, ...more });
const scene = { step: 2, steps: 3, log: false, revision: 7 };

test("every step has its place, and what is hidden or infinite leaves a hole", () => {
  const { traces } = figure([line("c", [3, undefined, Infinity])], scene, style, words);
  assert.deepEqual(traces[0].x, [1, 2, 3]);
  assert.deepEqual(traces[0].y, [3, null, null]);
  assert.equal(traces[0].meta, "c");
});

test("gates have an axis of their own below", () => {
  const { traces, layout } = figure([line("c", [1]), line("f", [1], { place: "lower" })], scene, style, words);
  assert.equal(traces[1].yaxis, "y2");
  assert.deepEqual(layout.yaxis2.range, [-0.06, 1.06]);
  assert.equal(figure([line("c", [1])], scene, style, words).layout.yaxis2, undefined);
});

test("lines of one colour differ in their strokes", () => {
  const { traces } = figure([line("i", [1]), line("f", [1]), line("o", [1], { colour: "red" })], scene, style, words);
  assert.deepEqual(traces.map((trace) => trace.line.dash), ["solid", "dash", "solid"]);
});

test("gradients are drawn by size on a logarithmic axis, zero has no place there", () => {
  const { traces, layout } = figure([line("c", [-0.5, 0, 2])], { ...scene, log: true }, style, words);
  assert.deepEqual(traces[0].y, [0.5, null, 2]);
  assert.equal(layout.yaxis.type, "log");
});

test("a number that is pointed at is written as elsewhere on the page, in its letters", () => {
  const { traces, layout } = figure([line("c", [-0.5, undefined])], scene, style, words);
  assert.deepEqual(traces[0].text, ["−0.50000", ""]);
  assert.deepEqual(figure([line("c", [-0.5])], { ...scene, log: true }, style, words).traces[0].text, ["0.50000"]);
  assert.equal(layout.hoverlabel.font.family, "font");
});

test("the present step is marked, long sequences have fewer ticks", () => {
  const { layout } = figure([line("c", [1])], { ...scene, steps: 120 }, style, words);
  assert.equal(layout.shapes[0].x0, 2);
  assert.equal(layout.xaxis.dtick, 10);
  assert.equal(layout.datarevision, 7);
});

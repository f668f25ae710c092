import assert from "node:assert/strict";
import { test } from "node:test";

import { curve } from "../../../static/draw/curve.js";
import { document } from "../paper.js";

const paint = (more = {}) => ({
  width: 410, height: 100, type: 10, range: [0, 10], steps: 4, first: 2, last: 4, chosen: 2, drawn: [], truth: [3], apart: null, ...more,
});
const made = (more) => {
  const found = curve(document, "state");
  found.paint(paint(more));
  return found;
};
const path = (found, part) => found.node.all(part)[0].all("curve-line")[0].getAttribute("d");
const dots = (found, part) => found.node.all(part)[0].all("circle").length;

test("every step is a column: those that are given, the chosen one, and those to draw", () => {
  const found = made();
  assert.deepEqual(found.node.all("curve-column").map((one) => one.getAttribute("class")), [
    "curve-column is-given", "curve-column is-chosen", "curve-column", "curve-column",
  ]);
});

test("a place in the chart is a step and a value, and a value stands at its place", () => {
  const found = made({ drawn: [3, 0, 10] });
  const points = path(found, "curve-own").match(/[\d.]+ [\d.]+/g).map((point) => point.split(" ").map(Number));
  assert.deepEqual(points.map(([x, y]) => [found.at(x, y).step, Number(found.at(x, y).value.toFixed(1))]), [[1, 3], [2, 0], [3, 10]]);
  assert.deepEqual(found.at(-50, 500), { step: 1, value: 0 });
  assert.deepEqual(found.at(5000, -500), { step: 4, value: 10 });
});

test("a gap in what is drawn is a gap in the line", () => {
  assert.deepEqual(path(made({ drawn: [3, 5, null, 4] }), "curve-own").replace(/[^ML]/g, ""), "MLM");
});

test("given points belong to the true curve", () => {
  const found = made({ drawn: [3, 5, 6, 4] });
  assert.deepEqual([dots(found, "curve-own"), dots(found, "curve-truth")], [3, 1]);
});

test("where the two differ most a line stands between them", () => {
  const found = made({ drawn: [3, 0, 10, 4], truth: [3, 10, 10, 4], apart: 2 });
  assert.match(found.node.all("curve-apart")[0].getAttribute("d"), /^M[\d.]+ [\d.]+V[\d.]+$/);
  assert.equal(made({ drawn: [3, 0, 10, 4] }).node.all("curve-apart")[0].getAttribute("d"), "");
});

test("what lies outside of the chart is held at its edge", () => {
  const [inside, outside] = [[3, 10], [3, 400]].map((truth) => path(made({ truth }), "curve-truth"));
  assert.equal(outside, inside);
});

test("where there is no room for every step's number some are left out", () => {
  const numbers = (steps) => made({ steps, last: steps }).node.all("curve-mark").map((one) => one.textContent).slice(2);
  assert.deepEqual(numbers(4), ["1", "2", "3", "4"]);
  assert.deepEqual(numbers(50), ["1", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50"]);
});

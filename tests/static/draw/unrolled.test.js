import assert from "node:assert/strict";
import { test } from "node:test";

import { plan } from "../../../static/draw/plan.js";
import { names, unrolled } from "../../../static/draw/unrolled.js";
import { document } from "../paper.js";

const roles = (address) => (address.endsWith(".c") ? "state" : "gate");
const row = (name, kind, units = 1) => ({ address: `main.1.forward.${name}`, kind, units, layer: "main.1.forward" });
const asked = [row("c", "memory"), row("f", "gate"), row("x", "input", 3), row("c", "gradient")];
const paper = { room: 500, high: Infinity, steps: 4, large: false };
const layout = plan(asked, paper);
const ground = () => ({ under: document.createElement("g"), over: [document.createElement("g")] });
const draw = (own) => unrolled(document, own, { steps: 4, id: "t", ...ground() });
const lines = ({ rows }, index) => rows[index].links.map((link) => link.all("path").map((path) => path.getAttribute("d")));

test("a grid: one row for each symbol, one cell for each step; gradients are left to their own view", () => {
  const { plot, rows, steps } = draw(layout);
  assert.equal(plot.getAttribute("role"), "grid");
  assert.equal(plot.all((node) => node.getAttribute("role") === "row").length, 4);
  assert.equal(plot.all((node) => node.getAttribute("role") === "gridcell").length, 12);
  assert.equal(steps.length, 4);
  const cell = rows[0].slots[2].node;
  assert.equal(cell.getAttribute("data-name"), "main.1.forward.c");
  assert.equal(cell.getAttribute("data-step"), "3");
});

test("the memory runs through every step, from the left end", () => {
  const { rows, starts } = draw(layout);
  assert.equal(rows[0].links.length, 4);
  assert.equal(rows[1].links.length, 0);
  assert.deepEqual([...starts.keys()], ["main.1.forward.c"]);
  const middle = layout.rows[0].y + layout.rows[0].height / 2;
  assert.deepEqual(lines(draw(layout), 0)[0], [`M${layout.left - 18} ${middle} H${layout.left}`]);
});

test("a layer that reads backward starts at the right end and runs left, and every line then has its point", () => {
  const both = plan([{ ...row("c", "memory"), reverse: true }, row("d", "memory")], paper);
  const drawn = draw(both);
  const middle = both.rows[0].y + both.rows[0].height / 2;
  const right = (step) => both.left + (step - 1) * both.pitch + both.width;
  const [line, point] = lines(drawn, 0)[3];
  assert.equal(line, `M${right(4) + 18} ${middle} H${right(4)}`);
  assert.ok(right(4) + 18 + 4 <= both.full);
  assert.equal(point, `M${right(4) + 10} ${middle - 6} L${right(4) + 3} ${middle} L${right(4) + 10} ${middle + 6}`);
  assert.equal(lines(drawn, 0)[0][0], `M${both.left + both.pitch} ${middle} H${right(1)}`);
  assert.equal(lines(drawn, 1)[0].length, 2);
});

test("names: letters with what stands below them, inputs one by one", () => {
  const words = { width: 34, roles, input: (unit) => `x${unit + 1}`, words: false, after: "after", mark: () => "2 →" };
  const texts = names(document, layout, words).all("text").map((text) => text.textContent);
  assert.deepEqual(texts, ["c", "after", "f", "x1", "x2", "x3", "∂c", "2 →"]);
  const upright = (more) => names(document, layout, { ...words, ...more }).all("text").filter((text) => text.getAttribute("class").includes("is-word")).map((text) => text.textContent);
  assert.deepEqual(upright({}), []);
  assert.deepEqual(upright({ input: (unit) => ["a", "dog", "I"][unit], words: true }), ["a", "dog", "I"], "a word may have one letter");
});

test("names of rows lower than their letters stand by turns in two columns", () => {
  const low = plan(["g", "o", "f", "i"].map((name) => ({ address: `main.1.forward.${name}`, kind: "gate", units: 2 })), { room: 600, high: 50, steps: 5, large: false });
  assert.ok(low.rows[1].y - low.rows[0].y < 11);
  const words = { width: 34, roles, input: String, words: false, after: "", mark: () => "" };
  assert.deepEqual(names(document, low, words).all("text").map((text) => text.getAttribute("x")), ["28", "17", "28", "17"]);
});

test("the tail of an f does not meet the dot of an i: both are smaller where their rows are close, but not on a wall", () => {
  const close = { ...layout, rows: ["o", "f", "i"].map((name, at) => ({ ...layout.rows[1], ...row(name, "gate"), y: [10, 40, 55][at], height: 11 })) };
  const classes = (wall) => names(document, close, { width: 34, roles, input: String, words: false, after: "", mark: () => "", wall }).all("text").map((text) => text.getAttribute("class"));
  assert.deepEqual(classes(false), ["name", "name is-low", "name is-low"]);
  assert.deepEqual(classes(true), ["name", "name", "name"]);
});

test("names that are words are smaller than letters", () => {
  const named = plan([row("memory_state", "memory"), row("c_in", "memory")], paper);
  const words = { width: 90, roles, input: String, after: "", mark: () => "" };
  const classes = names(document, named, words).all("text").map((text) => text.getAttribute("class"));
  assert.deepEqual(classes, ["name is-low", "name"]);
});

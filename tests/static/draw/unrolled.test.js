import assert from "node:assert/strict";
import { test } from "node:test";

import { plan } from "../../../static/draw/plan.js";
import { names, unrolled } from "../../../static/draw/unrolled.js";
import { document } from "../paper.js";

const roles = (address) => (address.endsWith(".c") ? "state" : "gate");
const row = (name, kind, units = 1) => ({ address: `main.1.forward.${name}`, kind, units, layer: "main.1.forward" });
const layout = plan([row("c", "memory"), row("f", "gate"), row("x", "input", 3), row("c", "gradient")], { room: 500, high: Infinity, steps: 4, large: false });

test("a grid: one row for each symbol, one cell for each step", () => {
  const { plot, rows, steps } = unrolled(document, layout, { steps: 4, roles, id: "t" });
  assert.equal(plot.getAttribute("role"), "grid");
  assert.equal(plot.all((node) => node.getAttribute("role") === "row").length, 5);
  assert.equal(plot.all((node) => node.getAttribute("role") === "gridcell").length, 16);
  assert.equal(steps.length, 4);
  const cell = rows[0].slots[2].node;
  assert.equal(cell.getAttribute("data-name"), "main.1.forward.c");
  assert.equal(cell.getAttribute("data-step"), "3");
  assert.equal(rows[3].slots[0].node.getAttribute("data-name"), "main.1.forward.∂c");
});

test("the memory runs through every step, the gradient between neighbours", () => {
  const { rows, starts } = unrolled(document, layout, { steps: 4, roles, id: "t" });
  assert.equal(rows[0].links.length, 4);
  assert.equal(rows[1].links.length, 0);
  assert.equal(rows[3].links.length, 3);
  assert.equal(rows[3].heads.length, 3);
  assert.deepEqual([...starts.keys()], ["main.1.forward.c"]);
});

test("names: letters with what stands below them, inputs one by one", () => {
  const words = { roles, input: (unit) => `x${unit + 1}`, after: "after", layerMark: () => "" };
  const texts = names(document, layout, words).all("text").map((text) => text.textContent);
  assert.deepEqual(texts, ["c", "after", "f", "x1", "x2", "x3", "∂c"]);
});

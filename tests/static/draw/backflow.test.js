import assert from "node:assert/strict";
import { test } from "node:test";

import { arrow, backflow, isTight } from "../../../static/draw/backflow.js";
import { plan } from "../../../static/draw/plan.js";
import { document } from "../paper.js";

const row = (name, kind, more = {}) => ({ address: `main.1.forward.${name}`, kind, units: 2, layer: "main.1.forward", ...more });
const layout = plan([row("c", "memory"), row("y", "loss"), row("c", "gradient"), row("y", "gradient"), row("y", "reach")], { room: 500, high: Infinity, steps: 4, large: false });
const numbers = (d) => d.match(/-?\d+(\.\d+)?/g).map(Number);

test("an arrow runs against time, as thick at each end as there is gradient", () => {
  const own = layout.rows[2];
  const [start, above, neck, thin] = numbers(arrow(layout, own, 3, 1, 0.5));
  const middle = own.y + own.height / 2;
  const most = Math.min(30, own.height);
  assert.equal(start, layout.left + 2 * layout.pitch - 1);
  assert.ok(neck < start && neck > layout.left + layout.pitch + layout.width);
  assert.deepEqual([middle - above, middle - thin], [most / 2, most / 4]);
});

test("in a layer that reads backward it runs with time", () => {
  const [start, , neck] = numbers(arrow(layout, { ...layout.rows[2], reverse: true }, 2, 1, 1));
  assert.equal(start, layout.left + layout.pitch + layout.width + 1);
  assert.ok(neck > start && neck < layout.left + 2 * layout.pitch);
});

test("only what is carried flows, and never out of the sequence", () => {
  const { rows, groups } = backflow(document, layout, { steps: 4, carried: (address) => address.endsWith(".c") });
  assert.equal(groups.length, 4);
  assert.deepEqual(rows.map(({ flows }) => flows.length), [4, 0]);
  assert.deepEqual(rows[0].flows.map((flow) => flow.getAttribute("visibility")), ["hidden", null, null, null]);
  assert.equal(rows[0].slots[1].node.getAttribute("data-name"), "main.1.forward.∂c");
});

test("one place for the error, and at every step what is left of it", () => {
  const { losses, parts } = backflow(document, layout, { steps: 4, carried: () => true });
  losses.forEach((one, index) => one.paint(index === 2, index ? "t = 4" : "arrive"));
  assert.deepEqual(losses.map(({ node }) => [node.getAttribute("aria-selected"), node.textContent]), [["false", ""], ["false", ""], ["true", "L"], ["false", ""]]);
  const [long, short] = losses.map(({ node }) => Number(/translate\((\S+) /.exec(node.children[0].getAttribute("transform"))?.[1]));
  assert.ok(long < short && short < layout.width / 2 - 20, "left of the step's name, however long that is");
  parts[0].paint("0.25", "25 %", 0.25, false);
  const [bar] = parts[0].node.all("bar");
  assert.equal(Number(bar.getAttribute("width")), Number((layout.width / 4).toFixed(1)));
  assert.equal(Number(bar.getAttribute("x")), Number((layout.width * 0.75).toFixed(1)));
  assert.deepEqual(parts[0].node.all("text").map((text) => text.textContent), ["0.25", "25 %"]);
});

test("where names are too close for a ring between them, the rings stand above the names", () => {
  assert.equal(isTight({ ...layout, pitch: 46, width: 37 }, ["grey", "of", "Taipei"]), true);
  assert.equal(isTight({ ...layout, pitch: 61, width: 50 }, ["grey", "of", "Taipei"]), false);
  assert.equal(isTight({ ...layout, pitch: 48, width: 39 }, ["9", "10", "11"]), false);
  const { losses: [one] } = backflow(document, layout, { steps: 4, carried: () => true });
  one.paint(true, "Taipei", true);
  const [x, y] = numbers(one.node.children[0].getAttribute("transform"));
  assert.equal(x, layout.width / 2);
  assert.ok(y < 0);
});

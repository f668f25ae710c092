import assert from "node:assert/strict";
import { test } from "node:test";
import { overview } from "../../../static/draw/overview.js";
import { document } from "../canvas.js";

globalThis.ResizeObserver = class {
  observe(node) {
    Object.assign(node, { clientWidth: 500, clientHeight: 30 });
  }
  disconnect() {}
};

const paint = (own, first) => own.paint({
  numbers: undefined, bound: 1, palette: null, steps: 1000, step: 250, view: { first, count: 100 }, height: 30, label: "Steps in view", text: `from ${first}`,
});

test("the frame says what is in view, and the keys move it", () => {
  const moved = [];
  const own = overview(document, { move: (first, done) => moved.push([first, done]) });
  paint(own, 201);
  const [frame] = own.node.all("overview-frame");
  assert.deepEqual(["role", "aria-valuenow", "aria-valuemax", "aria-valuetext"].map((name) => frame.getAttribute(name)), ["slider", "201", "901", "from 201"]);
  const press = (key) => frame.listeners.keydown({ key, preventDefault() {}, stopPropagation() {} });
  for (const key of ["ArrowRight", "PageUp", "Home", "End", "x"]) press(key);
  assert.deepEqual(moved, [[211, true], [101, true], [1, true], [1000, true]]);
});

test("where everything is in view there is nothing to choose", () => {
  const own = overview(document, { move() {} });
  own.paint({ numbers: undefined, bound: 1, palette: null, steps: 30, step: 1, view: { first: 1, count: 30 }, height: 30, label: "", text: "" });
  assert.equal(own.node.hidden, true);
});

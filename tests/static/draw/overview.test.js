import assert from "node:assert/strict";
import { test } from "node:test";
import { overview } from "../../../static/draw/overview.js";
import { document } from "../canvas.js";

/** What hears of a new size. */
const heard = [];
globalThis.ResizeObserver = class {
  constructor(changed) {
    heard.push(changed);
  }
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

test("numbers that follow one another are drawn a little later, those of another sequence at once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const own = overview(document, { move() {} });
  heard.at(-1)();
  const [canvas] = own.node.all("overview-picture");
  const drawn = () => canvas.getContext("2d").calls.filter(([name]) => name === "drawImage").length;
  const palette = { signed: new Uint32Array(256), gate: new Uint32Array(256), gradient: new Uint32Array(256) };
  const show = (steps) => own.paint({
    numbers: { data: new Float32Array(2 * steps), first: 1, steps, units: 2 }, bound: 1, palette, steps, step: 1, view: { first: 1, count: 9 }, height: 30, label: "", text: "",
  });
  show(50);
  assert.equal(drawn(), 1);
  show(50);
  show(50);
  assert.equal(drawn(), 1);
  context.mock.timers.tick(80);
  assert.equal(drawn(), 2);
  show(60);
  assert.equal(drawn(), 3);
  own.stop();
});

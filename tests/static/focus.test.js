import assert from "node:assert/strict";
import { test } from "node:test";
import { plainName, watchFocus } from "../../static/focus.js";

globalThis.Element = class {};

class Node extends globalThis.Element {
  constructor(name) {
    super();
    this.dataset = { name };
    const own = new Set();
    this.classes = own;
    this.classList = { contains: (mark) => own.has(mark), toggle: (mark, on) => (on ? own.add(mark) : own.delete(mark)) };
  }
  closest() {
    return this;
  }
  getAttribute() {
    return this.dataset.name;
  }
}

function setup(names, spot = { addresses: [], dim: false }) {
  const nodes = names.map((name) => new Node(name));
  const listeners = {};
  const document = {
    documentElement: { dataset: {} },
    querySelectorAll: () => nodes,
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const focus = watchFocus(document, () => spot);
  return { nodes, listeners, focus, document, lit: () => nodes.map((node) => node.classes.has("is-lit")) };
}

test("a gradient and the value before are the same thing to look at", () => {
  assert.equal(plainName("main.1.forward.∂c"), "main.1.forward.c");
  assert.equal(plainName("main.1.forward.c_prev"), "main.1.forward.c");
});

test("pointing at a symbol lights it everywhere, and pointing elsewhere puts it out", () => {
  const { nodes, listeners, lit } = setup(["a.c", "a.c_prev", "a.f"]);
  listeners.pointerover({ target: nodes[0] });
  assert.deepEqual(lit(), [true, true, false]);
  listeners.pointerover({ target: null });
  assert.deepEqual(lit(), [false, false, false]);
  listeners.focusin({ target: nodes[2] });
  assert.deepEqual(lit(), [false, false, true]);
});

test("what is drawn anew is lit like the old", () => {
  const { nodes, listeners, focus, lit } = setup(["a.c", "a.f"]);
  listeners.pointerover({ target: nodes[0] });
  nodes[1] = new Node("a.c");
  focus.refresh();
  assert.deepEqual(lit(), [true, true]);
});

test("the spotlight marks, and says whether the rest is dimmed", () => {
  const { nodes, focus, document } = setup(["a.c", "a.f"], { addresses: ["a.f"], dim: true });
  focus.refresh();
  assert.deepEqual(nodes.map((node) => node.classes.has("is-spot")), [false, true]);
  assert.equal(document.documentElement.dataset.spotlight, "dim");
});

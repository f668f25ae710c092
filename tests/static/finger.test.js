import assert from "node:assert/strict";
import { test } from "node:test";
import { watchFinger } from "../../static/finger.js";

/** `told`: what reaches the node, and what is sent to it. */
function setup() {
  const listeners = {};
  watchFinger({ addEventListener: (kind, act) => (listeners[kind] = act) });
  const node = { value: "3", closest: () => node, dispatchEvent: (event) => told.push(`${event.type} ${node.value}`) };
  const told = [];
  const send = (kind, x, y, more = {}) => {
    let stopped = false;
    listeners[kind]({ target: node, pointerType: "touch", clientX: x, clientY: y, stopPropagation: () => (stopped = true), ...more });
    if (!stopped) told.push(kind);
  };
  return { node, told, send };
}

test("a finger that goes up scrolls: what lies under it hears nothing, and a slider is as it was", () => {
  const { node, told, send } = setup();
  send("pointerdown", 10, 100);
  node.value = "8";
  send("input");
  send("pointermove", 14, 90);
  send("pointercancel", 0, 0);
  assert.deepEqual(told, ["pointerdown", "pointercancel"]);
  assert.equal(node.value, "3");
});

test("from its first way sideways on a finger is heard, wherever it goes then", () => {
  const { told, send } = setup();
  send("pointerdown", 10, 100);
  send("pointermove", 11, 100);
  send("pointermove", 18, 96);
  send("input");
  send("pointermove", 20, 40);
  assert.deepEqual(told, ["pointerdown", "pointermove", "input", "pointermove"]);
});

test("a finger that is lifted where it was put sets a slider there", () => {
  const { node, told, send } = setup();
  send("pointerdown", 10, 100);
  node.value = "8";
  send("input");
  send("pointerup", 10, 101);
  assert.deepEqual(told, ["pointerdown", "input 8", "pointerup"]);
});

test("a mouse, and a finger on anything else, are heard at once", () => {
  const { told, send } = setup();
  send("pointerdown", 10, 100, { pointerType: "mouse" });
  send("pointermove", 10, 90);
  send("pointerdown", 10, 100, { target: { closest: () => null } });
  send("pointermove", 10, 90);
  assert.deepEqual(told, ["pointerdown", "pointermove", "pointerdown", "pointermove"]);
});

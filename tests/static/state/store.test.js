import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createStore } from "../../../static/state/store.js";

function setup() {
  const queue = [];
  const store = createStore({ a: 1, b: 2, c: 3 }, (callback) => queue.push(callback));
  return { store, frame: () => queue.splice(0).forEach((callback) => callback()), queue };
}

test("watchers hear once a frame which of their keys have changed", () => {
  const { store, frame, queue } = setup();
  const heard = [];
  store.watch(["a", "b"], (state, changed) => heard.push([state.a, [...changed]]));
  store.set({ a: 5 });
  store.set({ a: 6, c: 4 });
  assert.equal(queue.length, 1);
  assert.deepEqual(heard, []);
  frame();
  assert.deepEqual(heard, [[6, ["a", "c"]]]);
});

test("a watcher of other keys hears nothing, and neither does anybody when nothing changed", () => {
  const { store, frame, queue } = setup();
  let calls = 0;
  store.watch(["b"], () => (calls += 1));
  store.set({ a: 2 });
  store.set({ b: 2 });
  frame();
  assert.equal(calls, 0);
  assert.equal(queue.length, 0);
});

test("what cannot wait is told before the frame, once, and the rest in it", () => {
  const { store, frame, queue } = setup();
  const heard = [];
  store.watch(["a", "b"], (state, changed) => heard.push([state.a, state.b, [...changed]]));
  store.early();
  assert.deepEqual(heard, [], "nothing has changed");
  store.set({ a: 5 });
  store.early();
  assert.deepEqual(heard, [[5, 2, ["a"]]]);
  store.set({ a: 6 });
  store.set({ b: 7 });
  store.early();
  assert.equal(heard.length, 1, "two tellings between two frames would be one too many");
  frame();
  assert.deepEqual(heard[1], [6, 7, ["a", "b"]]);
  assert.equal(queue.length, 0);
  store.set({ a: 8 });
  store.early();
  frame();
  assert.deepEqual(heard.slice(2), [[8, 7, ["a"]]], "the frame has nothing left to tell");
});

test("the state is one frozen record, replaced and not changed", () => {
  const { store } = setup();
  const before = store.get();
  store.set({ a: 9 });
  assert.equal(before.a, 1);
  assert.equal(store.get().a, 9);
  assert.throws(() => (store.get().a = 1), TypeError);
});

test("a watcher that stopped hears no more, and one may write", () => {
  const { store, frame } = setup();
  let calls = 0;
  const stop = store.watch(["a"], () => {
    calls += 1;
    store.set({ b: 10 });
  });
  store.set({ a: 2 });
  frame();
  assert.equal(store.get().b, 10);
  stop();
  store.set({ a: 3 });
  frame();
  assert.equal(calls, 1);
});

test("who asks for the setting hears nothing of the weights", () => {
  const queue = [];
  const experiment = { step: 1, parameters: { values: { w: 1 } } };
  const store = createStore({ experiment }, (callback) => queue.push(callback));
  const frame = () => queue.splice(0).forEach((callback) => callback());
  const heard = [];
  store.watch(["experiment"], () => heard.push("experiment"));
  store.watch(["setting"], () => heard.push("setting"));
  store.set({ experiment: { ...experiment, parameters: { values: { w: 2 } } } });
  frame();
  assert.deepEqual(heard, ["experiment"]);
  store.set({ experiment: { ...store.get().experiment, step: 2 } });
  // A weight that changes in the same frame takes nothing away.
  store.set({ experiment: { ...store.get().experiment, parameters: { values: { w: 3 } } } });
  frame();
  assert.deepEqual(heard, ["experiment", "experiment", "setting"]);
});

test("a patient change is drawn with what comes next, and soon where nothing comes", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const queue = [];
  const store = createStore({ a: 1, b: 2 }, (callback) => queue.push(callback));
  const told = [];
  store.watch(["a", "b"], ({ a, b }, changed) => told.push([a, b, [...changed]]));
  store.set({ a: 5 }, { patient: true });
  assert.deepEqual([store.get().a, queue.length], [5, 0]);
  store.set({ b: 6 });
  queue.pop()();
  assert.deepEqual(told, [[5, 6, ["a", "b"]]]);
  mock.timers.tick(100);
  assert.equal(queue.length, 0, "there is nothing left to draw");
  store.set({ a: 7 }, { patient: true });
  mock.timers.tick(10);
  store.set({ a: 8 }, { patient: true });
  assert.equal(queue.length, 0);
  mock.timers.tick(30);
  assert.equal(queue.length, 1, "the first of them is not put off by the next");
  queue.pop()();
  assert.deepEqual(told[1], [8, 6, ["a"]]);
  mock.timers.reset();
});

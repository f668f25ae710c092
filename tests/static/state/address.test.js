import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createAddress } from "../../../static/state/address.js";
import { createKeeping } from "../../../static/state/keeping.js";
import { createStore } from "../../../static/state/store.js";
import { experiment, state } from "../scene.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

function setup(hash = "", { type = "navigate", kept = new Map(), takes = true } = {}) {
  const store = createStore(state(), () => undefined);
  const calls = [];
  const listeners = {};
  const window = {
    location: { hash, get href() { return `page${this.hash}`; } },
    history: {
      replaceState(state, _title, url) { calls.push(["replace", url, state]); window.location.hash = url.replace("page", ""); },
      pushState(state, _title, url) { calls.push(["push", url, state]); window.location.hash = url.replace("page", ""); },
    },
    sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    performance: { timeOrigin: 5, getEntriesByType: () => [{ type }] },
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const opened = [];
  const address = createAddress(store, window, (found) => opened.push(found), async () => createKeeping({ put: async () => takes, get: async () => null }, () => "id"));
  const show = (changes) => {
    store.set({ experiment: experiment(changes) });
    store.flush();
  };
  return { address, calls, listeners, opened, show, store, window, kept };
}

test("many steps replace the entry once they have come to rest, and the last one is in it", () => {
  const { calls, show } = setup();
  for (const step of [1, 2, 3, 4, 2]) {
    show({ step });
    mock.timers.tick(200);
  }
  assert.equal(calls.length, 0);
  mock.timers.tick(100);
  assert.deepEqual(calls.map(([kind]) => kind), ["replace"]);
  assert.match(calls[0][1], /step=2$/);
});

test("a playhead that moves leaves the bar alone until it rests, and a link knows where it is", () => {
  const { address, calls, show, store } = setup();
  store.set({ playing: true });
  for (const step of [1, 2, 3]) {
    show({ step });
    mock.timers.tick(1000);
  }
  assert.equal(calls.length, 0);
  assert.match(address.link(), /step=3$/);
  show({ step: 4 });
  store.set({ playing: false });
  mock.timers.tick(300);
  assert.match(calls.at(-1)[1], /step=4$/);
});

test("another lesson is a new entry, and a link is never behind", () => {
  const { address, calls, show } = setup();
  show({ lesson: "other" });
  address.push();
  assert.equal(calls[0][0], "push");
  show({ step: 3 });
  assert.match(address.link(), /step=3$/);
});

test("going back opens what stands in the bar", () => {
  const { listeners, opened, window } = setup();
  window.location.hash = "#lesson=cell&step=2";
  listeners.popstate({ state: null });
  assert.deepEqual([opened[0].lesson, opened[0].fields], ["cell", [["step", "2"]]]);
});

test("open arithmetic stands in the bar, and is there again behind the list", () => {
  const { address, calls, listeners, opened, store, window } = setup();
  const pinned = { address: "main.1.forward.c", unit: 0, step: 2 };
  store.set({ pinned });
  store.flush();
  mock.timers.tick(300);
  assert.match(calls.at(-1)[1], /&at=main\.1\.forward\.c@2@0$/);
  assert.deepEqual(address.read().pinned, pinned);
  const left = window.location.hash;
  store.set({ home: true, train: null, pinned: null });
  address.push();
  window.location.hash = left;
  listeners.popstate({ state: null });
  assert.deepEqual([store.get().home, store.get().pinned, opened], [false, pinned, []]);
});

test("who goes back right after a step finds the step again coming forward", () => {
  const { address, calls, listeners, opened, show, window } = setup("#lesson=cell");
  show({ lesson: "other" });
  address.push();
  const [, left, entry] = calls[0];
  show({ step: 3, lesson: "other" });
  mock.timers.tick(100);
  window.location.hash = "#lesson=cell";
  listeners.popstate({ state: null });
  assert.deepEqual([opened[0].lesson, opened[0].fields], ["cell", []]);
  window.location.hash = left.replace("page", "");
  listeners.popstate({ state: entry });
  assert.deepEqual([opened[1].lesson, opened[1].fields], ["other", [["step", "3"]]]);
});

test("what the page was opened with is read", () => {
  const { address } = setup("#lesson=cell&dir=backward");
  assert.deepEqual(address.read().fields, [["dir", "backward"]]);
});

test("a reload finds the last change, however short before it came; a link does not", () => {
  const { listeners, show, kept } = setup();
  show({ step: 3 });
  listeners.pagehide();
  const old = "#lesson=cell";
  assert.deepEqual(setup(old, { type: "reload", kept }).address.read().fields, [["step", "3"]]);
  assert.deepEqual(setup(old, { type: "navigate", kept }).address.read().fields, []);
  assert.deepEqual(setup(old, { type: "reload" }).address.read().fields, []);
});

test("the list of lessons has the bare address, and what is opened from it its own", () => {
  const { address, calls, show, store, window } = setup("#lesson=cell");
  show({ step: 3 });
  address.push();
  store.set({ home: true, train: null });
  address.push();
  assert.deepEqual(calls.at(-1).slice(0, 2), ["push", "page"]);
  assert.equal(window.location.hash, "");
  store.set({ train: "adding;cell:gru" });
  address.push();
  assert.deepEqual(calls.at(-1).slice(0, 2), ["push", "#train=adding;cell:gru"]);
  store.set({ home: false });
  address.push();
  assert.match(calls.at(-1)[1], /^#lesson=cell/);
});

test("who goes back from the list to what is still open there finds it as it was", () => {
  const { address, listeners, opened, show, store, window } = setup("#lesson=cell");
  show({ step: 3 });
  const left = address.link().replace("page", "");
  store.set({ home: true, train: null });
  address.push();
  window.location.hash = left;
  listeners.popstate({ state: null });
  assert.deepEqual([store.get().home, opened], [false, []]);
  store.set({ home: true });
  window.location.hash = "#lesson=cell&step=2";
  listeners.popstate({ state: null });
  assert.deepEqual([opened.length, opened[0].fields], [1, [["step", "2"]]]);
});

/** Longer than any address. */
const LONG = { sequence: { inputs: Array.from({ length: 2000 }, (_, index) => Array(20).fill(index / 7)) } };
const settled = () => new Promise((done) => void setImmediate(done));

test("what is too long for the bar is kept, and is named there when it is", async () => {
  const { calls, show, store, window } = setup("#lesson=cell");
  show(LONG);
  mock.timers.tick(300);
  assert.deepEqual([calls, store.get().carried], [[], "link"]);
  await settled();
  assert.deepEqual([window.location.hash, store.get().carried], ["#kept=id", "browser"]);
  store.set({ experiment: { ...store.get().experiment, step: 3 } });
  store.flush();
  mock.timers.tick(300);
  assert.equal(window.location.hash, "#kept=id&step=3");
  show({});
  mock.timers.tick(300);
  assert.deepEqual([store.get().carried, window.location.hash.slice(0, 7)], ["link", "#lesson"]);
});

test("a browser that keeps nothing says so once, and the bar stays as it was", async () => {
  const { address, calls, show, store } = setup("#lesson=cell", { takes: false });
  show(LONG);
  address.push();
  await settled();
  assert.deepEqual([calls.map(([kind, url]) => [kind, url]), store.get().carried, store.get().notice], [[["push", "page"]], "nothing", "notice.unkept"]);
  store.set({ notice: null, experiment: { ...store.get().experiment, step: 3 } });
  store.flush();
  mock.timers.tick(300);
  await settled();
  assert.deepEqual([calls.length, store.get().notice], [1, null]);
});

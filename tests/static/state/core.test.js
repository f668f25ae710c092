import assert from "node:assert/strict";
import { test } from "node:test";
import { createCore } from "../../../static/state/core.js";
import { createStore } from "../../../static/state/store.js";
import { withInput } from "../../../static/state/edit.js";
import { state } from "../scene.js";

function setup() {
  const store = createStore(state(), () => undefined);
  const core = createCore(store, { connect: () => ({ send: () => 1, close() {} }), schedule: () => undefined });
  return { store, core };
}

test("only a change is remembered, not a look", () => {
  const { store, core } = setup();
  core.look({ unit: 1 });
  assert.deepEqual([store.get().undo, store.get().experiment.view.unit], [0, 1]);
  core.commit(store.get().experiment);
  assert.equal(store.get().undo, 0);
  core.commit(withInput(store.get().experiment, 1, 0, 5));
  assert.equal(store.get().undo, 1);
  core.commit(withInput(store.get().experiment, 1, 0, 5));
  assert.equal(store.get().undo, 1, "the same number again");
});

test("a change clears what was wrong before it", () => {
  const { store, core } = setup();
  store.set({ problems: [{ code: "x", args: {}, message: "" }], notice: "notice.not-number" });
  core.commit(withInput(store.get().experiment, 1, 0, 5));
  assert.deepEqual([store.get().problems, store.get().notice], [[], null]);
  store.set({ notice: "shared.copied" });
  core.commit(withInput(store.get().experiment, 1, 0, 6));
  assert.equal(store.get().notice, "shared.copied");
});

test("undo and redo without anything to do are quiet", () => {
  const { store, core } = setup();
  const before = store.get();
  core.undo();
  core.redo();
  assert.equal(store.get(), before);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createAiming } from "../../../static/state/aiming.js";
import { MAIN, page } from "../scene.js";

test("a target is set, taken away and taken back", () => {
  const made = page();
  made.ready();
  const actions = made.actions.more(createAiming);
  const { store } = made;
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [[1], null, [3], null] };
  store.set({ experiment: { ...store.get().experiment, loss } });
  actions.setTarget(2, [5]);
  assert.deepEqual(store.get().experiment.loss.targets, [[1], [5], [3], null]);
  actions.setTarget(1, null);
  assert.deepEqual(store.get().experiment.loss.targets, [null, [5], [3], null]);
  actions.undo();
  assert.deepEqual(store.get().experiment.loss.targets, [[1], [5], [3], null]);
});

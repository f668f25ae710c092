import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../scene.js";

test("the list takes the place of what is open, which stays as it is", () => {
  const { actions, store, ready, pushed } = page();
  ready();
  actions.seek(3);
  actions.play();
  actions.openPanel("help");
  const { experiment } = store.get();
  actions.goHome();
  const now = store.get();
  assert.deepEqual([now.home, now.playing, now.panel, now.experiment === experiment], [true, false, null, true]);
  assert.deepEqual(pushed, ["home"]);
});

test("an address of trainings leads to their place, and the list back from it", () => {
  const { actions, store, ready } = page();
  ready();
  actions.open({ train: "adding" }, { push: false });
  assert.deepEqual([store.get().home, store.get().train], [true, "adding"]);
  actions.goHome();
  assert.deepEqual([store.get().home, store.get().train], [true, null]);
});

test("Esc in the list does not change what lies behind it", () => {
  const { actions, store, ready } = page();
  ready();
  actions.goHome();
  actions.shallower();
  assert.notEqual(store.get().experiment.view.depth, "strip");
});

test("pictures are asked for until they are there", async () => {
  const { actions, store, small } = page();
  await actions.listMiniatures();
  assert.deepEqual([store.get().miniatures, store.get().notice], [null, "notice.panel"]);
  small.cell = { steps: 1, rows: [] };
  await actions.listMiniatures();
  assert.equal(store.get().miniatures, small);
});

test("what was read is kept: begun after the first words, done at the last, and then for good", () => {
  const { actions, store, ready, memory } = page();
  ready();
  actions.noteProgress();
  assert.deepEqual([store.get().seen, memory.seen], [{}, undefined]);
  actions.seek(2);
  actions.noteProgress();
  assert.deepEqual(store.get().seen, { cell: "begun" });
  actions.setDirection("backward");
  actions.noteProgress();
  actions.setDirection("forward");
  actions.seek(2);
  actions.noteProgress();
  assert.deepEqual(JSON.parse(memory.seen), { cell: "done" });
});

test("what was read in another tab stays read", () => {
  const { actions, store, ready, memory } = page();
  ready();
  memory.seen = JSON.stringify({ other: "done" });
  actions.seek(2);
  actions.noteProgress();
  assert.deepEqual(JSON.parse(memory.seen), { other: "done", cell: "begun" });
  assert.deepEqual(store.get().seen, { other: "done", cell: "begun" });
  const second = page();
  second.ready();
  second.memory.seen = JSON.stringify({ cell: "done" });
  second.actions.seek(2);
  second.actions.noteProgress();
  assert.deepEqual(JSON.parse(second.memory.seen), { cell: "done" });
});

test("the language can be chosen before anything is open", () => {
  const { actions, store } = page();
  actions.goHome({ push: false });
  actions.setLanguage("zh");
  assert.deepEqual([store.get().preferred, store.get().experiment], ["zh", null]);
});

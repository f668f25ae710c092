import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment, MAIN, page } from "../scene.js";

function open() {
  const made = page();
  made.ready();
  return { ...made, now: () => made.store.get().experiment, bias: () => made.store.get().experiment.parameters.values[`${MAIN}b_f`][0] };
}

test("a drag is one entry, and undo brings back what was before it", () => {
  const { actions, store, bias } = open();
  for (const value of [9, 8, 7]) actions.setParameter(`${MAIN}b_f`, [0], value, { live: true });
  actions.setParameter(`${MAIN}b_f`, [0], 7, { live: false });
  assert.equal(store.get().undo, 1);
  assert.equal(store.get().changed, true);
  actions.undo();
  assert.equal(bias(), 10);
  assert.equal(store.get().changed, false);
  actions.redo();
  assert.equal(bias(), 7);
});

test("a hundred changes can be taken back one by one", () => {
  const { actions, bias } = open();
  for (let value = 0; value < 100; value += 1) actions.setParameter(`${MAIN}b_f`, [0], value);
  for (let value = 0; value < 100; value += 1) actions.undo();
  assert.equal(bias(), 10);
});

test("undo leaves step, direction and language as they are", () => {
  const { actions, now } = open();
  actions.setInput(1, 0, 9);
  actions.seek(3);
  actions.setLanguage("zh");
  actions.undo();
  assert.equal(now().sequence.inputs[0][0], 3);
  assert.equal(now().step, 3);
  assert.equal(now().language, "zh");
});

test("weights alone or everything can be put back", () => {
  const { actions, now, store } = open();
  actions.setParameter(`${MAIN}b_f`, [0], 1);
  actions.setInput(1, 0, 9);
  actions.resetWeights();
  assert.equal(now().parameters.values[`${MAIN}b_f`][0], 10);
  assert.equal(now().sequence.inputs[0][0], 9);
  actions.setInitial(`${MAIN}c`, 0, 4);
  actions.reset();
  assert.equal(store.get().changed, false);
});

test("steps are added up to the limit, removed and moved", () => {
  const { actions, now } = open();
  actions.addStep();
  actions.addStep();
  assert.equal(now().sequence.inputs.length, 5);
  actions.removeStep(1);
  assert.deepEqual(now().sequence.inputs[0], [4, 1]);
  actions.moveStep(1, 2);
  assert.deepEqual(now().sequence.inputs[0], [2, 0]);
});

test("another sequence keeps changed weights and is not itself a change", () => {
  const { actions, now, store } = open();
  actions.setPreset("long");
  assert.equal(now().sequence.inputs.length, 5);
  assert.equal(now().backward.step, 5);
  assert.equal(store.get().changed, false);
  actions.setParameter(`${MAIN}b_f`, [0], 1);
  actions.setPreset("short");
  assert.equal(now().parameters.values[`${MAIN}b_f`][0], 1);
  actions.undo();
  assert.equal(now().preset, "long");
  assert.equal(store.get().base.preset, "long");
  const { undo } = store.get();
  actions.setPreset("long");
  assert.equal(store.get().undo, undo, "chosen already");
  actions.setPreset("no such");
  assert.equal(now().preset, "long");
});

test("a lesson that begins at a later step does so with each of its sequences: the address says every other step", () => {
  const { actions, store, ready } = page();
  ready();
  store.set({ base: { ...store.get().base, step: 2 } });
  actions.setPreset("long");
  assert.deepEqual([store.get().experiment.step, store.get().base.step], [1, 2]);
});

test("another cell takes changed weights along, and undo goes back to the first", () => {
  const { actions, now, sent, opened, store } = open();
  actions.setParameter(`${MAIN}b_f`, [0], 1);
  actions.seek(3);
  actions.setVariant("rounded");
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "open", lesson: "cell", preset: "short", variant: "rounded", id: 0 });
  opened(experiment({ variant: "rounded" }));
  assert.equal(now().variant, "rounded");
  assert.equal(now().parameters.values[`${MAIN}b_f`][0], 1);
  assert.equal(now().step, 3);
  assert.equal(store.get().changed, true);
  actions.undo();
  assert.equal(now().variant, "exact");
  assert.equal(store.get().base.variant, "exact");
});

test("any value at any step can be differentiated, and that is taken back too", () => {
  const { actions, now } = open();
  actions.differentiate(`${MAIN}c`, 2);
  assert.deepEqual(now().backward, { of: `${MAIN}c`, step: 2, unit: null });
  actions.undo();
  assert.equal(now().backward.step, 4);
});

test("another sequence begins at its first step, going backward at its last", () => {
  const { actions, now } = open();
  actions.seek(2);
  actions.setPreset("long");
  assert.equal(now().step, 1);
  actions.setDirection("backward");
  actions.setPreset("short");
  assert.equal(now().step, now().sequence.inputs.length);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment, lesson, MAIN, network, page } from "../scene.js";

const frames = (id, steps = 4, first = 1, ...numbers) => ({
  type: "frames", id, lane: "main", first, count: numbers.length || steps, steps,
  arrays: [{ name: `${MAIN}c`, data: Float64Array.from(numbers.length ? numbers : Array(steps).fill(1)), shape: [numbers.length || steps, 1] }],
});
const gradients = (id, steps = 4) => ({
  type: "gradients", id, lane: "main", of: `${MAIN}y`, step: 4, unit: null, first: 1, count: steps, steps,
  arrays: [{ name: `${MAIN}c`, data: new Float64Array(steps).fill(2), shape: [steps, 1] }],
  totals: [{ name: `${MAIN}b_f`, data: Float64Array.of(5), shape: [1] }],
});

function open() {
  const made = page();
  made.ready();
  return { ...made, listener: made.listener, last: () => made.sent.at(-1) };
}

test("one change in an animation frame, the first at once, the last one always", () => {
  const { actions, sent, tick } = open();
  for (const value of [9, 8, 7]) actions.setParameter(`${MAIN}b_f`, [0], value, { live: true });
  assert.equal(sent.length, 1);
  assert.equal(sent[0].parameters[0].value, 9);
  tick();
  assert.equal(sent.length, 2);
  assert.equal(sent[1].parameters[0].value, 7);
  tick();
  assert.equal(sent.length, 2);
});

test("frames come into the store, older ones than those shown do not", () => {
  const { actions, store, listener, last, tick } = open();
  actions.setParameter(`${MAIN}b_f`, [0], 9);
  const older = last().id;
  tick();
  actions.setParameter(`${MAIN}b_f`, [0], 8);
  const newer = last().id;
  listener.received(frames(newer, 4, 1, 1, 2, 3, 4));
  listener.received(frames(older, 4, 1, 9, 9, 9, 9));
  assert.deepEqual([...store.get().values[`${MAIN}c`].data], [1, 2, 3, 4]);
});

test("a whole answer is told together, before the next frame; parts of one wait for it", async () => {
  const { actions, store, listener, last, tick } = open();
  tick();
  const told = [];
  store.watch(["values", "gradients"], (state, changed) => told.push(["values", "gradients", "totals"].filter((key) => changed.has(key))));
  actions.setParameter(`${MAIN}b_f`, [0], 9);
  tick();
  told.length = 0;
  const { id } = last();
  listener.received(frames(id));
  await null;
  assert.deepEqual(told, []);
  listener.received({ type: "done", id, lane: "main", kind: "run" });
  listener.received(gradients(id));
  assert.deepEqual(told, []);
  await null;
  assert.deepEqual(told, [["values", "gradients", "totals"]]);
  tick();
  assert.equal(told.length, 1);
});

test("frames of a sequence of another length are not shown", () => {
  const { actions, store, listener, last } = open();
  actions.addStep();
  listener.received(frames(last().id, 4));
  assert.notEqual(store.get().values[`${MAIN}c`].steps, 5);
  listener.received(frames(last().id, 5));
  assert.equal(store.get().values[`${MAIN}c`].steps, 5);
});

test("what a run takes is told of the sequence that is there now", () => {
  const { actions, store, listener, last } = open();
  actions.addStep();
  listener.received({ ...frames(last().id, 5), memory: 700 });
  assert.equal(store.get().memory, 700);
});

test("gradients and totals come too, and go when the sequence gets another length", () => {
  const { actions, store, listener, last, tick } = open();
  actions.setParameter(`${MAIN}b_f`, [0], 9);
  listener.received(gradients(last().id));
  assert.equal(store.get().gradients[`${MAIN}c`].data[0], 2);
  assert.equal(store.get().totals[`${MAIN}b_f`].data[0], 5);
  tick();
  actions.addStep();
  listener.received(frames(last().id, 5));
  assert.deepEqual(store.get().gradients, {});
});

test("gradients are overtaken from the answer of a change on until they are its own, and not by a look elsewhere", () => {
  const { actions, store, listener, last, tick } = open();
  const overtaken = () => store.get().overtaken;
  actions.setParameter(`${MAIN}b_f`, [0], 9);
  const change = last().id;
  assert.equal(overtaken(), false, "nothing newer is shown yet");
  listener.received(frames(change));
  assert.equal(overtaken(), true);
  listener.received(gradients(change));
  assert.equal(overtaken(), false);
  tick();
  listener.received({ ...frames(change + 1), window: "near" });
  assert.equal(overtaken(), false, "the same run, seen through another window");
});

test("colour bounds are measured once", () => {
  const { actions, store, listener, last, tick } = open();
  actions.setParameter(`${MAIN}b_f`, [0], 9);
  listener.received(frames(last().id, 4, 1, 3, 7, 7, 7));
  assert.equal(store.get().bounds[`${MAIN}c`], 10);
  tick();
  actions.setParameter(`${MAIN}b_f`, [0], 8);
  listener.received(frames(last().id, 4, 1, 300, 7, 7, 7));
  assert.equal(store.get().bounds[`${MAIN}c`], 10);
});

test("after a break the whole experiment is told again, with what was changed meanwhile", () => {
  const { actions, store, sent, listener, tick } = open();
  listener.lost();
  assert.equal(store.get().status, "away");
  actions.setParameter(`${MAIN}b_f`, [0], -3);
  tick();
  sent.length = 0;
  listener.connected();
  assert.equal(sent.length, 1);
  assert.equal(sent[0].type, "open");
  assert.deepEqual(sent[0].experiment.parameters.values[`${MAIN}b_f`], [-3]);
  listener.received({ type: "opened", id: sent[0].id, lane: "main", experiment: experiment(), network: network(), lesson: lesson() });
  assert.equal(store.get().status, "live");
  assert.deepEqual(store.get().experiment.parameters.values[`${MAIN}b_f`], [-3]);
});

test("after a break, what the engine says as before is the same record, so that nothing is drawn anew", () => {
  const { store, sent, listener } = open();
  const before = store.get();
  listener.lost();
  listener.connected();
  listener.received({ type: "opened", id: sent.at(-1).id, lane: "main", experiment: experiment(), network: network(), lesson: lesson() });
  assert.equal(store.get().network, before.network);
  assert.equal(store.get().lesson, before.lesson);
});

test("what could not be loaded is no longer spoken of when the server is there again", () => {
  const { store, listener } = open();
  listener.lost();
  store.set({ notice: "notice.panel" });
  listener.connected();
  assert.equal(store.get().notice, null);
  listener.lost();
  store.set({ notice: "shared.copied" });
  listener.connected();
  assert.equal(store.get().notice, "shared.copied");
});

test("after a break, what is too long for one message is told as the lesson and what differs from it", () => {
  const { actions, store, sent, listener, tick } = open();
  const long = Array.from({ length: 2000 }, (_, step) => [step / 7, 1 / 3, Math.PI]);
  actions.setInput(1, 0, 8);
  store.set({ experiment: { ...store.get().experiment, sequence: { ...store.get().experiment.sequence, inputs: long } } });
  listener.lost();
  tick();
  sent.length = 0;
  listener.connected();
  assert.deepEqual(sent.map(({ type }) => type), ["open"]);
  assert.equal(sent[0].experiment, undefined);
  assert.equal(sent[0].lesson, experiment().lesson);
  listener.received({ type: "opened", id: sent[0].id, lane: "main", experiment: experiment(), network: network(), lesson: lesson() });
  tick();
  assert.deepEqual(sent.map(({ type }) => type), ["open", "change", "subscribe"]);
  assert.deepEqual(sent[1].inputs, long);
  assert.deepEqual(store.get().experiment.sequence.inputs, long);
  assert.equal(store.get().status, "live");
});

test("a break before the first lesson is open is waited out", () => {
  const { actions, store, sent, listener, opened } = page();
  actions.open({ lesson: "cell" }, { push: false });
  listener.lost();
  assert.equal(store.get().status, "away");
  sent.length = 0;
  listener.connected();
  assert.equal(sent[0].lesson, "cell");
  opened();
  assert.equal(store.get().status, "live");
});

test("a change that is refused is taken back, and the reason is said", () => {
  const { actions, store, listener, last } = open();
  actions.addStep();
  listener.received({ type: "problems", id: last().id, lane: "main", problems: [{ code: "too-long", args: { limit: 4 }, message: "too long" }] });
  assert.equal(store.get().experiment.sequence.inputs.length, 4);
  assert.equal(store.get().problems[0].code, "too-long");
});

test("of an address that is refused what it began as is shown, and the reason is said", () => {
  const { actions, store, listener, last, tick } = open();
  const base = store.get().experiment;
  store.set({ base, experiment: { ...base, sequence: { ...base.sequence, inputs: Array.from({ length: 9 }, () => [1, 1]) } } });
  actions.setUnit(0);
  actions.seek(2);
  assert.equal(last().inputs.length, 9);
  listener.received({ type: "problems", id: last().id, lane: "main", problems: [{ code: "too-long", args: { limit: 4 }, message: "too long" }] });
  assert.deepEqual(store.get().experiment.sequence, base.sequence);
  assert.equal(store.get().problems[0].code, "too-long");
  tick();
  assert.equal(last().inputs.length, 4);
});

test("it is said that something is computed, until it is done", () => {
  const { actions, store, listener, last } = open();
  actions.setInput(1, 0, 8);
  assert.equal(store.get().running, true);
  listener.received({ type: "done", id: last().id - 1, lane: "main", kind: "run" });
  assert.equal(store.get().running, true);
  listener.received({ type: "done", id: last().id, lane: "main", kind: "run" });
  assert.equal(store.get().running, false);
});

const picture = (id, window, first, ...numbers) => ({ ...frames(id, 1000, first, ...numbers), window });

test("what is in view of a long sequence is asked for, and comes as numbers and as pictures", () => {
  const { actions, store, sent, listener, last, tick } = open();
  const inputs = Array.from({ length: 1000 }, () => [1, 0]);
  store.set({ experiment: { ...store.get().experiment, sequence: { inputs } } });
  actions.see({ first: 1, count: 100, pointed: null });
  tick();
  assert.equal(last().type, "subscribe");
  assert.deepEqual(last().windows.map(({ name }) => name), ["near", "view", "whole"]);
  const asked = sent.length;
  actions.see({ first: 1, count: 100, pointed: null });
  tick();
  assert.equal(sent.length, asked, "the same is not asked for twice");
  listener.received(picture(last().id, "near", 1, 1, 2, 3));
  listener.received(picture(last().id, "view", 5, 7, 8));
  const { values, pictures } = store.get();
  assert.deepEqual([values[`${MAIN}c`].first, ...values[`${MAIN}c`].data], [1, 1, 2, 3]);
  assert.deepEqual([pictures.view.values[`${MAIN}c`].first, ...pictures.view.values[`${MAIN}c`].data], [5, 7, 8]);
  listener.received(picture(last().id - 1, "view", 1, 0, 0));
  assert.equal(store.get().pictures, pictures, "an older picture is not shown");
  listener.received(picture(last().id - 1, "whole", 1, 4));
  assert.equal(store.get().pictures.whole.values[`${MAIN}c`].data[0], 4, "each window has a newest of its own");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/net/api.js";
import { createReading } from "../../../static/state/reading.js";
import { experiment, page } from "../scene.js";

const FOUND = { networks: [{}], notes: [] };
const made = (inputs) => experiment({ lesson: null, preset: null, variant: null, sequence: { inputs } });

function open(answer, limits = {}) {
  const asked = [];
  const found = page({ limits }, {
    async weights(file, told) {
      asked.push([file.name, told]);
      return answer(told);
    },
  });
  found.ready();
  return { ...found, asked, actions: found.actions.more(createReading) };
}
const file = { name: "model.pt", size: 10 };

test("a file is read, and told what it does not say", async () => {
  const { actions, store, asked } = open(() => ({ file: FOUND, experiment: null }));
  await actions.readFile(file);
  assert.deepEqual(store.get().file, { name: "model.pt", told: {}, found: FOUND, problems: [], reading: false });
  await actions.tellOption("nonlinearity", "relu");
  assert.deepEqual(asked, [["model.pt", {}], ["model.pt", { nonlinearity: "relu" }]]);
});

test("what was wrong with the file before is not said of this one", async () => {
  const { actions, store } = open(() => ({ file: FOUND, experiment: null }));
  store.set({ problems: [{ code: "not-json", args: {}, message: "" }] });
  await actions.readFile(file);
  assert.deepEqual(store.get().problems, []);
});

test("a network of it becomes the experiment; the sequence stays where it fits", async () => {
  const { actions, store, sent, opened, asked } = open(() => ({ file: FOUND, experiment: made([[1, 2]]) }));
  await actions.readFile(file);
  await actions.openNetwork(0);
  assert.deepEqual(asked.at(-1)[1], { open: "0" });
  assert.deepEqual(sent.at(-1).experiment.sequence.inputs, [[3, 1], [4, 1], [2, 0], [1, -1]]);
  opened(sent.at(-1).experiment, { lesson: null });
  assert.deepEqual([store.get().notice, store.get().panel, store.get().experiment.lesson], ["files.kept", null, null]);
});

test("else the one that was made up is taken, and that is said", async () => {
  const { actions, store, sent, opened } = open(() => ({ file: FOUND, experiment: made([[1, 2, 3]]) }));
  await actions.readFile(file);
  await actions.openNetwork(0);
  opened(sent.at(-1).experiment, { lesson: null });
  assert.deepEqual([store.get().notice, store.get().experiment.sequence.inputs], ["files.made", [[1, 2, 3]]]);
});

test("a file above the limit is not sent", async () => {
  const { actions, store, asked } = open(() => assert.fail("asked"), { weights_bytes: 9 });
  await actions.readFile(file);
  assert.deepEqual([asked.length, store.get().file.problems[0].code, store.get().file.problems[0].args.allowed], [0, "too-large", 9]);
});

test("what is refused is kept with its problems, and so is an answer that never comes", async () => {
  const problems = [{ code: "unknown-format", args: {}, message: "no" }];
  const { actions, store } = open((told) => Promise.reject(told.open ? new Error("offline") : new Refused(problems)));
  await actions.readFile(file);
  assert.deepEqual(store.get().file.problems, problems);
  await actions.openNetwork(0);
  assert.equal(store.get().file.problems[0].code, "gone");
});

test("what was dropped is taken once", () => {
  const { actions, store } = open(() => ({ file: FOUND, experiment: null }));
  store.set({ dropped: file });
  actions.takeDropped();
  assert.equal(store.get().dropped, null);
});

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Refused } from "../../../static/net/api.js";
import { experiment, lesson, MAIN, page } from "../scene.js";

const TEXT = "c = f * c_prev\ny = c";
const PROBLEM = { code: "syntax", args: { text: "", rest: "" }, message: "no", where: { line: 1, start: 0, end: 1 } };
const written = (text, changes = {}) => experiment({
  lesson: null, preset: null, variant: null,
  network: { parts: [{ name: "main", inputs: 2, layers: [{ cell: "own", text, units: 1, direction: "forward", sizes: {} }], readout: null }] },
  ...changes,
});
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** A page whose server takes every text but those that end in an equals sign. */
function open(t) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const asked = [];
  const server = {
    async rewrite(own, cell, text) {
      asked.push([cell, text]);
      if (text.endsWith("=")) throw new Refused([PROBLEM]);
      return written(text, { parameters: own.parameters, sequence: own.sequence });
    },
    vocabulary: async () => ({ functions: [], signs: [], starts: [] }),
    text: async (name) => `# ${name}`,
  };
  const found = page({}, server);
  found.ready();
  const answer = (own) => found.opened(own, { lesson: null });
  const pause = async () => {
    mock.timers.tick(250);
    await settled();
  };
  return { ...found, asked, answer, pause, now: () => found.store.get().experiment };
}

test("a text that is a cell becomes the experiment, once the typing pauses", async (t) => {
  const { actions, store, asked, answer, pause, now, sent, pushed } = open(t);
  await actions.openEditor();
  await actions.write("c =");
  await actions.write(TEXT);
  await pause();
  assert.deepEqual(asked, [["memory-cell", TEXT]]);
  assert.equal(store.get().draft.text, TEXT);
  answer(sent.at(-1).experiment);
  assert.equal(store.get().draft, null);
  assert.deepEqual([now().lesson, now().network.parts[0].layers[0].text, now().view.editing], [null, TEXT, "own"]);
  assert.equal(store.get().lesson, null);
  assert.equal(store.get().changed, false);
  assert.deepEqual(pushed, [null]);
});

test("the step is where it was, and undo brings the lesson back", async (t) => {
  const { actions, store, answer, pause, now, sent, opened } = open(t);
  actions.seek(3);
  await actions.openEditor();
  await actions.write(TEXT);
  await pause();
  answer(sent.at(-1).experiment);
  assert.equal(now().step, 3);
  assert.equal(store.get().undo, 1);
  actions.undo();
  assert.deepEqual([now().lesson, now().network.parts[0].layers[0].cell], ["cell", "memory-cell"]);
  opened(now(), { lesson: lesson() });
  assert.equal(store.get().lesson.id, "cell");
  assert.equal(now().parameters.values[`${MAIN}b_f`][0], 10);
});

test("while the text is faulty the last cell stays, and nothing is lost", async (t) => {
  const { actions, store, pause, now, memory } = open(t);
  const before = now();
  await actions.openEditor();
  await actions.write("c =");
  await pause();
  assert.deepEqual(store.get().draft, { text: "c =", checked: "c =", problems: [PROBLEM] });
  assert.equal(now().network, before.network);
  assert.equal(JSON.parse(memory.draft).text, "c =");
  await actions.closeEditor();
  assert.equal(store.get().draft.text, "c =");
  assert.equal("editing" in now().view, false);
  await actions.dropDraft();
  assert.deepEqual([store.get().draft, memory.draft], [null, ""]);
});

test("a text that was left comes back after a reload, if it was of this cell", async (t) => {
  const { actions, store, memory } = open(t);
  memory.draft = JSON.stringify({ of: "", text: "c =" });
  await actions.beginWriting();
  assert.equal(store.get().draft.text, "c =");
  await actions.dropDraft();
  memory.draft = JSON.stringify({ of: "another text", text: "c =" });
  await actions.beginWriting();
  assert.equal(store.get().draft, null);
  memory.draft = "{";
  await assert.doesNotReject(actions.beginWriting());
});

test("an answer to an older text is not taken", async (t) => {
  const { actions, store, pause, asked, sent } = open(t);
  await actions.openEditor();
  await actions.write("c =");
  mock.timers.tick(250);
  await actions.write(TEXT);
  await settled();
  assert.deepEqual(store.get().draft.problems, []);
  await pause();
  assert.equal(asked.length, 2);
  assert.equal(sent.at(-1).experiment.network.parts[0].layers[0].text, TEXT);
});

test("a number that changes while the server thinks is not lost", async (t) => {
  const { actions, pause, asked, sent } = open(t);
  await actions.openEditor();
  await actions.write(TEXT);
  mock.timers.tick(250);
  actions.setParameter(`${MAIN}b_f`, [0], 3);
  await settled();
  await pause();
  assert.equal(asked.length, 2);
  assert.equal(sent.at(-1).experiment.parameters.values[`${MAIN}b_f`][0], 3);
});

test("the text of a library cell to start from", async (t) => {
  const { actions, store } = open(t);
  await actions.openEditor();
  assert.equal(await actions.libraryText("gru"), "# gru");
  await actions.toggleEditor();
  assert.equal(store.get().experiment.view.editing, undefined);
});

test("a text that is fetched does not take the place of what was typed meanwhile", async (t) => {
  const { actions, store } = open(t);
  await actions.openEditor();
  const late = actions.libraryText("gru");
  const typed = actions.write("mine");
  await typed;
  assert.equal(await late, null);
  assert.equal(store.get().draft.text, "mine");
});

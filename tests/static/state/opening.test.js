import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment, MAIN, page } from "../scene.js";

/** As it was saved. @param {unknown} record */
const written = (text, name = "own.unrolled.json") => new File([text], name);
const file = (record) => written(JSON.stringify(record));

test("an address is opened as its lesson, with what differs laid over it", () => {
  const { actions, store, sent, opened, listener } = page();
  actions.open({ lesson: "cell", preset: "short", variant: "exact", fields: [["w", `${MAIN}b_f.0:-1`], ["step", "3"]] }, { push: false });
  listener.connected();
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "open", lesson: "cell", preset: "short", variant: "exact", id: 0 });
  opened();
  assert.equal(store.get().experiment.step, 3);
  assert.equal(store.get().changed, true);
  assert.deepEqual(sent.at(-1).parameters, [{ address: `${MAIN}b_f`, index: [0], value: -1 }]);
  assert.equal(store.get().notice, null);
});

test("an address without a lesson is the list of lessons", () => {
  const { actions, store, sent, listener, pushed } = page();
  listener.connected();
  actions.open({ lesson: null }, { push: false });
  assert.deepEqual([sent.length, store.get().home, store.get().notice, pushed], [0, true, null, []]);
  actions.open({ lesson: null, faulty: true });
  assert.deepEqual([store.get().notice, pushed], ["notice.unread", ["home"]]);
});

test("what is opened takes the place of the list", () => {
  const { actions, store, ready, opened, pushed } = page();
  ready();
  actions.goHome();
  actions.openLesson("cell");
  assert.equal(store.get().home, true);
  opened();
  assert.equal(store.get().home, false);
  assert.deepEqual(pushed, ["home", "cell"]);
});

test("the arithmetic that was open is open again", () => {
  const { actions, store, opened, listener } = page();
  listener.connected();
  const pinned = { address: `${MAIN}c`, unit: 0, step: 3 };
  actions.open({ lesson: "cell", pinned }, { push: false });
  opened();
  assert.deepEqual(store.get().pinned, pinned);
  actions.openLesson("other");
  opened();
  assert.equal(store.get().pinned, null);
});

test("what could not be read is said", () => {
  const { actions, store, opened, listener } = page();
  listener.connected();
  actions.open({ lesson: "cell", fields: [["step", "99"]] }, { push: false });
  opened();
  assert.equal(store.get().notice, "notice.link");
  assert.equal(store.get().experiment.step, 1);
});

test("a network that is asked for and is the lesson's own is nothing that could not be read", () => {
  for (const [net, said] of [["2/memory-cell*1", null], ["2/memory-cell", "notice.link"]]) {
    const { actions, store, opened, listener } = page();
    listener.connected();
    actions.open({ lesson: "cell", fields: [["net", net]] }, { push: false });
    opened();
    assert.equal(store.get().notice, said, net);
  }
});

test("another lesson keeps language and drawing, begins a new history and a new entry", () => {
  const { actions, store, ready, opened, pushed } = page();
  ready();
  actions.setLanguage("zh");
  actions.setDrawing("formulas");
  actions.setInput(1, 0, 5);
  actions.openLesson("other");
  opened(experiment({ lesson: "other" }));
  assert.equal(store.get().experiment.language, "zh");
  assert.equal(store.get().experiment.view.drawing, "formulas");
  assert.equal(store.get().undo, 0);
  assert.deepEqual(pushed, ["other"]);
});

test("an unknown lesson leads elsewhere and is said", () => {
  const { actions, store, sent, listener } = page();
  listener.connected();
  actions.open({ lesson: "gone" }, { push: false, otherwise: () => actions.goHome({ push: false, notice: "gone" }) });
  listener.received({ type: "problems", id: sent.at(-1).id, lane: "main", problems: [{ code: "unknown-lesson", args: {}, message: "no" }] });
  assert.deepEqual([store.get().home, store.get().notice, store.get().problems], [true, "gone", []]);
});

test("a link is copied, or it is said that it was not", async () => {
  const { actions, store, ready, copied } = page();
  ready();
  await actions.copyLink();
  assert.deepEqual(copied, ["link"]);
  assert.equal(store.get().notice, "shared.copied");
  assert.equal(actions.link(), "link");
});

test("a file is the same experiment", async () => {
  const made = page();
  made.ready();
  made.actions.setParameter(`${MAIN}b_f`, [0], 3);
  made.actions.saveFile();
  const [name, record] = made.copied[0];
  assert.equal(name, "cell.unrolled.json");
  made.actions.undo();
  const before = made.store.get().experiment;
  await made.actions.openFile(file(record));
  // It is checked as a whole before anything of it is seen.
  assert.deepEqual([made.sent.at(-1).experiment, made.store.get().experiment], [record, before]);
  made.opened(record);
  assert.deepEqual([made.sent.at(-1).lesson, made.store.get().experiment], ["cell", before]);
  made.opened();
  assert.equal(made.store.get().experiment.parameters.values[`${MAIN}b_f`][0], 3);
  assert.equal(made.store.get().changed, true);
});

test("a file that is none, is too long or does not fit changes nothing, and says why", async () => {
  const made = page({ limits: { message_bytes: 5000 } });
  made.ready();
  const before = made.store.get().experiment;
  const said = () => made.store.get().problems.map(({ code }) => code);
  await made.actions.openFile(written("bad"));
  assert.deepEqual(said(), ["not-json"]);
  await made.actions.openFile(written(" ".repeat(5001)));
  assert.deepEqual([said(), made.store.get().problems[0].args], [["over-limit"], { limit: "message", value: 5001, allowed: 5000 }]);
  assert.equal(made.sent.length, 0);
  await made.actions.openFile(file(experiment({ step: 2 })));
  made.listener.received({ type: "problems", id: made.sent.at(-1).id, lane: "main", problems: [{ code: "wrong-type", args: { field: "x" }, message: "" }] });
  assert.deepEqual([said(), made.store.get().experiment], [["wrong-type"], before]);
});

test("the record of a training is left for the place where networks learn, as that is open", async () => {
  const { actions, store, ready, pushed } = page();
  ready();
  const record = file({ format: "unrolled-training", version: 2 });
  await actions.openFile(record);
  assert.deepEqual([store.get().home, store.get().train, store.get().dropped, store.get().problems, pushed], [true, "", record, [], ["home"]]);
  store.set({ train: "parity" });
  await actions.openFile(record);
  assert.equal(store.get().train, "parity");
});

test("a file of weights is handed to where weights are opened", async () => {
  const { actions, store, ready, sent } = page();
  ready();
  const weights = written("", "encoder.pt");
  await actions.openFile(weights);
  assert.deepEqual([store.get().panel, store.get().dropped, store.get().problems, sent], ["files", weights, [], []]);
});

test("what is kept here is opened over its lesson, with what was looked at since", () => {
  const made = page();
  made.listener.connected();
  const kept = experiment({ sequence: { ...experiment().sequence, inputs: experiment().sequence.inputs.map((row) => row.map(() => 0.25)) } });
  made.actions.open({ lesson: null, kept, fields: [["step", "3"]], notice: "files.run" }, { push: false });
  made.opened(kept);
  made.opened();
  const now = made.store.get();
  assert.deepEqual([now.experiment.step, now.experiment.sequence.inputs[0][0], now.changed, now.notice, made.pushed], [3, 0.25, true, "files.run", []]);
});

test("a file of no lesson is opened as it is", async () => {
  const made = page();
  made.ready();
  const own = experiment({ lesson: null });
  await made.actions.openFile(file(own));
  assert.equal(made.sent.at(-1).experiment.lesson, null);
  made.opened(own, { lesson: null });
  assert.equal(made.store.get().lesson, null);
  assert.equal(made.store.get().changed, false);
});

test("an address that holds a whole experiment opens it", () => {
  const { actions, sent, store, opened, listener } = page();
  listener.connected();
  const own = experiment({ lesson: null });
  actions.open({ lesson: null, whole: own }, { push: false });
  assert.deepEqual(sent.at(-1).experiment, own);
  opened(own, { lesson: null });
  assert.equal(store.get().lesson, null);
});

const fromCell = (changes = {}) => experiment({ lesson: null, preset: null, variant: null, cell: "gru", ...changes });
const CARD = { name: "gru", family: "gru", title: { en: "GRU", zh: "门控循环单元" }, source: { en: "", zh: "" }, about: {} };

test("a cell of the library opens like a lesson, and belongs to none", () => {
  const { actions, store, sent, ready, opened, pushed } = page();
  ready();
  actions.setLanguage("zh");
  actions.openCell("gru");
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "open", cell: "gru", id: 0 });
  opened(fromCell(), { lesson: null, cell: CARD });
  const now = store.get();
  assert.deepEqual([now.cell, now.lesson, now.experiment.language, now.undo], [CARD, null, "zh", 0]);
  assert.equal(pushed.length, 1);
  actions.openLesson("cell");
  opened(experiment(), { cell: null });
  assert.equal(store.get().cell, null);
});

test("a saved cell is opened as the cell, with what differs", async () => {
  const made = page();
  made.ready();
  made.actions.openCell("gru");
  made.opened(fromCell(), { lesson: null, cell: CARD });
  made.actions.setParameter(`${MAIN}b_f`, [0], 3);
  made.actions.saveFile();
  const [name, record] = made.copied[0];
  assert.equal(name, "gru.unrolled.json");
  await made.actions.openFile(file(record));
  made.opened(record, { lesson: null, cell: CARD });
  assert.equal(made.sent.at(-1).cell, "gru");
  made.opened(fromCell(), { lesson: null, cell: CARD });
  assert.equal(made.store.get().experiment.parameters.values[`${MAIN}b_f`][0], 3);
});

test("the cells are asked for once, and again after a failure", async () => {
  const made = page();
  await made.actions.listCells();
  assert.deepEqual([made.store.get().cells, made.store.get().notice], [null, "notice.panel"]);
  made.library.push(CARD);
  await made.actions.listCells();
  await made.actions.listCells();
  assert.deepEqual([made.store.get().cells, made.asked.length], [[CARD], 2]);
});

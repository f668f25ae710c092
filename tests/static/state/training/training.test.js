import assert from "node:assert/strict";
import { test } from "node:test";
import { createTraining } from "../../../../static/state/training/training.js";
import { OFFER } from "./offer.js";
import { example, progress, RECORD, training } from "./told.js";

function page({ kept = [], texts = {} } = {}) {
  let state = { train: "", limits: {} };
  const sent = [];
  const closed = [];
  const lines = {};
  const saved = [];
  const line = { open: true };
  const put = [];
  const core = {
    get: () => state,
    set: (patch) => void (state = { ...state, ...patch }),
    environment: {
      api: async () => ({ offer: async () => OFFER, recipes: async () => ({ recipes: [] }), text: async (name) => (name === "gru" ? GRU : Promise.reject(new Error("unknown"))) }),
      save: (name, blob) => saved.push([name, blob]),
      connect(listener, lane) {
        lines[lane] = listener;
        return { send: (message) => (line.open ? sent.push([lane, message]) : 0), close: () => closed.push(lane) };
      },
    },
  };
  const shelf = {
    list: async () => kept,
    put: async (row, record) => Boolean(put.push([row, record])),
    record: async (id) => texts[id] ?? null,
    remove: async (id) => void kept.splice(kept.findIndex((row) => row.id === id), 1),
  };
  let names = 0;
  const acts = createTraining(core, shelf, () => `n${(names += 1)}`);
  return { acts, core, sent, closed, lines, saved, line, put, now: () => state.training, runs: () => state.training.runs, set: core.set, state: () => state };
}
/** What the library has under the record's cell. */
const GRU = "h = x : hidden state";

/** The record, with equations for its cell. @param {string} text */
function written(text) {
  const record = JSON.parse(RECORD);
  record.network.parts[0].layers[0].text = text;
  return JSON.stringify(record);
}
const types = (sent) => sent.map(([lane, { type }]) => `${lane} ${type}`);

test("an address becomes runs, each in a lane of its own, and nothing is asked before somebody says go", async () => {
  const { acts, runs, sent, state } = page();
  await acts.openTraining("");
  assert.deepEqual(runs().map(({ lane, given }) => [lane, given.cell]), [["run-a", "simple-rnn"], ["run-b", undefined], ["run-c", "gru"]]);
  assert.equal(state().train, "adding,.length:30,cell:simple-rnn,units:16,rate:0.01,updates:1500;cell:;cell:gru");
  assert.deepEqual(sent, []);
});

test("an address that cannot be read says so", async () => {
  const { acts, runs, state, set } = page();
  set({ train: "<>" });
  await acts.openTraining("<>");
  assert.deepEqual([runs().length, state().notice], [3, "notice.unread"]);
});

test("an address that names a task or a cell that is not there says so too", async () => {
  for (const address of ["nope", "adding,cell:nope"]) {
    const { acts, runs, state, set } = page();
    set({ train: address });
    await acts.openTraining(address);
    assert.deepEqual([runs().length, state().notice], [3, "notice.unread"]);
    set({ notice: null });
    await acts.openTraining(`${address},units:3`);
    assert.deepEqual([runs().length, state().notice], [3, "notice.unread"]);
  }
});

test("go, pause, single updates", async () => {
  const { acts, lines, sent, runs, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.toggleTraining();
  assert.deepEqual(sent, [["run-a", { type: "train", settings: { task: "adding" }, paused: true }]]);
  lines["run-a"].received(training());
  assert.deepEqual(sent[1], ["run-a", { type: "pace", going: true, most: null, steps: null }]);
  lines["run-a"].received(progress(1, [3, 2]));
  assert.deepEqual([runs()[0].status, runs()[0].done], ["going", 2]);
  acts.toggleTraining();
  assert.deepEqual(sent[2][1], { type: "pace", going: false, most: null, steps: null });
  acts.stepTraining(10);
  assert.deepEqual(sent[3][1], { type: "pace", going: false, most: null, steps: 10 });
  acts.setMost(5);
  acts.toggleTraining();
  assert.deepEqual(sent[4][1], { type: "pace", going: true, most: 5, steps: null });
});

test("every record is kept, and an end is an end", async () => {
  const { acts, lines, put, runs, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.stepTraining(1);
  lines["run-a"].received(training());
  lines["run-a"].received(progress(1, [3], { going: false, held: [[1, 2.5, 0]] }));
  lines["run-a"].received({ type: "record", text: RECORD, done: 1 });
  await null;
  assert.deepEqual([put[0][0].done, put[0][0].loss, put[0][0].over, put[0][1]], [1, 2.5, false, RECORD]);
  const problem = { code: "value-overflowed", args: {}, message: "h left the range" };
  lines["run-a"].received({ type: "done", kind: "training", why: "stopped", problem });
  assert.deepEqual([runs()[0].status, runs()[0].problems], ["stopped", [problem]]);
});

test("a server that is gone and comes back goes on from the newest record", async () => {
  const { acts, lines, line, sent, runs, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.toggleTraining();
  lines["run-a"].received(training());
  lines["run-a"].received(progress(1, [3, 2, 1]));
  lines["run-a"].received({ type: "record", text: RECORD, done: 2 });
  line.open = false;
  lines["run-a"].lost();
  assert.equal(runs()[0].status, "away");
  line.open = true;
  sent.length = 0;
  lines["run-a"].connected();
  lines["run-a"].received(training({ loss: [3, 2] }));
  assert.deepEqual(sent.map(([, message]) => message), [{ type: "train", record: RECORD, paused: true }, { type: "pace", going: true, most: null, steps: null }]);
  assert.deepEqual([runs()[0].done, [...runs()[0].history.of("loss")]], [2, [3, 2]]);
});

test("a setting of all is changed in all, one of a run only there; seed and task are never one run's own", async () => {
  const { acts, runs } = page();
  await acts.openTraining("");
  acts.setTraining("units", 8);
  assert.deepEqual(runs().map(({ given }) => given.units), [8, 8, 8]);
  acts.editRun(1);
  acts.setTraining("rate", 0.1);
  acts.setTraining("seed", 7);
  assert.deepEqual(runs().map(({ given }) => [given.rate, given.seed]), [[0.01, 7], [0.1, 7], [0.01, 7]]);
  acts.addRun();
  acts.addRun();
  assert.deepEqual(runs().map(({ lane }) => lane), ["run-a", "run-b", "run-c", "run-d"]);
  acts.dropRun(0);
  assert.deepEqual(runs().map(({ lane }) => lane), ["run-b", "run-c", "run-d"]);
});

test("from the beginning: what runs is ended, and new runs lie ready", async () => {
  const { acts, lines, sent, closed, runs, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.toggleTraining();
  lines["run-a"].received(training());
  const { id } = runs()[0];
  acts.resetTraining();
  assert.deepEqual(types(sent).at(-1), "run-a cancel");
  assert.deepEqual([closed, runs()[0].status, runs()[0].id === id], [["run-a"], "new", false]);
});

test("what was kept goes on after a return, under its own name and settings", async () => {
  const row = (id, cell) => ({ id, race: "old", name: "", given: { task: "adding", cell }, done: 2, updates: 1000, loss: 1, over: false, when: 1 });
  const { acts, lines, runs, sent, state } = page({ kept: [row("b", "gru"), row("a", "simple-rnn")], texts: { a: "A", b: "B" } });
  await acts.openTraining("");
  await acts.goOnWith("old");
  assert.deepEqual(sent.map(([lane, { record }]) => [lane, record]), [["run-a", "A"], ["run-b", "B"]]);
  lines["run-a"].received(training({ loss: [3, 2], settings: { cell: "simple-rnn" } }));
  lines["run-b"].received(training({ loss: [4, 3], settings: { cell: "gru" } }));
  assert.deepEqual(runs().map(({ id, status, done }) => [id, status, done]), [["a", "paused", 2], ["b", "paused", 2]]);
  assert.equal(state().train, "adding,cell:simple-rnn;cell:gru");
});

test("a file that is no record, or empty, leaves the runs as they are, and says why", async () => {
  const { acts, lines, runs, now, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.stepTraining(1);
  lines["run-a"].received(training());
  lines["run-a"].received(progress(1, [3]));
  for (const text of ["{", ""]) {
    await acts.readRecord(new Blob([text]));
    assert.equal(runs().length, 2);
    const problems = [{ code: "record-cut-off", args: {}, message: "cut off" }];
    lines["run-b"].received({ type: "problems", id: 2, problems });
    assert.deepEqual([runs().length, now().problems], [1, problems]);
  }
});

test("a record that there is no room for is not passed over in silence", async () => {
  const { acts, runs, now, set } = page();
  set({ train: "adding;cell:gru;units:4;units:8" });
  await acts.openTraining("adding;cell:gru;units:4;units:8");
  acts.stepTraining(1);
  await acts.readRecord(new Blob([RECORD]));
  assert.equal(runs().length, 4);
  assert.deepEqual(now().problems, [{ code: "over-limit", args: { limit: "runs", value: 5, allowed: 4 }, message: "" }]);
});

/** What the stage gets of a run whose record says these equations of its cell. @param {string} text */
async function onStage(text) {
  const { acts, lines, runs, sent, set } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.stepTraining(1);
  lines["run-a"].received(training());
  lines["run-a"].received(example());
  const asked = acts.stagedRun(runs()[0].id);
  assert.equal(sent.at(-1)[1].type, "keep");
  lines["run-a"].received({ type: "record", text: written(text), done: 1 });
  return asked;
}

test("the stage gets the newest weights, which are asked for first", async () => {
  assert.deepEqual((await onStage(GRU)).parameters.values["main.1.forward.U"], [[2.5]]);
});

test("a cell of the library has its name alone on the stage, and equations of one's own are taken along", async () => {
  for (const [text, expected] of [[GRU, null], ["h = x : own", "h = x : own"]]) {
    const [layer] = (await onStage(text)).network.parts[0].layers;
    assert.deepEqual([layer.cell, layer.text], ["gru", expected]);
  }
});

test("a record is saved as the file that the terminal writes", async () => {
  const { acts, lines, runs, saved, set } = page();
  set({ train: "adding,seed:3" });
  await acts.openTraining("adding,seed:3");
  acts.stepTraining(1);
  lines["run-a"].received(training({ settings: { seed: 3 } }));
  lines["run-a"].received({ type: "record", text: RECORD, done: 1 });
  await acts.saveRecord(runs()[0].id);
  assert.deepEqual([saved[0][0], await saved[0][1].text()], ["adding-lstm-3.json", RECORD]);
});

test("a link that leaves something out says so to whoever opens it, until something else is laid", async () => {
  const { acts, now, set, state } = page();
  set({ train: "adding,cell:gru,equations:~" });
  await acts.openTraining("adding,cell:gru,equations:~");
  assert.deepEqual([now().cut, state().train], [["equations"], "adding,cell:gru"]);
  acts.setTraining("units", 3);
  assert.deepEqual(now().cut, []);
  set({ train: "adding,start:given,weights:~" });
  await acts.openTraining("adding,start:given,weights:~");
  assert.deepEqual([now().cut, state().train], [["weights"], "adding"]);
});

test("whoever comes back by the menu finds what was laid, and what runs goes on", async () => {
  const { acts, closed, lines, set, state, runs } = page();
  set({ train: "adding" });
  await acts.openTraining("adding");
  acts.toggleTraining();
  lines["run-a"].received(training());
  set({ train: "" });
  await acts.openTraining("");
  assert.deepEqual([state().train, runs()[0].status, closed], ["adding", "going", []]);
});

test("given weights are in the record that is kept, and not beside it once more", async () => {
  const { acts, lines, put, set } = page();
  const weights = { "main.1.forward.b": { shape: [1], f8: "AAAAAAAA8D8=" } };
  const link = "adding,start:given,weights:main.1.forward.b*1*AAAAAAAA8D8";
  set({ train: link });
  await acts.openTraining(link);
  acts.toggleTraining();
  lines["run-a"].received(training({ loss: [0.5], settings: { start: "given", weights } }));
  lines["run-a"].received({ type: "record", id: 1, lane: "run-a", done: 1, text: RECORD });
  assert.deepEqual(put[0][0].given, { task: "adding", start: "given" });
});

test("a file that is no record leaves what was laid as it was", async () => {
  const { acts, lines, now, runs, set, state } = page();
  set({ train: "adding,units:8;cell:gru" });
  await acts.openTraining("adding,units:8;cell:gru");
  const fallen = { size: 3, text: async () => "{}" };
  set({ dropped: fallen });
  await acts.readRecord(fallen);
  assert.equal(state().dropped, null);
  assert.equal(runs().length, 1);
  lines["run-a"].received({ type: "problems", id: 1, lane: "run-a", problems: [{ code: "not-a-record", args: {}, message: "" }] });
  assert.deepEqual(runs().map(({ given, status }) => [given.cell, given.units, status]), [[undefined, 8, "new"], ["gru", 8, "new"]]);
  assert.deepEqual(now().problems.map(({ code }) => code), ["not-a-record"]);
});

/** As much of a stage as a race asks for. */
const STAGED = {
  experiment: { network: { parts: [{ inputs: 2, layers: [{ cell: "gru", text: null, units: 3, direction: "forward", sizes: {} }], readout: "y[outputs] = V @ h", sizes: { outputs: 1 } }] } },
  network: { layers: [], programs: {} },
};

test("the stage's network is what is learned, by an address of its own", async () => {
  const { acts, runs, state, set } = page();
  set({ ...STAGED, train: "stage" });
  await acts.openTraining("stage");
  assert.deepEqual(runs().map(({ given }) => given), [{ task: "adding", cell: "gru", units: 3 }]);
  assert.equal(state().train, "adding,cell:gru,units:3");
  assert.equal(state().notice, undefined);
});

test("a race in which the stage's network is already stays as it is", async () => {
  const { acts, now, runs, state, set } = page();
  set({ ...STAGED, train: "adding;cell:gru,units:3" });
  await acts.openTraining(state().train);
  const { race } = now();
  set({ train: "stage" });
  await acts.openTraining("stage");
  assert.deepEqual([runs().length, now().race, now().seen, state().train], [2, race, 1, now().link]);
  acts.setTraining("units", 5);
  await acts.layRuns("stage");
  assert.deepEqual(runs().map(({ given }) => given), [{ task: "adding", cell: "gru", units: 3 }]);
});

test("what is on the stage with the listed cell's text is that cell", async () => {
  const { acts, core, runs, set } = page();
  const [part] = STAGED.experiment.network.parts;
  const api = await core.environment.api();
  core.environment.api = async () => ({ ...api, text: async (name) => `${name}: h = x` });
  set({ ...STAGED, experiment: { network: { parts: [{ ...part, layers: [{ ...part.layers[0], text: "gru: h = x" }] }] } }, train: "stage" });
  await acts.openTraining("stage");
  assert.deepEqual(runs().map(({ given }) => given), [{ task: "adding", cell: "gru", units: 3 }]);
});

test("with nothing on the stage the place begins as it always does", async () => {
  const { acts, runs, state, set } = page();
  set({ experiment: null, train: "stage" });
  await acts.openTraining("stage");
  assert.deepEqual([runs().length, state().notice], [3, undefined]);
});

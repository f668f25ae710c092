import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFields } from "../../../static/state/fields.js";
import { fragment, parseFragment } from "../../../static/state/fragment.js";
import { experiment, MAIN, network, page } from "../scene.js";

async function open() {
  const made = page();
  made.ready();
  const comparing = await made.actions.compare();
  /** The engine opens a lane, complete with its numbers. */
  const answer = (lane, more = {}) => {
    const { experiment: own, id } = made.sent.findLast((message) => message.lane === lane && message.type === "open");
    made.listeners[lane].received({ type: "opened", id, lane, experiment: { ...experiment(), ...own, ...more }, network: network(), lesson: null, cell: null });
  };
  const lanes = () => made.store.get().lanes;
  return { ...made, comparing, answer, lanes };
}
const frames = (id, lane, ...numbers) => ({
  type: "frames", id, lane, first: 1, count: 4, steps: 4, arrays: [{ name: `${MAIN}c`, data: Float64Array.from(numbers), shape: [4, 1] }],
});

test("a copy stays as it was when the weights change", async () => {
  const { actions, store, comparing, sent, tick, answer } = await open();
  comparing.addCopy();
  tick();
  const [message] = sent;
  assert.deepEqual([message.type, message.lane, message.experiment.lesson, message.experiment.lanes], ["open", "second", null, []]);
  answer("second");
  tick();
  sent.length = 0;
  actions.setParameter(`${MAIN}b_f`, [0], -1);
  tick();
  assert.deepEqual(sent.filter(({ type }) => type === "change").map(({ lane }) => lane), [undefined]);
  assert.deepEqual(store.get().experiment.lanes[0].parameters.values[`${MAIN}b_f`], [10]);
});

test("changing the sequence changes all lanes, and the loss is the same", async () => {
  const { actions, comparing, sent, tick, answer } = await open();
  await comparing.addCell("lstm");
  tick();
  answer("second", { backward: null });
  tick();
  assert.deepEqual(sent.findLast(({ lane }) => lane === "second"), { type: "differentiate", of: `${MAIN}y`, step: 4, unit: null, id: sent.at(-1).id, lane: "second" });
  sent.length = 0;
  actions.setInput(1, 0, 9);
  tick();
  assert.deepEqual(sent.map(({ lane, inputs }) => [lane, inputs[0][0]]), [[undefined, 9], ["second", 9]]);
});

test("what a lane computes stays its own", async () => {
  const { store, comparing, sent, tick, answer, lanes, listeners } = await open();
  comparing.addCopy();
  tick();
  answer("second");
  const before = store.get().values;
  listeners.second.received(frames(sent.at(-1).id + 1, "second", 1, 2, 3, 4));
  assert.deepEqual([...lanes()[0].values[`${MAIN}c`].data], [1, 2, 3, 4]);
  assert.equal(lanes()[0].bounds[`${MAIN}c`], 5);
  assert.equal(store.get().values, before);
  listeners.second.received({ type: "problems", id: null, lane: "second", problems: [{ code: "x", args: {}, message: "no" }] });
  assert.deepEqual([store.get().problems.length, lanes()[0].problems.length], [0, 1]);
});

test("a lane that is taken away is undone like any change; its name is free again", async () => {
  const { actions, store, comparing, sent, tick, lanes, listeners } = await open();
  comparing.addCopy();
  await comparing.addCell("gru");
  await comparing.addCell("lstm");
  tick();
  assert.deepEqual(lanes().map(({ id, record }) => [id, record.cell]), [["second", null], ["third", "gru"]]);
  comparing.remove(0);
  tick();
  assert.deepEqual(lanes().map(({ id }) => id), ["third"]);
  assert.equal("second" in listeners, false);
  sent.length = 0;
  actions.undo();
  tick();
  assert.deepEqual(lanes().map(({ id, record }) => [id, record.cell]), [["second", null], ["third", "gru"]]);
  assert.deepEqual(sent.map(({ type, lane }) => [type, lane]), [["open", "second"]]);
  actions.stopComparing();
  await new Promise((done) => setTimeout(done));
  tick();
  assert.deepEqual([lanes().length, store.get().experiment.lanes.length], [0, 0]);
});

test("a lane whose weights alone change is told them, and told what they were when that is taken back", async () => {
  const { actions, store, comparing, sent, tick, answer, lanes } = await open();
  await comparing.addCell("gru");
  tick();
  answer("second", { parameters: experiment().parameters });
  tick();
  const { experiment: own } = store.get();
  const [record] = own.lanes;
  sent.length = 0;
  actions.more(({ commit }) => ({ change: commit })).change({ ...own, lanes: [{ ...record, parameters: { ...record.parameters, values: { [`${MAIN}b_f`]: [4] } } }] });
  tick();
  tick();
  const told = () => sent.splice(0).map(({ type, lane, parameters }) => [type, lane, parameters?.map(({ address, value }) => [address, value])]);
  assert.deepEqual(told(), [["change", "second", [[`${MAIN}b_f`, 4]]]]);
  actions.undo();
  tick();
  tick();
  assert.deepEqual(told(), [["change", "second", [[`${MAIN}b_f`, 10]]]]);
  assert.deepEqual([lanes()[0].record, lanes()[0].base.parameters.values], [record, experiment().parameters.values]);
});

test("a lane of which other numbers are wanted than it can find by itself is opened anew", async () => {
  const { actions, store, comparing, sent, tick, answer } = await open();
  comparing.addCopy();
  tick();
  answer("second");
  tick();
  const { experiment: own } = store.get();
  const [record] = own.lanes;
  const wanted = (parameters) => {
    sent.length = 0;
    actions.more(({ commit }) => ({ change: commit })).change({ ...own, lanes: [{ ...record, parameters }] });
    tick();
    return sent.map(({ type, lane }) => [type, lane]);
  };
  assert.deepEqual(wanted({ ...record.parameters, values: {} }), [["open", "second"]], "its seed is the engine's to follow");
  assert.deepEqual(wanted({ ...record.parameters, seed: 9 }), [["open", "second"]]);
});

test("a cell that cannot be had is said, and nothing is added", async () => {
  const { store, comparing } = await open();
  await comparing.addCell("gone");
  assert.equal(store.get().notice, "notice.panel");
  assert.equal(store.get().experiment.lanes.length, 0);
});

test("after a break every lane is told whole again", async () => {
  const { comparing, sent, tick, answer, listeners } = await open();
  comparing.addCopy();
  tick();
  answer("second");
  sent.length = 0;
  listeners.main.connected();
  listeners.second.connected();
  assert.deepEqual(sent.map(({ type, lane }) => [type, lane]), [["open", undefined], ["open", "second"]]);
});

test("the link holds the lanes and the difference, to the last bit", async () => {
  const base = experiment();
  const lane = { cell: "gru", network: base.network, parameters: { seed: 81, starts: {}, values: { [`${MAIN}b_f`]: [0.1 + 0.2] } }, initial: {} };
  const shown = { ...base, lanes: [lane], view: { ...base.view, difference: "on" } };
  const text = fragment(shown, base);
  assert.match(text, /&with=[\w-]+&/);
  assert.deepEqual(applyFields(base, parseFragment(text).fields), { experiment: shown, faulty: false });
  for (const hostile of ["with=abc", "with=W10x", "with=W3sibmV0d29yayI6e319XQ", "with=e30"]) {
    assert.deepEqual(applyFields(base, parseFragment(hostile).fields), { experiment: base, faulty: true }, hostile);
  }
});

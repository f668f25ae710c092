import assert from "node:assert/strict";
import { test } from "node:test";
import { createLearning } from "../../../static/state/learning.js";
import { MAIN, experiment, network, page } from "../scene.js";

const Z = `${MAIN}b_z`;
const LOSS = { kind: "squared", of: `${MAIN}y`, targets: [null, null, null, [0.5]] };
const STOP = { code: "loss-overflowed", args: { update: 1 }, message: "stopped" };

async function open(copy = false) {
  const made = page({ limits: { updates: 1000 } });
  made.ready(experiment({ loss: LOSS, view: { study: "learning", rate: 0.5 } }));
  const comparing = await made.actions.compare();
  await (copy ? comparing.addCopy() : comparing.addCell("gru"));
  made.tick();
  /** The engine opens the lane as it was asked to. */
  const opened = () => {
    const { experiment: own, id } = made.sent.findLast(({ lane, type }) => lane === "second" && type === "open");
    made.listeners.second.received({ type: "opened", id, lane: "second", experiment: { ...experiment(), ...own }, network: network(), lesson: null, cell: null });
    made.tick();
  };
  opened();
  opened();
  const actions = made.actions.more((core) => createLearning(core, () => 0));
  const asked = (lane) => made.sent.findLast((message) => message.type === "update" && message.lane === lane);
  const answer = (lane, number, { losses = [4, 3], stop = null } = {}) => made.listeners[lane ?? "main"].received({
    type: "updates", id: asked(lane).id, lane: lane ?? "main", first: 0, stop,
    arrays: [
      ...["loss", "norm", "clipped"].map((name) => ({ name, shape: [losses.length], data: Float64Array.from(losses) })),
      { name: `gradient:${Z}`, shape: [1], data: Float64Array.of(1) }, { name: `now:${Z}`, shape: [1], data: Float64Array.of(number) },
    ],
  });
  const tick = () => {
    made.tick();
    actions.refreshLearning();
  };
  tick();
  answer(undefined, -1);
  const now = () => made.store.get();
  const weight = (record) => record.parameters.values[Z][0];
  return { ...made, actions, asked, answer, tick, now, weight, opened };
}

test("a lane has the loss of the first, and what pulls is the same", async () => {
  const { sent } = await open();
  const { experiment: own } = sent.findLast(({ lane, type }) => lane === "second" && type === "open");
  assert.deepEqual(own.loss, LOSS);
});

test("a lane learns at the same pace, and both arrive together as one thing to take back", async () => {
  const { actions, asked, answer, tick, now, weight, sent } = await open();
  const before = now().undo;
  actions.learn();
  tick();
  assert.deepEqual([asked("second").updates, asked("second").rate], [1, 0.5]);
  answer(undefined, -1);
  assert.equal(weight(now().experiment), 0, "it waits for the lane");
  answer("second", -2);
  assert.deepEqual([weight(now().experiment), weight(now().experiment.lanes[0]), weight(now().lanes[0].base)], [-1, -2, -2]);
  assert.equal(now().undo, before + 1);
  assert.deepEqual([now().learning.losses, now().learning.others], [[4, 3], { second: [4, 3] }]);
  const { id } = asked("second");
  sent.length = 0;
  tick();
  tick();
  const changes = sent.filter(({ type }) => type === "change" || type === "open");
  assert.deepEqual(changes.map(({ type, lane, learned }) => [type, lane, learned]).filter(([, lane]) => lane), [["change", "second", id]], "the lane is not opened again");
  actions.undo();
  tick();
  assert.deepEqual([weight(now().experiment), now().experiment.lanes[0].parameters.values], [0, {}]);
});

test("losses of a lane stand at the updates at which it learned along, and go back with them", async () => {
  const { actions, answer, tick, now } = await open();
  const press = (main, second) => {
    actions.learn();
    tick();
    answer(undefined, now().learning.losses.length, { losses: main });
    answer("second", -now().learning.losses.length, { losses: second });
    tick();
  };
  press([4, 3], [9, 8]);
  press([3, 2], [8, 7]);
  assert.deepEqual(now().learning.others, { second: [9, 8, 7] });
  actions.undo();
  tick();
  assert.deepEqual([now().learning.at, now().learning.others], [1, { second: [9, 8, 7] }], "what was taken back is still to be seen");
  press([3, 2], [5, 4]);
  assert.deepEqual(now().learning.others, { second: [NaN, 5, 4] }, "another network has learned these");
});

test("losses of a lane whose weights are moved by hand are no longer shown; from where it stands then it goes on", async () => {
  const { actions, answer, tick, now, store, asked } = await open();
  actions.learn();
  tick();
  answer(undefined, -1);
  answer("second", -2, { losses: [9, 8] });
  tick();
  assert.deepEqual(now().learning.others, { second: [9, 8] });
  const { experiment: own } = now();
  const count = asked("second").id;
  const record = { ...own.lanes[0], parameters: { ...own.lanes[0].parameters, values: { ...own.lanes[0].parameters.values, [Z]: [5] } } };
  store.set({ experiment: { ...own, lanes: [record] } });
  tick();
  assert.deepEqual([now().learning.losses, now().learning.others], [[4, 3], {}]);
  actions.learn();
  tick();
  answer(undefined, -2, { losses: [3, 2] });
  answer("second", 4, { losses: [7, 6] });
  tick();
  assert.notEqual(asked("second").id, count);
  assert.deepEqual([now().learning.losses, now().learning.others], [[4, 3, 2], { second: [NaN, 7, 6] }]);
});

test("a lane whose numbers end stays where it was; the others go on without it", async () => {
  const { actions, answer, asked, tick, now, weight } = await open();
  actions.learnOn();
  tick();
  answer(undefined, -1);
  answer("second", 0, { losses: [], stop: STOP });
  assert.deepEqual([weight(now().experiment), weight(now().lanes[0].base)], [-1, 0]);
  const { id } = asked("second");
  tick();
  answer(undefined, -2, { losses: [3, 2] });
  assert.equal(weight(now().experiment), -2);
  assert.equal(asked("second").id, id, "it is asked no more");
});

test("a copy stays as it was, to see what learning has changed", async () => {
  const { actions, answer, asked, tick, now, weight } = await open(true);
  actions.learn();
  tick();
  assert.equal(asked("second"), undefined);
  answer(undefined, -1);
  assert.deepEqual([weight(now().experiment), weight(now().experiment.lanes[0])], [-1, 0]);
});

test("a lane that cannot have the loss is left alone", async () => {
  const { actions, answer, asked, tick, now, weight, store } = await open();
  store.set({ lanes: now().lanes.map((lane) => ({ ...lane, network: { ...lane.network, symbols: {} } })) });
  actions.learn();
  tick();
  assert.equal(asked("second"), undefined);
  answer(undefined, -1);
  assert.equal(weight(now().experiment), -1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createLearning } from "../../../static/state/learning.js";
import { MAIN, experiment, page } from "../scene.js";

const Z = `${MAIN}b_z`;
const LOSS = { kind: "squared", of: `${MAIN}y`, targets: [null, null, null, [0.5]] };
const STOP = { code: "loss-overflowed", args: { update: 3 }, message: "stopped at update 3" };

function open(view = { study: "learning", rate: 0.5 }) {
  const made = page({ limits: { updates: 1000 } });
  made.ready(experiment({ loss: LOSS, view: { direction: "forward", ...view } }));
  let time = 0;
  const actions = made.actions.more((core) => createLearning(core, () => time));
  const now = () => made.store.get();
  const asked = () => made.sent.filter(({ type }) => type === "update");
  const tick = () => {
    made.tick();
    actions.refreshLearning();
  };
  const weight = () => now().experiment.parameters.values[Z][0];
  /** The engine's answer to the newest question: each update takes 1 from the number. @param {number[]} losses */
  const answer = (losses, { stop = null, first = 0, of = asked().at(-1) } = {}) => made.listener.received({
    type: "updates", id: of.id, lane: "main", first, stop,
    arrays: [
      { name: "loss", shape: [losses.length], data: Float64Array.from(losses) }, { name: "norm", shape: [losses.length], data: new Float64Array(losses.length).fill(2) },
      { name: "clipped", shape: [losses.length], data: new Float64Array(losses.length).fill(1) },
      { name: `gradient:${Z}`, shape: [1], data: Float64Array.of(2) }, { name: `now:${Z}`, shape: [1], data: Float64Array.of(weight() - (first + losses.length - 1)) },
    ],
  });
  tick();
  return { ...made, actions, now, asked, tick, weight, answer, pass: (/** @type {number} */ by) => (time += by) };
}

test("one update ahead is looked at, and nothing is changed by it", () => {
  const { asked, answer, now, tick, actions } = open();
  assert.deepEqual(asked().map(({ rule, rate, clip, updates }) => ({ rule, rate, clip, updates })), [{ rule: "sgd", rate: 0.5, clip: null, updates: 1 }]);
  answer([4, 3]);
  const { ahead, losses } = now().learning;
  assert.deepEqual([ahead.norm, ahead.clipped, ahead.gradient[Z].data[0], ahead.next[Z].data[0]], [2, 1, 2, -1]);
  assert.deepEqual(losses, [4]);
  assert.equal(now().undo, 0);
  tick();
  assert.equal(asked().length, 1, "it is not asked again");
  actions.setPace({ rule: "adam", rate: 0.005, clip: 1 });
  tick();
  assert.deepEqual([asked().length, asked()[1].rule, asked()[1].clip], [2, "adam", 1]);
  assert.deepEqual(now().learning.losses, [4], "the way so far stays");
});

test("one update: the weights arrive, the engine is told whose they are, and undo takes it back", () => {
  const { actions, asked, answer, now, sent, tick, weight } = open();
  answer([4, 3]);
  actions.learn();
  tick();
  const { id } = asked().at(-1);
  answer([4, 3]);
  assert.equal(weight(), -1);
  assert.deepEqual([now().learning.losses, now().learning.at, now().learning.from, now().learning.going], [[4, 3], 1, 0, false]);
  tick();
  const change = sent.find(({ type }) => type === "change");
  assert.deepEqual([change.learned, change.parameters], [id, undefined], "not number by number");
  assert.equal(now().undo, 1);
  actions.undo();
  tick();
  assert.deepEqual([weight(), now().learning.at, now().learning.losses], [0, 0, [4, 3]], "the curve stays, the network stands where it began");
  assert.deepEqual(sent.filter(({ type }) => type === "change").at(-1).parameters, [{ address: Z, index: [0], value: 0 }]);
  actions.redo();
  tick();
  assert.deepEqual([weight(), now().learning.at], [-1, 1]);
});

test("ten are one thing to take back, however many pictures they took", () => {
  const { actions, answer, asked, now, tick, pass, weight } = open();
  answer([4, 3]);
  actions.learn(10);
  let loss = 10;
  for (let pictures = 0; now().learning.going; pictures += 1) {
    assert.ok(pictures < 20);
    tick();
    const { updates } = asked().at(-1);
    answer(Array.from({ length: updates + 1 }, (_, at) => loss - at));
    loss -= updates;
    pass(17);
  }
  assert.equal(weight(), -10);
  assert.equal(now().learning.losses.length, 11);
  assert.equal(now().undo, 1);
});

test("many in one answer may come in pieces", () => {
  const { actions, answer, asked, now, pass, tick, weight } = open();
  answer([9, 8]);
  actions.learn(10);
  tick();
  answer([9, 8]);
  pass(500);
  tick();
  tick();
  assert.equal(asked().at(-1).updates, 9);
  answer([8, 7, 6, 5]);
  assert.equal(weight(), -1, "not yet");
  answer([4, 3, 2, 1, 0.5, 0.25], { first: 4 });
  assert.deepEqual(now().learning.losses, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5, 0.25]);
});

test("a run goes on until it is stopped, and a change by hand stops it", () => {
  const { actions, answer, asked, now, tick, pass } = open();
  answer([4, 3]);
  actions.learnOn();
  for (let at = 0; at < 3; at += 1) {
    tick();
    answer([4 - at, 3 - at]);
    pass(10);
  }
  assert.equal(now().learning.going, true);
  actions.setParameter(Z, [0], 7, { live: true });
  tick();
  assert.equal(now().learning.going, false);
  assert.equal(now().experiment.parameters.values[Z][0], 7);
  assert.equal(now().undo, 2, "the run, and what was done by hand");
  actions.setParameter(Z, [0], 8, { live: true });
  assert.equal(now().undo, 2, "one drag");
  assert.deepEqual(now().learning.losses, [], "these weights were not learned");
  const count = asked().length;
  tick();
  answer([50, 49]);
  assert.deepEqual(now().learning.losses, [50]);
  assert.ok(asked().length > count);
  actions.learnOn();
  actions.learnOn();
  assert.equal(now().learning.going, false);
});

test("an answer that comes after a change by hand is not followed", () => {
  const { actions, answer, asked, now, tick } = open();
  answer([4, 3]);
  actions.learn();
  tick();
  const of = asked().at(-1);
  actions.setParameter(Z, [0], 7);
  answer([4, 3], { of });
  assert.equal(now().experiment.parameters.values[Z][0], 7);
});

test("where numbers end learning stops, keeps the last that worked and says so", () => {
  const { actions, answer, now, tick, weight } = open();
  answer([4, 3]);
  actions.learnOn();
  tick();
  answer([4, 3]);
  tick();
  answer([3], { stop: STOP });
  assert.deepEqual([now().learning.going, now().learning.problems, weight()], [false, [STOP], -1]);
  tick();
  assert.deepEqual(now().learning.problems, [STOP], "it stays to be read");
  actions.undo();
  tick();
  assert.deepEqual(now().learning.problems, []);
});

test("a refusal is told where learning is and takes nothing back", () => {
  const { actions, asked, listener, now, tick } = open();
  actions.learn();
  tick();
  listener.received({ type: "problems", id: asked().at(-1).id, lane: "main", problems: [{ code: "over-limit", args: { limit: "updates" }, message: "too many" }] });
  assert.deepEqual([now().learning.problems[0].code, now().learning.going, now().problems], ["over-limit", false, []]);
});

test("after a break a finished press is not made again", () => {
  const { actions, answer, listener, now, tick, asked } = open();
  answer([4, 3]);
  actions.learn();
  tick();
  answer([4, 3]);
  tick();
  answer([3, 2]);
  listener.connected();
  listener.received({ type: "opened", id: now().id, lane: "main", experiment: now().experiment, network: now().network, lesson: null, cell: null });
  tick();
  answer([3, 2], { of: asked().at(-1) });
  assert.equal(now().experiment.parameters.values[Z][0], -1);
});

test("another sequence, or another place, begins anew; the key opens first and learns then", () => {
  const { actions, answer, now, tick, asked } = open({});
  assert.equal(asked().length, 0);
  actions.learn();
  assert.equal(now().experiment.view.study, "learning");
  tick();
  answer([4, 3]);
  actions.learn();
  tick();
  answer([4, 3]);
  tick();
  answer([3, 2]);
  actions.setInput(1, 0, 5);
  tick();
  assert.deepEqual([now().learning.losses, now().learning.ahead], [[], null]);
  answer([6, 5]);
  actions.learnOn();
  actions.setStudy("cell");
  tick();
  assert.equal(now().learning.going, false);
});

test("nothing is learned without a loss", () => {
  const { actions, now } = open();
  actions.undo();
  const made = page();
  made.ready();
  const own = made.actions.more(createLearning);
  own.learn();
  assert.notEqual(made.store.get().experiment.view.study, "learning");
  assert.equal(made.store.get().notice, "notice.no-loss");
  assert.equal(now().undo, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCarrying } from "../../../static/state/carrying.js";
import { startAt } from "../../../static/state/derive.js";
import { experiment, MAIN, network, page } from "../scene.js";

const C = `${MAIN}c`;

function open(own = {}) {
  const made = page();
  made.ready();
  made.store.set({ limits: { readings: 3 }, experiment: experiment(own), base: experiment() });
  return { ...made, actions: made.actions.more(createCarrying), now: () => made.store.get() };
}

test("the sequence is read again and again, never more often than allowed, and it can be taken back", () => {
  const { actions, now, sent } = open();
  actions.carry(1);
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "change", carried: 1, id: 0 });
  assert.equal(now().changed, true);
  actions.carry(2);
  actions.carry(3);
  actions.carry(-1);
  assert.equal(now().experiment.carried, 2);
  actions.undo();
  actions.undo();
  assert.deepEqual([now().experiment.carried, now().changed], [0, false]);
});

test("what reads backward stays as it is", () => {
  const own = experiment().network;
  const [part] = own.parts;
  const parts = [{ ...part, layers: [{ ...part.layers[0], direction: "both" }] }];
  const { actions, now } = open({ network: { ...own, parts } });
  actions.carry(1);
  assert.equal(now().experiment.carried, 0);
});

test("the state before the first step is the number given, or what the engine says was left", () => {
  const values = { [`${C}_prev`]: { data: [7, 8], first: 1, steps: 2, units: 1 } };
  const given = { network: network(), experiment: experiment({ initial: { [C]: [2] } }), values };
  assert.equal(startAt(given, C), 2);
  const carried = { ...given, experiment: experiment({ initial: { [C]: [2] }, carried: 1 }) };
  assert.equal(startAt(carried, C), 7);
  assert.equal(startAt({ ...carried, values: {} }, C), undefined);
});

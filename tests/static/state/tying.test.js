import assert from "node:assert/strict";
import { test } from "node:test";
import { createInitialise } from "../../../static/state/initialise.js";
import { createTying } from "../../../static/state/tying.js";
import { experiment, MAIN, network, page } from "../scene.js";

const W = `${MAIN}W_f`;
const Z = `${MAIN}W_z`;

/** The engine's answer: the network that it was asked for, all numbers 0.5. */
function answer(made, own = made.sent.at(-1).experiment) {
  const { tied } = own.network;
  const fresh = network();
  for (const [one, other] of Object.entries(tied)) fresh.symbols[one] = { ...fresh.symbols[one], tied: other };
  const values = Object.fromEntries([[W, [[0.5, 0.5]]], [Z, [[0.5, 0.5]]], [`${MAIN}b_f`, [0.5]], [`${MAIN}b_z`, [0.5]]].filter(([address]) => !(address in tied)));
  made.opened(experiment({ network: own.network, parameters: { seed: 0, starts: {}, values }, initial: {}, backward: null }), { network: fresh });
}

function open() {
  const made = page();
  made.ready();
  const actions = made.actions.more((core) => ({ ...createTying(core), ...createInitialise(core) }));
  const now = () => made.store.get().experiment;
  const tie = () => {
    actions.tie(W, Z);
    answer(made); // without ties, to see which of them last
    answer(made);
  };
  return { ...made, actions, now, tie };
}

test("two matrices are one: the first has the numbers of the other, and what changes one changes both", () => {
  const { actions, now, store, tie } = open();
  tie();
  assert.deepEqual(now().network.tied, { [W]: Z });
  assert.deepEqual(now().parameters.values, { [Z]: [[1, 0]], [`${MAIN}b_f`]: [10], [`${MAIN}b_z`]: [0] });
  actions.setParameter(W, [0, 1], 7);
  assert.deepEqual(now().parameters.values[Z], [[1, 7]]);
  actions.scale(W, actions.before(W), 2);
  assert.deepEqual(now().parameters.values[Z], [[2, 14]]);
  assert.equal(W in now().parameters.values, false);
  assert.equal(store.get().changed, true);
});

test("started by a rule, the numbers are asked for once and under one name", () => {
  const { actions, sent, tie } = open();
  tie();
  actions.initialise([W, Z], "he", 3);
  assert.deepEqual(sent.at(-1).starts, { [Z]: { kind: "he", seed: 3, scale: 1 } });
});

test("undo takes the tie back with the numbers from before, and redo brings it again", () => {
  const { actions, now, sent, store, tick, tie } = open();
  tie();
  actions.undo();
  assert.deepEqual([now().network.tied, now().parameters.values[W]], [{}, [[0, 100]]]);
  assert.equal(store.get().network.symbols[W].tied, undefined);
  tick();
  assert.deepEqual(sent.at(-1).experiment.network.tied, {});
  actions.redo();
  assert.deepEqual(now().network.tied, { [W]: Z });
  assert.equal(store.get().network.symbols[W].tied, Z);
});

test("apart again, each keeps the numbers", () => {
  for (const address of [W, Z]) {
    const made = open();
    made.tie();
    made.actions.setParameter(Z, [0, 0], 5);
    made.actions.untie(address);
    answer(made);
    assert.deepEqual([made.now().network.tied, made.now().parameters.values[W], made.now().parameters.values[Z]], [{}, [[5, 0]], [[5, 0]]]);
    made.actions.setParameter(W, [0, 0], 6);
    assert.deepEqual(made.now().parameters.values[Z], [[5, 0]]);
  }
});

test("weights reset as they were stay tied, and a tie that is there is not made twice", () => {
  const { actions, now, sent, tie } = open();
  tie();
  actions.setParameter(Z, [0, 0], 5);
  actions.resetWeights();
  assert.deepEqual(now().parameters.values, { [Z]: [[1, 0]], [`${MAIN}b_f`]: [10], [`${MAIN}b_z`]: [0] });
  const before = sent.length;
  actions.tie(Z, W);
  assert.equal(sent.length, before);
});

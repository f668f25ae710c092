import assert from "node:assert/strict";
import { test } from "node:test";
import { createStageStart } from "../../../../static/state/training/stagestart.js";
import { networkKey, taken } from "../../../../static/state/training/starting.js";

const SHAPES = { 1: { "main.1.forward.b": [1] }, 2: { "main.1.forward.b": [2] } };
const VALUES = { "main.1.forward.b": [0.25] };

function place({ experiment = { parameters: { values: VALUES } }, givens = [{ task: "adding", units: 1 }, { task: "adding", units: 2 }], refused = false } = {}) {
  const state = { experiment, network: { symbols: {} } };
  const asked = [];
  const laid = [];
  let training = { runs: givens.map((given) => ({ given })), edited: null, wanted: {} };
  const wanted = async (given) => {
    asked.push(given);
    if (refused) throw new Error("refused");
    return SHAPES[given.units];
  };
  const acts = createStageStart({ get: () => state, environment: { api: async () => ({ wanted }) } }, {
    now: () => training, put: (patch) => void (training = { ...training, ...patch }), lay: (all, more) => laid.push([all, more]),
  });
  return { acts, asked, laid, now: () => training, edit: (edited) => void (training = { ...training, edited }) };
}

test("what networks need is asked once for each, and not where there is no stage", async () => {
  const { acts, asked, now } = place();
  await Promise.all([acts.askWeights(), acts.askWeights()]);
  await acts.askWeights();
  assert.deepEqual(asked, [{ task: "adding", units: 1 }, { task: "adding", units: 2 }]);
  assert.deepEqual(now().wanted[networkKey({ task: "adding", units: 2 })], SHAPES[2]);
  const bare = place({ experiment: null });
  await bare.acts.askWeights();
  assert.deepEqual(bare.asked, []);
});

test("settings that are refused need nothing", async () => {
  const { acts, now } = place({ refused: true });
  await acts.askWeights();
  assert.deepEqual(Object.values(now().wanted), [null, null]);
});

test("the runs that the weights fit start from them, or the one whose settings are shown", async () => {
  const weights = taken(VALUES);
  const { acts, laid, edit } = place({ givens: [{ task: "adding", units: 1 }, { task: "adding", units: 1, cell: "gru" }, { task: "adding", units: 2 }] });
  await acts.askWeights();
  acts.startFromStage();
  assert.deepEqual(laid[0][0].map((given) => given.weights), [weights, weights, undefined]);
  edit(1);
  acts.startFromStage();
  assert.deepEqual(laid[1], [[{ task: "adding", units: 1 }, { task: "adding", units: 1, cell: "gru", start: "given", weights }, { task: "adding", units: 2 }], { edited: 1 }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { baselineOf, createBaselines } from "../../../../static/state/training/baselines.js";
import { OFFER } from "./offer.js";

function place(first) {
  const asked = [];
  const answers = { refused: false };
  let training = { offer: OFFER, runs: [{ given: first }], baselines: {} };
  const baseline = async (given) => {
    asked.push(given);
    if (answers.refused) throw new Error("away");
    return { loss: given.options?.length ?? -1, accuracy: 0.25 };
  };
  const ask = createBaselines({ environment: { api: async () => ({ baseline }) } }, { now: () => training, put: (patch) => void (training = { ...training, ...patch }) });
  return { ask, asked, answers, loss: () => baselineOf(training)?.loss, lay: (given, about) => void (training = { ...training, runs: [{ given, about }] }) };
}

test("as a task usually is, the offer has told it", async () => {
  const { ask, asked, loss } = place({ task: "parity", units: 4 });
  await ask();
  assert.deepEqual([asked, loss()], [[], 0.5]);
});

test("for other settings it is asked once, whatever the network is, and never that of other settings", async () => {
  const { ask, asked, loss, lay } = place({ task: "adding", units: 4, options: { length: 9 } });
  assert.equal(loss(), undefined);
  await Promise.all([ask(), ask()]);
  lay({ task: "adding", units: 5, options: { length: 9 } });
  await ask();
  assert.deepEqual([asked, loss()], [[{ task: "adding", options: { length: 9 } }], 9]);
  lay({ task: "parity", readout: "last" });
  assert.equal(loss(), undefined);
  await ask();
  assert.deepEqual([asked[1], loss()], [{ task: "parity", readout: "last" }, -1]);
});

test("what no task takes is not asked for", async () => {
  for (const given of [{ task: "adding", options: { length: 1 } }, { task: "adding", options: { length: 2.5 } }, { task: "adding", readout: "every" }]) {
    const { ask, asked, loss } = place(given);
    await ask();
    assert.deepEqual([asked, loss()], [[], undefined]);
  }
});

test("what could not be told is asked again", async () => {
  const { ask, asked, answers, loss } = place({ task: "adding", options: { length: 9 } });
  answers.refused = true;
  await ask();
  assert.equal(loss(), undefined);
  answers.refused = false;
  await ask();
  assert.deepEqual([asked.length, loss()], [2, 9]);
});

test("a run that has begun knows its own", () => {
  const { loss, lay } = place({ task: "adding", options: { length: 9 } });
  lay({ task: "adding", options: { length: 9 } }, { task: { baseline: { loss: 0.125, accuracy: 0 }, loss: "numbers" } });
  assert.equal(loss(), 0.125);
});

test("a network that answers in another way than its task has another loss", () => {
  const { loss, lay } = place({ task: "digits" });
  lay({ task: "digits" }, { task: { baseline: { loss: 2.3, accuracy: 0.1 }, loss: "classes" } });
  assert.equal(loss(), 2.3);
  lay({ task: "digits" }, { task: { baseline: { loss: 2.3, accuracy: 0.1 }, loss: "yes-no" } });
  assert.equal(loss(), null);
});

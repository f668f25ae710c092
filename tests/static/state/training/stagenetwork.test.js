import assert from "node:assert/strict";
import { test } from "node:test";
import { namesake, placeOf, stageRun } from "../../../../static/state/training/stagenetwork.js";
import { OFFER } from "./offer.js";

const answers = (target, expr) => ({ values: [{ name: "h", size: "units" }, { name: target, size: "outputs" }], equations: [{ target: "h", expr: "x" }, { target, expr }] });
const BARE = { values: [{ name: "h", size: "units" }], equations: [{ target: "h", expr: "x" }] };

function stage({ cell = "gru", text = null, units = 4, direction = "forward", count = 1, inputs = 3, readout = "y[outputs] = softmax(V @ h + d)", outputs = 2, program = BARE } = {}) {
  const layer = { cell, text, units, direction, sizes: readout === null ? { outputs } : {} };
  const part = { name: "main", inputs, layers: Array(count).fill(layer), readout, sizes: readout === null ? {} : { outputs } };
  return { experiment: { network: { parts: [part] } }, network: { layers: [{ program: "one" }], programs: { one: program } } };
}

test("the network is the stage's, the task one that reads and answers as it does", () => {
  assert.deepEqual(stageRun(stage({ inputs: 8, outputs: 10 }), OFFER, null), { task: "digits", cell: "gru", units: 4 });
  assert.deepEqual(stageRun(stage({ readout: "y[outputs] = sigmoid(V @ h + d)", inputs: 1, outputs: 1, count: 2 }), OFFER, null), { task: "parity", cell: "gru", units: 4, layers: 2 });
  assert.deepEqual(stageRun(stage({ readout: "y[outputs] = V @ h + d", inputs: 2, outputs: 1 }), OFFER, null), { task: "adding", cell: "gru", units: 4 });
});

test("where no task has its sizes one has its kind of answer, and of several that which is learned now", () => {
  assert.equal(stageRun(stage(), OFFER, null).task, "reber");
  assert.equal(stageRun(stage(), OFFER, null, { task: "digits" }).task, "digits");
  assert.deepEqual(stageRun(stage({ readout: "y[outputs] = V @ h + d" }), OFFER, null, { task: "adding", options: { length: 7 } }), { task: "adding", options: { length: 7 }, cell: "gru", units: 4 });
});

test("whoever reads backward gets a task that may be read so, and its direction", () => {
  assert.deepEqual(stageRun(stage({ direction: "both" }), OFFER, null), { task: "parity", cell: "gru", units: 4, direction: "both" });
  assert.deepEqual(stageRun(stage({ direction: "both" }), OFFER, null, { task: "parity", readout: "last" }), { task: "parity", readout: "last", cell: "gru", units: 4 });
});

test("a cell that answers by itself gets no task that asks in another way", () => {
  const jordan = { readout: null, inputs: 9, outputs: 9 };
  assert.equal(stageRun(stage({ ...jordan, program: answers("y", ["sigmoid", "z"]) }), OFFER, null, { task: "adding" }).task, "parity");
  assert.equal(stageRun(stage({ ...jordan, program: answers("y", ["@", "V", "h"]) }), OFFER, null, { task: "parity" }).task, "adding");
  assert.equal(stageRun(stage({ readout: null }), OFFER, null, { task: "parity" }).task, "parity");
});

test("equations of one's own come along, and more than can be trained is cut", () => {
  assert.deepEqual(stageRun(stage({ cell: "mine", text: "h = x", units: 600, readout: "y[outputs] = V @ h" }), OFFER, null), { task: "adding", equations: "h = x", units: 512 });
});

test("a text that is the listed cell's says no more than its name", () => {
  const own = stage({ text: "h = x" });
  assert.deepEqual([namesake(own, OFFER), namesake(stage(), OFFER), namesake(stage({ cell: "mine", text: "h = x" }), OFFER)], ["gru", "", ""]);
  assert.equal(stageRun(own, OFFER, "h = x").equations, undefined);
  assert.equal(stageRun(own, OFFER, "h = 2 * x").equations, "h = x");
});

test("nothing is on the stage", () => {
  assert.equal(stageRun({ experiment: null, network: null }, OFFER, null), null)
  assert.equal(namesake({ experiment: null }, OFFER), "");
});

test("a race has the network where task, cell and sizes are its own", () => {
  const own = { task: "adding", cell: "gru", units: 4 };
  assert.equal(placeOf([{ task: "adding", units: 4 }, { ...own, rate: 1 }], own), 1);
  assert.equal(placeOf([{ ...own, task: "parity" }], own), -1);
});

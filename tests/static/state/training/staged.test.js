import assert from "node:assert/strict";
import { test } from "node:test";
import { named, newRun } from "../../../../static/state/training/runs.js";
import { staged } from "../../../../static/state/training/staged.js";
import { example, RECORD, training } from "./told.js";

const run = { ...newRun("a", 0, { task: "adding" }), about: training(), record: RECORD, example: named(example().arrays) };

test("the experiment has the record's weights to the last digit, and the example's inputs and targets", () => {
  const found = staged(run, 2000);
  assert.deepEqual(found.parameters.values, { "main.1.forward.U": [[2.5]], "main.readout.forward.V": [[3.5]] });
  assert.deepEqual([found.sequence.inputs, found.step, found.network.parts[0].layers[0].cell], [[[1], [0]], 2, "gru"]);
  assert.deepEqual(found.loss, { kind: "squared", of: "main.readout.forward.y", targets: [null, [0.5]] });
});

test("a sequence that is longer than a stage is cut", () => {
  const found = staged(run, 1);
  assert.deepEqual([found.sequence.inputs, found.loss.targets], [[[1]], [null]]);
});

test("a cell that answers by itself has no loss here, and a run of which nothing is known no experiment", () => {
  const bare = JSON.parse(RECORD);
  bare.network.parts[0].readout = null;
  assert.equal(staged({ ...run, record: JSON.stringify(bare) }, 9).loss, null);
  assert.equal(staged({ ...run, record: null }, 9), null);
  assert.equal(staged({ ...run, example: null }, 9), null);
});

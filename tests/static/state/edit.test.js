import assert from "node:assert/strict";
import { test } from "node:test";
import * as edit from "../../../static/state/edit.js";
import { experiment, MAIN } from "../scene.js";

test("a parameter is changed in a copy that shares the rest", () => {
  const before = experiment();
  const after = edit.withParameter(before, `${MAIN}W_z`, [0, 1], 5);
  assert.deepEqual(after.parameters.values[`${MAIN}W_z`], [[1, 5]]);
  assert.deepEqual(before.parameters.values[`${MAIN}W_z`], [[1, 0]]);
  assert.equal(after.parameters.values[`${MAIN}W_f`], before.parameters.values[`${MAIN}W_f`]);
  assert.equal(edit.withParameter(before, `${MAIN}W_z`, [0, 1], 0), before);
  assert.equal(edit.withParameter(before, `${MAIN}nothing`, [0], 1), before);
});

test("steps are added, moved and taken away, and what points at them follows", () => {
  const own = experiment({ step: 4 });
  assert.deepEqual(edit.withStep(own).sequence.inputs.at(-1), [0, 0]);
  const shorter = edit.withoutStep(own, 2);
  assert.deepEqual(shorter.sequence.inputs, [[3, 1], [2, 0], [1, -1]]);
  assert.equal(shorter.step, 3);
  assert.equal(shorter.backward.step, 3);
  const moved = edit.withMovedStep(own, 1, 3);
  assert.deepEqual(moved.sequence.inputs, [[4, 1], [2, 0], [3, 1], [1, -1]]);
  assert.equal(moved.backward, own.backward);
  assert.equal(moved.step, 4);
  assert.equal(edit.withMovedStep(own, 4, 2).step, 2);
  assert.equal(edit.withMovedStep(own, 1, 9), own);
});

test("a word goes where its step goes, also one that is in no vocabulary; a step that is new has a known one", () => {
  const codes = [[1, 0], [0, 1], [0, 1]];
  const own = experiment({ sequence: { inputs: codes, vocabulary: ["dog"], words: ["dog", "cow", "tram"] } });
  assert.deepEqual(edit.withoutStep(own, 2).sequence.words, ["dog", "tram"]);
  assert.deepEqual(edit.withMovedStep(own, 3, 1).sequence.words, ["tram", "dog", "cow"]);
  const longer = edit.withStep(own);
  assert.deepEqual(longer.sequence.words, ["dog", "cow", "tram", "dog"]);
  assert.deepEqual(edit.withMovedStep(longer, 4, 2).sequence.words, ["dog", "dog", "cow", "tram"]);
  assert.deepEqual(edit.withInputs(own, codes.slice(1)).sequence.words, ["dog", "cow"]);
  assert.equal(edit.withInput(own, 1, 0, 3).sequence.words, own.sequence.words);
});

test("the last step cannot be taken away", () => {
  const one = edit.withInputs(experiment(), [[1, 2]]);
  assert.equal(edit.withoutStep(one, 1), one);
});

test("an input and a starting state are single numbers", () => {
  assert.deepEqual(edit.withInput(experiment(), 2, 0, 9).sequence.inputs[1], [9, 1]);
  const own = experiment();
  assert.equal(edit.withInput(own, 9, 0, 9), own);
  assert.deepEqual(edit.withInitial({ ...own, initial: {} }, `${MAIN}c`, 1, 2, 3).initial[`${MAIN}c`], [0, 2, 0]);
});

test("changed means other numbers or another loss, not another step or view", () => {
  const base = experiment();
  const loss = { of: `${MAIN}c`, step: 2, unit: null };
  assert.equal(edit.isChanged({ ...base, backward: loss }, { ...base, backward: { ...loss, step: 3 } }), true);
  assert.equal(edit.isChanged({ ...base, backward: loss }, { ...base, backward: null }), false);
  assert.equal(edit.isChanged(edit.withView({ ...base, step: 3 }, { direction: "backward" }), base), false);
  assert.equal(edit.isChanged(edit.withInput(base, 1, 0, 3.5), base), true);
  const there = edit.withParameter(base, `${MAIN}b_f`, [0], 1);
  assert.equal(edit.isChanged(edit.withParameter(there, `${MAIN}b_f`, [0], 10), base), false);
});

test("what can be taken back is laid over what is looked at", () => {
  const shown = experiment({ step: 4, language: "zh", view: { direction: "backward" } });
  const earlier = edit.withoutStep(experiment(), 1);
  const result = edit.withChangesOf(shown, earlier);
  assert.equal(result.language, "zh");
  assert.equal(result.view.direction, "backward");
  assert.equal(result.sequence, earlier.sequence);
  assert.equal(result.step, 3);
});

test("equality goes to the bottom and tells not-a-number from zero", () => {
  assert.ok(edit.same({ a: [1, NaN] }, { a: [1, NaN] }));
  assert.ok(!edit.same([0], [NaN]));
  assert.ok(!edit.same({ a: 1 }, { b: 1 }));
  assert.ok(!edit.same({ a: 1 }, null));
});

test("targets stay with their steps", () => {
  const own = { ...experiment(), loss: { kind: "squared", of: `${MAIN}y`, targets: [[1], null, [3], [4]] } };
  assert.deepEqual(edit.withStep(own).loss.targets, [[1], null, [3], [4], null]);
  assert.deepEqual(edit.withoutStep(own, 2).loss.targets, [[1], [3], [4]]);
  assert.deepEqual(edit.withMovedStep(own, 1, 3).loss.targets, [null, [3], [1], [4]]);
  assert.deepEqual(own.loss.targets, [[1], null, [3], [4]]);
  assert.equal(edit.withInput(own, 1, 0, 7).loss, own.loss);
  assert.equal(edit.isChanged(own, experiment()), true);
  assert.equal(edit.isChanged({ ...experiment(), loss: null }, experiment()), false);
  assert.equal(edit.withChangesOf(experiment(), own).loss, own.loss);
});

const layered = (...directions) => {
  const [part] = experiment().network.parts;
  return { parts: [{ ...part, layers: directions.map((direction) => ({ ...part.layers[0], direction })) }], tied: {} };
};

test("what is asked of the top layer is asked of the new top, up and down", () => {
  const [one, two] = [layered("forward"), layered("forward", "forward")];
  assert.equal(edit.risen(`${MAIN}c`, one, two), "main.2.forward.c");
  assert.equal(edit.risen("main.2.forward.c", two, one), `${MAIN}c`);
  assert.equal(edit.risen(`${MAIN}f:in`, one, layered("forward", "backward")), "main.2.backward.f:in");
  assert.equal(edit.risen("main.1.backward.c", layered("both"), layered("forward", "both")), "main.2.backward.c");
});

test("what is asked of a lower layer, of the readout and of the loss stays", () => {
  const [two, three] = [layered("forward", "forward"), layered("forward", "forward", "forward")];
  for (const address of [`${MAIN}c`, "main.readout.y", "loss", "decoder.2.forward.h"]) assert.equal(edit.risen(address, two, three), address);
});

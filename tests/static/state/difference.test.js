import assert from "node:assert/strict";
import { test } from "node:test";
import { changedNumbers, messages } from "../../../static/state/difference.js";
import { withInput, withInitial, withParameter } from "../../../static/state/edit.js";
import { experiment, MAIN } from "../scene.js";

test("nothing is told when nothing that is computed has changed", () => {
  const known = experiment();
  assert.deepEqual(messages(known, { ...known, step: 3, view: { direction: "backward" }, language: "zh" }), []);
});

test("changed numbers go in one message, with absolute values", () => {
  const known = experiment();
  const wanted = withInput(withParameter(known, `${MAIN}W_f`, [0, 1], 7), 1, 0, 8);
  assert.deepEqual(messages(known, wanted), [{
    type: "change",
    parameters: [{ address: `${MAIN}W_f`, index: [0, 1], value: 7 }],
    inputs: wanted.sequence.inputs,
  }]);
});

test("a starting state that is named no more is set back to zero", () => {
  const known = withInitial(experiment(), `${MAIN}c`, 0, 5, 1);
  const [message] = messages(known, { ...known, initial: {} });
  assert.deepEqual(message, { type: "change", initial: { [`${MAIN}c`]: [0] } });
});

test("what is differentiated is told apart from the numbers", () => {
  const known = experiment();
  const other = { of: `${MAIN}c`, step: 2, unit: 0 };
  assert.deepEqual(messages(known, { ...known, backward: other }), [{ type: "differentiate", ...other }]);
  assert.deepEqual(messages(known, { ...known, backward: null }), [{ type: "differentiate", of: null }]);
});

test("another cell or lesson is a new experiment", () => {
  const known = experiment();
  const wanted = { ...known, variant: "rounded" };
  assert.deepEqual(messages(known, wanted), [{ type: "open", experiment: wanted }]);
});

test("numbers are compared one by one, infinite ones too", () => {
  assert.deepEqual(changedNumbers({ a: [[1, 2]], b: Infinity }, { a: [[1, 3]], b: Infinity, c: [4] }), [
    { address: "a", index: [0, 1], value: 3 },
    { address: "c", index: [0], value: 4 },
  ]);
});

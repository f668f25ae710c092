import assert from "node:assert/strict";
import { test } from "node:test";
import { parameterCount, weightLabel } from "../../../static/state/derive.js";
import { fitting, listTies, partners, readTies, sourceOf, weightsOf } from "../../../static/state/ties.js";
import { experiment, MAIN, network, state } from "../scene.js";

const W = `${MAIN}W_f`;
const Z = `${MAIN}W_z`;

/** W_f is W_z. */
function tied() {
  const own = network();
  own.symbols[W] = { ...own.symbols[W], tied: Z };
  const { [W]: _, ...values } = experiment().parameters.values;
  return state({ network: own, experiment: experiment({ parameters: { seed: 0, starts: {}, values } }) });
}

test("a tied parameter has the numbers of the other, and both are counted once", () => {
  const now = tied();
  assert.equal(sourceOf(now, W), Z);
  assert.equal(weightsOf(now)[W], now.experiment.parameters.values[Z]);
  assert.deepEqual([parameterCount(state()), parameterCount(now)], [6, 4]);
});

test("what is one with it, and what has its shape and is not", () => {
  assert.deepEqual([partners(tied(), W), partners(tied(), Z), partners(state(), W)], [[Z], [W], []]);
  assert.deepEqual([fitting(state(), W), fitting(tied(), W), fitting(tied(), `${MAIN}b_f`)], [[Z], [], [`${MAIN}b_z`]]);
});

test("a number of a tied parameter is called by both names", () => {
  const now = tied();
  now.words.en = { ...now.words.en, "weights.tied": "{label}; the same number as {names}" };
  assert.equal(weightLabel(now, W, [0, 1]), "forget gate, weight of x₂; the same number as candidate, weight of x₂");
  assert.equal(weightLabel(state(), W, [0, 1]), "forget gate, weight of x₂");
});

test("ties are a line and come back", () => {
  const ties = { [W]: Z, "main.2.forward.U": "main.1.forward.U" };
  assert.deepEqual(readTies(listTies(ties)), ties);
  for (const text of ["", "a", "a~", "a~b~c", "a~b;", "<b>~a"]) assert.equal(readTies(text), null, text);
});

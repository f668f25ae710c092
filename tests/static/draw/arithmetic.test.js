import assert from "node:assert/strict";
import { test } from "node:test";

import { arithmetic, gradientTerms } from "../../../static/draw/arithmetic.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { LAYER, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);
const text = (line) => line.map((token) => token.text).join("");

test("a gate: formula, numbers, argument, result", () => {
  const { lines, value } = arithmetic("o", numbers, 0, 4);
  assert.deepEqual(lines.map(text), ["σ(W_o x + b_o)", "σ(100·1 − 10)", "σ(90)", "1.0000"]);
  assert.equal(value, numbers.value("o", 0, 4));
});

test("weights of zero add nothing and are not written, inputs of zero are", () => {
  assert.equal(text(arithmetic("f", numbers, 0, 3).lines[1]), "σ(100·0 + 10)");
});

test("the memory: two products, then their sum", () => {
  assert.deepEqual(arithmetic("c", numbers, 0, 4).lines.map(text),
    ["f · c_prev + i · z", "0.99995·6.9998 + 0.00005·1", "6.9995 + 0.00005", "6.9995"]);
});

test("every symbol in a line can be pointed at", () => {
  const names = arithmetic("c", numbers, 0, 4).lines[0].filter((token) => token.kind === "symbol").map((token) => token.name);
  assert.deepEqual(names, ["f", "c_prev", "i", "z"]);
});

test("negative numbers stand in brackets after a product sign, and turn a sum into a difference", () => {
  assert.equal(text(arithmetic("i", numbers, 0, 5).lines[1]), "σ(100·(−1) − 10)");
});

test("long products show the largest terms and say what the others add up to", () => {
  const state = sources();
  state.experiment.parameters.values[`${LAYER}.W_z`] = [Array.from({ length: 9 }, (_, index) => index + 1)];
  state.experiment.sequence.inputs = state.experiment.sequence.inputs.map(() => Array(9).fill(1));
  state.network.symbols["main.0.forward.x"].size = 9;
  const line = arithmetic("z", numbersOf(state, LAYER), 0, 1).lines[1];
  const more = line.find((token) => token.kind === "more");
  assert.deepEqual([more.count, more.text], [4, "10"]);
});

test("a gradient names the paths it came through, the next step's opened", () => {
  const { terms } = gradientTerms("c", numbers, 0, 3);
  assert.deepEqual(terms.map(({ via, when }) => [via, when]), [["y", "now"], ["c", "next"]]);
  assert.equal(text(terms[1].written), "∂c · f");
  assert.ok(terms[1].written.every((token) => token.kind !== "symbol" || token.next));
  assert.equal(text(terms[1].numbers), "1·0.99995");
  assert.equal(gradientTerms("none", numbers, 0, 3), null);
  const given = gradientTerms("c", { ...numbers, constant: (name) => (name === "f" ? 0.9 : null) }, 0, 3).terms[1].written;
  assert.deepEqual(given.filter(({ kind }) => kind === "symbol").map(({ text: name, next }) => [name, next]), [["∂c", true], ["f", false]], "a constant has no step");
});

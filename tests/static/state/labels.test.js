import assert from "node:assert/strict";
import { test } from "node:test";
import { belowLabel, belowName, inputName, lossName, operandName, parameterLabel, parameterUse, readsWords, subscript, symbolLabel } from "../../../static/state/labels.js";
import { lesson, MAIN, stack, state, X } from "../scene.js";

test("inputs have the lesson's names or numbers", () => {
  assert.equal(inputName(state(), 11), "x₁₂");
  const alone = { ...state().experiment, sequence: { ...state().experiment.sequence, inputs: [[1], [2]] } };
  assert.deepEqual([inputName(state(), 0), inputName(state({ experiment: alone }), 0)], ["x₁", "x"], "one alone has no number: x₁ would be the x of step 1");
  assert.equal(inputName(state({ lesson: lesson({ view: { input_names: ["word"] } }) }), 0), "word");
  const spoken = { lesson: lesson({ view: { input_names: ["word"] } }) };
  const sentence = { ...state().experiment, sequence: { ...state().experiment.sequence, vocabulary: ["dog"] } };
  assert.equal(inputName(state({ ...spoken, base: sentence, experiment: sentence }), 0), "word");
  assert.equal(inputName(state({ ...spoken, experiment: sentence }), 0), "dog", "a sentence of one's own");
  assert.equal(inputName(state({ ...spoken, experiment: sentence }), 1), "sequence.other");
  assert.deepEqual([state(), state({ experiment: sentence })].map(readsWords), [false, true]);
  assert.equal(subscript(10), "₁₀");
});

test("symbols are called by their label, in the language in force", () => {
  assert.equal(symbolLabel(state(), X), "input");
  assert.equal(symbolLabel(state({ preferred: "zh" }), `${MAIN}f`), "遗忘门");
  assert.equal(symbolLabel(state(), `${MAIN}c_prev`), "cell state before");
  assert.equal(symbolLabel(state(), `${MAIN}unknown`), "unknown");
  const now = state();
  now.network.symbols[`${MAIN}f:in`] = { symbol: "f:in", size: 1, role: "value", label: "", range: null, kind: "value" };
  assert.equal(symbolLabel(now, `${MAIN}f:in`), "argument of the forget gate");
  for (const symbol of ["h:tanh", "h:tanh:in", "own:in"]) now.network.symbols[MAIN + symbol] = { symbol, size: 1, role: "value", label: "", range: null, kind: "value" };
  assert.deepEqual(["h:tanh", "h:tanh:in", "own:in"].map((symbol) => symbolLabel(now, MAIN + symbol)), ["tanh in h", "argument of tanh in h", "argument of own"]);
});

test("what a layer reads is the one below it", () => {
  const words = { "strip.layer": "layer {layer}", "strip.of-layer": "{name} of {layer}", "strip.of-both": "{name} of layer {layer}, both directions" };
  const of = (/** @type {string[]} */ ...addresses) => stack(addresses, {}, { words: { en: words } });
  const three = of("main.1.forward", "main.1.backward", "main.2.forward");
  assert.deepEqual([belowLabel(three, "main.2.forward.x"), belowLabel(three, "main.1.backward.x"), symbolLabel(three, "main.2.forward.x")], ["y of layer 1, both directions", "", "y of layer 1, both directions"]);
  assert.equal(belowLabel(of("main.1.forward", "main.2.forward"), "main.2.forward.x"), "y of layer 1");
  assert.deepEqual([belowName(three, "main.2.forward"), belowName(three, "main.1.backward")], ["layer 1", "x"]);
});

test("what is differentiated is called by its letters", () => {
  const now = state();
  const of = `${MAIN}y`;
  const named = (unit, size) => {
    now.experiment = { ...now.experiment, backward: { of, step: 4, unit } };
    now.network.symbols[of] = { ...now.network.symbols[of], size };
    return lossName(now);
  };
  assert.deepEqual([named(null, 1), named(0, 1), named(1, 2), named(null, 2), named(null, 9)], ["y", "y", "y₂", "y₁ + y₂", "y"]);
  now.experiment = { ...now.experiment, backward: { of: "loss", step: 4, unit: null } };
  assert.equal(lossName({ ...now, words: { en: { "label.loss": "损失" } } }), "损失", "in the language in force");
  now.experiment = { ...now.experiment, backward: null };
  assert.equal(lossName(now), "");
});

test("a parameter is known by what it multiplies", () => {
  assert.deepEqual(parameterUse(state(), `${MAIN}W_f`), { target: "f", operand: "x" });
  assert.deepEqual(parameterUse(state(), `${MAIN}b_f`), { target: "f", operand: null });
  assert.deepEqual(parameterUse(state(), `${MAIN}unknown`), { target: "unknown", operand: null });
});

test("only the layer that reads the inputs calls them by their names", () => {
  const spoken = state({ lesson: lesson({ view: { input_names: ["word"] } }) });
  const columns = ["main.1.forward", "main.1.backward.W_f", "main.2.forward.W_f"].map((address) => operandName(spoken, "x", 0, address));
  assert.deepEqual(columns, ["word", "word", "x"]);
});

test("what reads two directions says which of them a number is from, and counts the units of each", () => {
  const joined = (units) => {
    const now = state();
    const [forward] = now.network.layers;
    const backward = { ...forward, address: "main.1.backward", direction: "backward" };
    const readout = { ...forward, address: "main.readout.forward", layer: "readout" };
    const one = { ...now.network.symbols[`${MAIN}y`], size: units };
    const symbols = { ...now.network.symbols, [`${MAIN}y`]: one, "main.1.backward.y": one };
    const network = { ...now.network, layers: [forward, backward, readout], symbols };
    return (operand, column) => operandName({ ...now, network }, operand, column, "main.readout.forward.V");
  };
  const [single, several] = [joined(1), joined(2)];
  assert.deepEqual([0, 1].map((column) => single("y", column)), ["y→", "y←"]);
  assert.deepEqual([0, 1, 2, 3].map((column) => several("y", column)), ["y₁→", "y₂→", "y₁←", "y₂←"]);
  assert.equal(several("x", 2), "x₃");
});

test("a parameter inside a product of products is found too", () => {
  const now = state();
  now.network.programs["memory-cell"].equations[2].expr = ["add", ["matmul", ["mul", "mask", "U"], "c_prev"], ["mul", "p", "c_prev"]];
  assert.deepEqual(parameterUse(now, `${MAIN}p`), { target: "c", operand: "c_prev" });
  assert.equal(parameterUse(now, `${MAIN}U`).target, "c");
});

test("a number is called so that it can be said aloud", () => {
  assert.equal(parameterLabel(state(), `${MAIN}b_f`, [0]), "forget gate, bias");
  assert.equal(parameterLabel(state(), `${MAIN}W_f`, [0, 1]), "forget gate, weight of x₂");
  assert.equal(operandName(state(), "h_prev", 1, MAIN), "h₂");
  assert.equal(operandName(state(), "c", null, MAIN), "c");
});

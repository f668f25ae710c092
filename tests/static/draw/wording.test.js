import assert from "node:assert/strict";
import { test } from "node:test";

import { numbersOf } from "../../../static/draw/numbers.js";
import { subjectOf } from "../../../static/draw/subject.js";
import { labelText, noteText, short, shortest, slopeText, sumText } from "../../../static/draw/wording.js";
import { LAYER, sources } from "../paper.js";

const own = sources();
const subject = subjectOf(own.network, "gate");
const scene = (more = {}) => ({
  subject, step: 4, back: false, hidden: false, numbers: () => numbersOf(own, LAYER), unitOf: () => 0,
  say: (key, values) => [key, ...Object.values(values ?? {})].join(" "), ...more,
});
const node = (id) => subject.nodes.find((one) => one.id === id);
const how = (number) => ({ known: true, full: false, whole: false, number });

test("few digits, a real minus sign", () => {
  assert.deepEqual([0.10519, -1.23456, 110, 0, 1234.5].map(short), ["0.105", "−1.23", "110", "0", "1234.5"]);
  assert.deepEqual([slopeText({ function: "sigmoid", value: 0.105 }), slopeText({ function: null, value: -0.5 }), slopeText(null)], ["σ′ 0.105", "×(−0.5)", ""]);
  assert.deepEqual([slopeText({ function: "tanh", value: 0.00774 }), slopeText({ function: null, value: -0.00774 })], ["tanh′ 0.0077", "×(−0.0077)"], "no longer than with one zero less");
  assert.deepEqual([0.762, 0.00005, 5.7e-39, -1].map((value) => slopeText({ function: null, value }, 5)), ["×0.762", "×5·10⁻⁵", "×6·10⁻³⁹", "×(−1)"], "shorter where things stand close");
  assert.deepEqual([0.00089, -0.197, -0.00089].map((value) => slopeText({ function: null, value }, 6)), ["×0.0009", "×(−0.2)", "×(−10⁻³)"], "brackets take the room of digits");
  assert.deepEqual([-0.000643, 0.000643, -0.00136, -0.0738, -0.2764].map(shortest), ["−0.0006", "0.00064", "−0.0014", "−0.0738", "−0.276"], "below an operation at most seven signs");
  assert.equal(sumText({ function: "tanh", value: -2 }), "tanh(−2)");
  assert.deepEqual([-0.8678, -1.468, 117, 1234].map((value) => sumText({ function: "step", value }, true)), ["step(−0.87)", "step(−1.5)", "step(117)", "step(1234)"]);
  assert.equal(sumText({ function: "sigmoid", value: -0.8678 }, true), "σ(−0.868)");
  assert.deepEqual([-0.09678, 0.0001234, 0].map((value) => sumText({ function: "sigmoid", value })), ["σ(−0.097)", "σ(0.00012)", "σ(0)"]);
});

test("a gate says the sum that opens it; the one that keeps says so", () => {
  const text = labelText(scene(), node("f"), { keeps: true }, how(0.5));
  assert.deepEqual([text.says, text.sum, text.word], ["cell.keeps", "σ(10)", "cell.part-keep"]);
});

test("a gate that shares says both shares", () => {
  assert.equal(labelText(scene(), node("f"), { share: "kept" }, how(0.25)).word, "cell.share 25 % 75 %");
  assert.equal(labelText(scene(), node("f"), { share: "written" }, how(0.25)).word, "cell.share 75 % 25 %");
});

test("going backward, the gradient in the place of the word", () => {
  const text = labelText(scene({ back: true }), node("c"), {}, how(7));
  assert.deepEqual([text.sum, text.gradient], ["", "dL/dc 1"]);
  assert.equal(noteText(scene({ back: true }), { slope: "c_prev c/0" }, () => undefined).number, "×1");
  assert.equal(noteText(scene(), { slope: "c_prev c/0" }, () => undefined).number, "");
});

test("a product says its factors and what comes out, unless bare", () => {
  assert.deepEqual(noteText(scene({ step: 1 }), { op: "c/1" }, () => undefined), { word: "i × z", number: "3", of: "c/1" });
  assert.equal(noteText(scene({ step: 1 }), { op: "c/1", bare: true }, () => undefined).word, "");
  assert.equal(noteText(scene({ hidden: true }), { op: "c/1" }, () => undefined).number, "");
});

test("a contribution is an equation with its number; while a prediction hides that, only what is multiplied", () => {
  const written = (more = {}) => noteText(scene({ step: 1, ...more }), { wire: "x z" }, (from, to) => ({ from, to, name: from, d: "" }));
  assert.match(written()?.word ?? "", / =$/);
  assert.doesNotMatch(written({ hidden: true })?.word ?? "", /=/);
});

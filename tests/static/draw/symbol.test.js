import assert from "node:assert/strict";
import { test } from "node:test";

import { isWord, letters, pieces, spoken, written } from "../../../static/draw/symbol.js";
import { document } from "../paper.js";

test("letters and what stands below them", () => {
  assert.deepEqual(letters("c"), { letter: "c", sub: "" });
  assert.deepEqual(letters("W_f"), { letter: "W", sub: "f" });
  assert.deepEqual(letters("c_prev"), { letter: "c", sub: "t−1" });
  assert.deepEqual(letters("memory_state_prev"), { letter: "memory", sub: "state, t−1" });
  assert.deepEqual(letters("∂f:in"), { letter: "∂f", sub: "in" });
  assert.equal(spoken("W_f"), "W f");
  assert.equal(spoken("c"), "c");
});

test("Greek letters are written as such", () => {
  assert.deepEqual(letters("alpha"), { letter: "α", sub: "" });
  assert.deepEqual(letters("beta_1"), { letter: "β", sub: "1" });
});

test("a short text keeps its signs and lowers what stands below", () => {
  assert.deepEqual(pieces("U_n ·").map(({ text, sub }) => [text, sub]), [["U", false], ["n", true], [" ·", false]]);
  assert.equal(pieces("(1 − alpha) ×").map(({ text }) => text).join(""), "(1 − α) ×");
  const [, sub, after] = written(document, "U_n ·");
  assert.deepEqual([sub.getAttribute("dy"), after.getAttribute("dy")], ["3", "-3"]);
});

test("a word is told from a letter with an index", () => {
  for (const word of ["leave", "其他", "of", "我"]) assert.equal(isWord(word), true, word);
  for (const letter of ["x₁₂", "h", "W_f", "x"]) assert.equal(isWord(letter), false, letter);
});

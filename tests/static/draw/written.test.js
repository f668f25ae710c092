import assert from "node:assert/strict";
import { test } from "node:test";

import { tree } from "../../../static/draw/tree.js";
import { plain, print } from "../../../static/draw/written.js";

const written = (/** @type {any} */ expr) => plain(print(tree(expr), () => null, " · ").tokens);

test("brackets stand where a sign binds more loosely than what it stands in", () => {
  assert.equal(written(["mul", ["add", "a", "b"], "c"]), "(a + b) · c");
  assert.equal(written(["add", "a", ["mul", "b", "c"]]), "a + b · c");
  assert.equal(written(["sub", "a", ["neg", "b"]]), "a − (−b)");
  assert.equal(written(["mul", "a", ["neg", "b"]]), "a · (−b)");
  assert.equal(written(["matmul", ["transpose", "W_f"], "h"]), "W_fᵀ h");
  assert.equal(written(["matmul", "U_n", ["mul", "r", "h_prev"]]), "U_n (r · h_prev)", "and not (U_n r) · h_prev");
  assert.equal(written(["mul", "r", ["matmul", "U_n", "h_prev"]]), "r · U_n h_prev");
  assert.equal(written(["neg", ["mul", -0.5, "a"]]), "−(−0.5 · a)");
});

test("a sum with a negative part is a difference, and functions have their letters", () => {
  assert.equal(written(["add", "a", ["neg", "b"]]), "a − b");
  assert.equal(written(["sigmoid", ["add", "a", -2]]), "σ(a − 2)");
  assert.equal(written(["identity", ["tanh", "a"]]), "tanh(a)");
});

test("what belongs to the step after is marked, but for weights, which are the same at every step", () => {
  const { tokens } = print(tree(["next", ["mul", "f", "U_f"]]), () => null, " · ");
  assert.deepEqual(tokens.filter(({ kind }) => kind === "symbol").map(({ text, next }) => [text, next ?? false]), [["f", true], ["U_f", false]]);
});

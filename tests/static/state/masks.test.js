import assert from "node:assert/strict";
import { test } from "node:test";
import { isMasked } from "../../../static/state/masks.js";
import { MAIN, state } from "../scene.js";

/** Three groups of two units; `expr` is the candidate's equation. */
function clockwork(expr) {
  const now = state();
  now.network.programs["memory-cell"].equations[0].expr = expr;
  now.network.symbols[`${MAIN}U`] = { symbol: "U", shape: [6, 6], kind: "parameter" };
  return (row, column) => isMasked(now, { address: `${MAIN}U`, index: [row, column] });
}
const MASKED = ["matmul", ["mul", ["slower", 1, 2, 4], "U"], "h_prev"];

test("a slow group does not hear a faster one", () => {
  const masked = clockwork(["tanh", ["add", ["matmul", "W", "x"], MASKED]]);
  const rows = Array.from({ length: 6 }, (_, row) => Array.from({ length: 6 }, (_, column) => (masked(row, column) ? "0" : "1")).join(""));
  assert.deepEqual(rows, ["111111", "111111", "001111", "001111", "000011", "000011"]);
});

test("a matrix that is also read without the mask has an effect everywhere, and so has one without any", () => {
  assert.equal(clockwork(["add", MASKED, ["matmul", "U", "x"]])(5, 0), false);
  assert.equal(clockwork(["matmul", "U", "h_prev"])(5, 0), false);
  assert.equal(clockwork(["matmul", ["mul", 2, "U"], "h_prev"])(5, 0), false);
});

test("a bias and what no layer has are not masked", () => {
  const now = state();
  assert.equal(isMasked(now, { address: `${MAIN}b_f`, index: [0] }), false);
  assert.equal(isMasked(now, { address: "main.9.forward.U", index: [1, 0] }), false);
});

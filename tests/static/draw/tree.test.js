import assert from "node:assert/strict";
import { test } from "node:test";

import { isFunction, namesIn, readers, rightSide, tree } from "../../../static/draw/tree.js";
import { PROGRAM } from "../paper.js";

test("a lowered equation is put together again, its functions named", () => {
  const right = rightSide(PROGRAM, "f");
  assert.equal(right.op, "sigmoid");
  assert.equal(right.value, "f");
  assert.equal(right.args[0].op, "add");
  assert.equal(right.args[0].value, "f:in");
  assert.equal(rightSide(PROGRAM, "nothing"), null);
});

test("names once each, in order", () => {
  assert.deepEqual(namesIn(tree(["add", ["mul", "f", "c_prev"], ["mul", "f", 2]])), ["f", "c_prev"]);
  assert.deepEqual(readers(PROGRAM, "c"), ["y"]);
  assert.deepEqual(readers(PROGRAM, "x"), ["z", "i", "f", "o"]);
});

test("functions are what is neither infix nor internal", () => {
  assert.deepEqual(["tanh", "softmax", "add", "next", "outside"].map(isFunction), [true, true, false, false, false]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { over, pairAt } from "../../../static/draw/parentheses.js";

const pair = pairAt("h = tanh() : state", 8);

test("an opening parenthesis is there already right after it was put", () => {
  assert.equal(over("h = tanh() : state", 9, "(", pair), 0);
  assert.equal(over("h = tanh(W) : state", 10, "(", pair), null, "this one is meant");
  assert.equal(over("h = tanh() : state", 9, "x", pair), null);
});

test("the closing one is gone over when what stands between them is closed", () => {
  assert.equal(over("h = tanh(W @ x) : state", 14, ")", pair), 1);
  assert.equal(over("h = tanh(W @ (x) : state", 15, ")", pair), null, "it closes the inner one");
  assert.equal(over("h = tanh(W @ (x)) : state", 16, ")", pair), 1);
  assert.equal(over("h = tanh(W @ x : state", 14, ")", pair), null, "it was taken away");
});

test("elsewhere a parenthesis is written", () => {
  assert.equal(over("h = tanh() : state", 4, "(", pair), null);
  assert.equal(over("h = tanh() : state", 12, ")", pair), null);
  assert.equal(over("h = 1 + tanh() : state", 13, "(", pair), null, "the line has changed before it");
});

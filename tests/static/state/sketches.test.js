import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { recallSketch, rememberSketch } from "../../../static/state/sketches.js";

/** @type {Map<string, string>} */
let kept;
beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text), removeItem: (/** @type {string} */ key) => void kept.delete(key) };
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: () => storage });
});

test("a half-drawn curve is found again under its lesson and prediction", () => {
  rememberSketch("the-lstm", "memory", [1.5, null, -2]);
  assert.deepEqual(recallSketch("the-lstm", "memory"), [1.5, null, -2]);
  assert.equal(recallSketch("the-lstm", "other"), null);
  assert.equal(recallSketch("clockwork", "memory"), null);
});

test("what is answered or begun anew is kept no longer", () => {
  rememberSketch("the-lstm", "memory", [1]);
  rememberSketch("the-lstm", "memory", null);
  assert.equal(recallSketch("the-lstm", "memory"), null);
  assert.equal(kept.size, 0);
});

test("what is no curve, and a browser that keeps nothing, are as if nothing was drawn", () => {
  rememberSketch("the-lstm", "memory", [1]);
  const [key] = kept.keys();
  for (const text of ["{", "3", '["a"]']) {
    kept.set(key, text);
    assert.equal(recallSketch("the-lstm", "memory"), null);
  }
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: () => { throw new Error("refused"); } });
  assert.doesNotThrow(() => rememberSketch("the-lstm", "memory", [1]));
  assert.equal(recallSketch("the-lstm", "memory"), null);
});

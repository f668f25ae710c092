import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { recallWay, rememberWay } from "../../../static/state/learned.js";
import { MAIN, experiment } from "../scene.js";

/** @type {Map<string, string>} */
let kept;
beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text) };
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: () => storage });
});

test("a way is found again by the weights to which it led, whatever is looked at and in whatever order they stand", () => {
  const { parameters } = experiment();
  rememberWay(experiment(), { losses: [4, 3, 2], at: 1 });
  const values = Object.fromEntries(Object.entries(parameters.values).reverse());
  assert.deepEqual(recallWay(experiment({ step: 3, view: { direction: "backward" }, parameters: { ...parameters, values } })), { losses: [4, 3, 2], at: 1 });
});

test("other weights, another sequence or another loss have none", () => {
  const { parameters, sequence } = experiment();
  rememberWay(experiment(), { losses: [4, 3, 2], at: 1 });
  const values = { ...parameters.values, [`${MAIN}b_z`]: [1] };
  for (const change of [{ parameters: { ...parameters, values } }, { sequence: { ...sequence, inputs: [[1, 1]] } }, { loss: { kind: "squared", of: `${MAIN}y`, targets: [] } }]) {
    assert.equal(recallWay(experiment(change)), null);
  }
});

test("what is no way, and a browser that keeps nothing, are as if nothing was learned", () => {
  rememberWay(experiment(), { losses: [4], at: 0 });
  const [[key, text]] = kept;
  for (const wrong of ["{", "3", text.replace("[4]", '["4"]'), text.replace('"at":0', '"at":1')]) {
    kept.set(key, wrong);
    assert.equal(recallWay(experiment()), null, wrong);
  }
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: () => { throw new Error("refused"); } });
  assert.doesNotThrow(() => rememberWay(experiment(), { losses: [4], at: 0 }));
  assert.equal(recallWay(experiment()), null);
});

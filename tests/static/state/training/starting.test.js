import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, count, misfit, networkKey, taken } from "../../../../static/state/training/starting.js";

const WANTED = { "main.1.forward.U": [2, 2], "main.1.forward.b": [2], "main.readout.forward.V": [1, 2] };
const OWN = { "main.1.forward.U": [[1, 2], [3, 4]], "main.1.forward.b": [0, 0.1], "main.readout.forward.V": [[5, 6]] };

test("weights of the same names and shapes fit", () => {
  assert.equal(misfit(OWN, WANTED), null);
});

test("the first that does not fit is told: missing, of another shape, infinite, or not of this network", () => {
  const { "main.1.forward.b": _gone, ...without } = OWN;
  assert.deepEqual(misfit(without, WANTED), { why: "missing", name: "1.b", found: "", wanted: "2" });
  assert.deepEqual(misfit({ ...OWN, "main.1.forward.U": [[1, 2, 3]] }, WANTED), { why: "shape", name: "1.U", found: "1 × 3", wanted: "2 × 2" });
  assert.deepEqual(misfit({ ...OWN, "main.1.forward.b": [0, Infinity] }, WANTED), { why: "infinite", name: "1.b", found: "", wanted: "2" });
  assert.deepEqual(misfit({ ...OWN, "main.2.forward.U": [[1]] }, WANTED), { why: "extra", name: "2.U", found: "", wanted: "" });
});

test("what is taken is the bits, in the order of names, and is counted and compared by them", () => {
  const weights = taken({ b: [0.5], a: [[1, -0]] });
  assert.deepEqual(Object.entries(weights), [["a", { shape: [1, 2], f8: "AAAAAAAA8D8AAAAAAAAAgA==" }], ["b", { shape: [1], f8: "AAAAAAAA4D8=" }]]);
  assert.equal(count(weights), 3);
  assert.ok(alike(weights, taken({ a: [[1, -0]], b: [0.5] })));
  assert.ok(!alike(weights, taken({ a: [[1, 0]], b: [0.5] })));
  assert.ok(!alike(weights, taken({ b: [0.5] })));
});

test("only what decides the network decides which weights it has", () => {
  assert.equal(networkKey({ task: "adding", units: 3, seed: 4, rate: 1 }), networkKey({ task: "adding", units: 3, start: "zeros" }));
  assert.notEqual(networkKey({ task: "adding", units: 3 }), networkKey({ task: "adding", units: 4 }));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lossColours, lossScale, shadeLosses } from "../../../static/draw/lossscale.js";

test("a valley is seen beside a plain: shares go by the root, levels lie evenly between them", () => {
  const { share, levels, ticks, top, log } = lossScale([0.38, 0.03, 0.05, 0]);
  assert.equal(log, false);
  assert.equal(top, 0.4);
  assert.deepEqual(ticks, [0, 0.1, 0.4]);
  assert.equal(share(0.1), 0.5);
  assert.equal(share(-1), 0);
  assert.equal(share(9), 1);
  const steps = levels.map(share);
  steps.forEach((value, at) => assert.ok(Math.abs(value - (at + 1) / (levels.length + 1)) < 1e-12));
});

test("what spans very many powers of ten is seen by powers of ten", () => {
  const { share, ticks, log } = lossScale([1e9, 1, 2, 3, 0]);
  assert.equal(log, true);
  assert.equal(share(1e9), 1);
  assert.equal(share(1e5), 0.5);
  assert.equal(share(0), 0);
  assert.deepEqual(ticks, [10, 1e5, 1e9]);
});

test("nothing but zeros, or no number at all, still has a scale", () => {
  assert.equal(lossScale([0, 0]).top, 1);
  assert.equal(lossScale([NaN, Infinity]).share(0.25), 0.5);
});

test("the highest row comes first; what is no number is marked", () => {
  const shades = { "--loss-low": "#000000", "--loss-middle": "#808080", "--loss-high": "#ffffff", "--alarm": "#ff0000" };
  const pixels = new Uint8ClampedArray(16);
  shadeLosses([0, 1, Infinity, 1], 2, lossScale([1]), lossColours((name) => shades[name]), pixels);
  assert.deepEqual([...pixels], [255, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255]);
});

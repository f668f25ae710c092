import assert from "node:assert/strict";
import { test } from "node:test";
import * as shape from "../../../static/state/shape.js";
import { beat, lesson, MAIN, stack, state, X } from "../scene.js";

test("an address names a layer, a symbol and its size", () => {
  const now = state();
  assert.equal(shape.unitCount(now, X), 2);
  assert.equal(shape.bare(`${MAIN}f:in`), "f:in");
  assert.equal(shape.prefix(`${MAIN}f`), "main.1.forward");
  assert.equal(shape.layerOf(now, `${MAIN}f`)?.program, "memory-cell");
  assert.equal(shape.roleOf(now, `${MAIN}c_prev`), "state");
});

test("how many numbers are learned, and whether anything is carried", () => {
  const now = state();
  const shapes = Object.values(now.network.symbols).flatMap(({ kind, shape: sizes }) => (kind === "parameter" ? [sizes] : []));
  assert.equal(shape.parameterCount(now), shapes.reduce((sum, sizes) => sum + sizes.reduce((product, size) => product * size, 1), 0));
  assert.equal(shape.isStateless(now), false);
  now.network.programs["memory-cell"].states = [];
  assert.equal(shape.isStateless(now), true);
});

test("the layer that is looked into is the chosen one, else the one that is spoken of, else the lowest", () => {
  const both = ["main.1.forward", "main.1.backward"];
  const spoken = lesson({ beats: [beat("one", 1, { spotlight: ["main.readout.y", `${both[1]}.c_prev`, `${both[0]}.c`] })] });
  const told = (/** @type {string | undefined} */ layer) => shape.mainLayer({ ...stack([...both, "main.readout"], { layer }), lesson: spoken })?.address;
  assert.deepEqual([told(undefined), told(both[0])], [both[1], both[0]]);
  const looked = (/** @type {string | undefined} */ layer) => shape.mainLayer(stack(both, { layer }))?.address;
  assert.deepEqual([undefined, both[1], "main.2.forward", "main.readout"].map(looked), [both[0], both[1], both[0], both[0]]);
  assert.equal(shape.memory(stack(both, { layer: both[1] })), "main.1.backward.c");
});

test("two directions together have the units of both", () => {
  const now = stack(["main.1.forward", "main.1.backward", "main.2.forward"]);
  now.network.symbols["main.1.backward.y"].size = 3;
  assert.equal(shape.unitCount(now, "main.2.forward.x"), 4);
  assert.equal(shape.unitCount(now, "main.2.forward.unknown"), 1);
});

test("what has too many units or steps for a number each is drawn as a picture", () => {
  const wide = (/** @type {number} */ units) => {
    const now = state();
    now.network.layers[0].sizes.units = units;
    return [shape.hasManyWeights(now), shape.isCrowded(now), shape.isWide(now)];
  };
  assert.deepEqual([12, 13, 16, 17].map(wide), [[false, false, false], [true, false, false], [true, false, false], [true, true, true]]);
  const long = (/** @type {number} */ steps) => {
    const now = state();
    now.experiment.sequence.inputs = Array.from({ length: steps }, () => [1, 0]);
    return shape.isWide(now);
  };
  assert.deepEqual([100, 101].map(long), [false, true]);
});

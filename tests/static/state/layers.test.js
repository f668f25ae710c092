import assert from "node:assert/strict";
import { test } from "node:test";

import * as layers from "../../../static/state/layers.js";
import { lesson, MAIN, series, stack, state, X } from "../scene.js";

const two = ["main.1.forward", "main.2.forward"];
const both = ["main.1.forward", "main.1.backward"];
const inside = (address, ...names) => names.map((name) => `${address}.${name}`);

test("layers stand on one another, the readout on top, the input at the bottom", () => {
  const now = stack([...two, "main.readout"], { open: two.join() });
  assert.deepEqual(layers.shownRows(now), ["main.readout.y", ...inside(two[1], "y", "c", "f", "z"), ...inside(two[0], "y", "c", "f", "z"), X]);
  assert.deepEqual(layers.stacked(now).map(({ address }) => address), [two[1], two[0]]);
});

test("of several layers the lowest is open, the others show what they hand on; going backward none is", () => {
  assert.deepEqual(layers.shownRows(stack(two)), [...inside(two[1], "y", "c"), ...inside(two[0], "y", "c", "f", "z"), X]);
  assert.deepEqual(layers.shownRows(stack(two, { direction: "backward" })), [...inside(two[1], "y", "c"), ...inside(two[0], "y", "c"), X]);
  assert.deepEqual(layers.open(stack([two[0]])), []);
  assert.equal(layers.shownRows(stack([two[0]])).length, 5);
});

test("whose inside is shown is the open one, unless somebody has asked for others", () => {
  const looked = (/** @type {any} */ view) => layers.open(stack(two, view));
  assert.deepEqual(looked({ layer: two[1] }), [two[1]]);
  assert.deepEqual(looked({ layer: "main.9.forward" }), [two[0]]);
  assert.deepEqual(looked({ layer: two[1], open: two[0] }), [two[0]]);
  assert.deepEqual(looked({ layer: two[1], direction: "backward" }), []);
});

test("two directions hand up what they say one behind the other, under an address of who reads it", () => {
  const now = stack([...both, "main.2.forward", "main.readout"]);
  assert.deepEqual(layers.joinedFrom(now, "main.2.forward.x"), ["main.1.forward.y", "main.1.backward.y"]);
  for (const address of [X, "main.1.forward.x", "main.2.forward.c", "main.2.forward.c_prev", "main.readout.y"]) assert.deepEqual(layers.joinedFrom(now, address), [], address);
  assert.deepEqual(layers.joinedFrom(stack(two), "main.2.forward.x"), [], "of one layer it is that layer's own");
});

test("folding and unfolding is one word of the record", () => {
  const now = stack(two);
  assert.equal(layers.toggled(now, two[0]), "none");
  assert.equal(layers.toggled(now, two[1]), two.join());
  assert.equal(layers.shownRows(stack(two, { open: "none" })).length, 5);
});

test("a lesson chooses rows of its own network only: of one that somebody made of it everything is shown", () => {
  const asked = lesson({ view: { rows: [`${two[0]}.c`, X], gradients: [`${two[0]}.c`] } });
  const after = (/** @type {any} */ change) => {
    const now = stack(two, {}, { lesson: asked });
    const [part] = now.base.network.parts;
    return { ...now, experiment: { ...now.experiment, network: { ...now.experiment.network, parts: [{ ...part, ...change(part) }] } } };
  };
  const each = (/** @type {any} */ change) => after((/** @type {any} */ { layers: [first] }) => ({ layers: [{ ...first, ...change }] }));
  const more = after((/** @type {any} */ { layers: own }) => ({ layers: [...own, ...own] }));
  assert.deepEqual(layers.rows(each({ units: 7 })), [`${two[0]}.c`, X]);
  for (const now of [more, each({ cell: "lstm" }), each({ text: "h = x" }), each({ direction: "both" }), after(() => ({ readout: "softmax" }))]) {
    assert.deepEqual(layers.shownRows(now), [...inside(two[1], "y", "c"), ...inside(two[0], "y", "c", "f", "z"), X]);
    assert.ok(layers.gradientRows(now).length > 1);
  }
});

test("a lesson's rows are all shown until somebody folds them", () => {
  const asked = lesson({ view: { rows: [...inside(two[1], "c", "f"), ...inside(two[0], "c", "f"), X] } });
  assert.equal(layers.shownRows(stack(two, {}, { lesson: asked })).length, 5);
  assert.deepEqual(layers.shownRows(stack(two, { open: two[0] }, { lesson: asked })), [`${two[1]}.c`, ...inside(two[0], "c", "f"), X]);
});

test("gradients of a folded layer are its memory's alone", () => {
  assert.deepEqual(layers.gradientRows(stack(two, { open: two[1] })), [...inside(two[1], "c", "y"), `${two[0]}.c`]);
  assert.deepEqual(layers.gradientRows(stack([two[0]])), inside(two[0], "c", "y"));
});

test("a layer that reads backward is known by its address and by its symbols'", () => {
  const now = stack(both);
  assert.deepEqual([...both, `${both[1]}.c`].map((address) => layers.isReversed(now, address)), [false, true, true]);
});

test("what a layer reads: the input, its own symbols, both directions below, the layer under the readout", () => {
  const now = stack([...both, "main.2.forward", "main.readout"]);
  const [first, , second, readout] = now.network.layers;
  assert.deepEqual(layers.operandsOf(now, first, "x"), [X]);
  assert.deepEqual(layers.operandsOf(now, second, "c_prev"), ["main.2.forward.c"]);
  assert.deepEqual(layers.operandsOf(now, second, "x"), [`${both[0]}.y`, `${both[1]}.y`]);
  assert.deepEqual(layers.operandsOf(now, readout, "c"), ["main.2.forward.c"]);
});

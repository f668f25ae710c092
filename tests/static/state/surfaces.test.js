import assert from "node:assert/strict";
import { test } from "node:test";
import { layerLabel } from "../../../static/state/derive.js";
import { axisName, firstAsked, lossOf, nearest, numberName, numbers, settings, sides, standing, usualAxis, valueAt, writeAxis } from "../../../static/state/surfaces.js";
import { experiment, MAIN, network, stack, state } from "../scene.js";

const looked = (view, more = {}) => sides(state({ experiment: experiment({ view: { direction: "forward", ...view } }), ...more }))[0];

test("without a word the first two numbers, each around its own value", () => {
  const own = settings(looked({}));
  assert.deepEqual(own.across, { address: `${MAIN}W_z`, index: [0, 0], low: 0, high: 2 });
  assert.deepEqual(own.down, { address: `${MAIN}W_z`, index: [0, 1], low: -1, high: 1 });
  assert.deepEqual([own.until, own.rate, own.clip, own.updates, own.target], [4, 0.1, 0, 0, 0]);
});

test("what the view says, as far as it can be", () => {
  const across = { address: `${MAIN}b_f`, index: [0], low: -2.8, high: -2 };
  const own = settings(looked({ across: writeAxis(across), down: `${MAIN}nothing.0:0:1`, until: 99, rate: -1, clip: 1, updates: 7 }));
  assert.deepEqual(own.across, across);
  assert.equal(own.down.address, `${MAIN}W_z`, "an axis that there is not is the first that is free");
  assert.deepEqual([own.until, own.rate, own.clip, own.updates], [4, 0.1, 1, 7]);
  assert.equal(settings(looked({ across: writeAxis(across), down: writeAxis(across) })), null);
});

test("a large network has fewer points", () => {
  const sized = (size) => {
    const own = network();
    own.symbols[`${MAIN}c`].size = size;
    return settings(looked({}, { network: own })).side;
  };
  assert.deepEqual([1, 100, 1000, 1e7].map(sized), [161, 101, 61, 31]);
});

test("the loss is of what leaves the last layer, at the step that is asked for", () => {
  const now = looked({ until: 3, target: 0.7 });
  assert.deepEqual(lossOf(now, settings(now)), { kind: "squared", of: `${MAIN}y`, targets: [null, null, [0.7]] });
});

test("numbers and their names", () => {
  const now = looked({});
  assert.equal(numbers(now).length, 6);
  assert.equal(numberName(now, { address: `${MAIN}b_f`, index: [0] }), "b_f");
  assert.equal(numberName(now, { address: `${MAIN}W_f`, index: [0, 1] }), "W_f[1,2]");
  assert.equal(standing(now, { ...usualAxis(now, { address: `${MAIN}W_f`, index: [0, 1] }) }), 100);
  const two = stack(["main.1.forward", "main.2.forward"]);
  assert.equal(numberName(two, { address: "main.2.forward.W_f", index: [0, 1] }), `W_f (${layerLabel(two, "main.2.forward")})`);
});

test("points are round numbers, and the nearest one is found", () => {
  const axis = { address: "b", index: [0], low: -2.8, high: -2 };
  assert.equal(valueAt(axis, 80, 161), -2.4);
  assert.equal(valueAt(axis, 3, 161), -2.785);
  assert.equal(nearest(axis, -2.4021, 161), 80);
  assert.deepEqual([nearest(axis, 9, 161), nearest(axis, -9, 161)], [160, 0]);
});

test("the experiment's own loss, as far as the steps count, and never before anything is asked", () => {
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [null, [1], null, [2]] };
  const aimed = (view) => sides(state({ experiment: experiment({ loss, view: { direction: "forward", target: 9, ...view } }) }))[0];
  assert.equal(firstAsked(aimed({})), 2);
  assert.deepEqual(lossOf(aimed({}), settings(aimed({}))), loss);
  assert.deepEqual(lossOf(aimed({ until: 1 }), settings(aimed({ until: 1 }))).targets, [null, [1]]);
});

test("a network beside the first is looked at over its own weights, for the same loss where it has that value", () => {
  const other = network();
  const { symbols } = other;
  delete symbols[`${MAIN}y`];
  const base = experiment({ parameters: { seed: 0, starts: {}, values: { [`${MAIN}U`]: [[0.5]], [`${MAIN}W`]: [[1]] } } });
  const lane = { id: "second", record: { network: { parts: [{ layers: [{ cell: "gru" }] }] } }, base, network: other };
  const axis = { address: `${MAIN}U`, index: [0, 0], low: 0, high: 3 };
  const own = experiment({ loss: { kind: "squared", of: `${MAIN}c`, targets: [null, [0.5]] }, view: { direction: "forward", across2: writeAxis(axis) } });
  const [main, beside] = sides(state({ experiment: own, lanes: [lane], cells: [{ name: "gru", title: { en: "Gated", zh: "门" } }] }));
  assert.deepEqual([main.id, beside.id], ["main", "second"]);
  assert.deepEqual(settings(beside).across, axis);
  assert.equal(settings(beside).down.address, `${MAIN}W`);
  assert.notEqual(settings(main).across.address, `${MAIN}U`);
  assert.deepEqual([axisName(main, "main", "down"), axisName(main, "second", "down")], ["down", "down2"]);
  assert.equal(lossOf(beside, settings(beside)).of, `${MAIN}c`);
  assert.equal(sides(state({ lanes: [{ ...lane, base: null }] })).length, 1, "one that is not open yet is not looked at");
});

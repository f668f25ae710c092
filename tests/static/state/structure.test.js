import assert from "node:assert/strict";
import { test } from "node:test";
import { createStructure } from "../../../static/state/structure.js";
import { experiment, MAIN, network, page } from "../scene.js";

const W = `${MAIN}W_f`;
const B = `${MAIN}b_f`;

/** The engine's answer: as many units in every parameter, all numbers 0.5. */
function built(units, parts) {
  const fresh = { ...network(), symbols: structuredClone(network().symbols) };
  for (const name of ["z", "f"]) {
    fresh.symbols[`${MAIN}W_${name}`].shape = [units, 2];
    fresh.symbols[`${MAIN}b_${name}`].shape = [units];
    fresh.symbols[`${MAIN}${name}`].size = units;
  }
  fresh.symbols[`${MAIN}c`].size = fresh.symbols[`${MAIN}y`].size = units;
  const values = Object.fromEntries(Object.entries(fresh.symbols).filter(([, { kind }]) => kind === "parameter")
    .map(([address, { shape }]) => [address, shape.length > 1 ? Array(units).fill([0.5, 0.5]) : Array(units).fill(0.5)]));
  return [experiment({ network: { parts }, parameters: { seed: 0, starts: {}, values }, initial: {}, backward: null }), { network: fresh }];
}

function open() {
  const made = page();
  made.ready();
  const actions = made.actions.more(createStructure);
  const asked = () => made.sent.at(-1).experiment;
  const grow = (units) => {
    actions.setLayer(0, { units });
    made.opened(...built(units, asked().network.parts));
  };
  return { ...made, actions, asked, grow, now: () => made.store.get().experiment };
}

test("more units: the engine is asked for the network alone, and weights of other shapes start anew", () => {
  const { actions, asked, now, store } = open();
  actions.setLayer(0, { units: 2 });
  assert.equal(asked().network.parts[0].layers[0].units, 2);
  assert.deepEqual([asked().parameters.values, asked().initial, asked().backward], [{}, {}, null]);
  assert.equal(store.get().undo, 0);
});

test("undo brings back the network with its numbers, and redo the other one", () => {
  const { actions, grow, now, store } = open();
  actions.setParameter(B, [0], -3);
  grow(2);
  assert.deepEqual(now().parameters.values[B], [0.5, 0.5]);
  assert.deepEqual(now().initial, {});
  assert.equal(store.get().network.symbols[`${MAIN}c`].size, 2);
  actions.undo();
  assert.deepEqual(now().parameters.values[B], [-3]);
  assert.deepEqual(now().initial, { [`${MAIN}c`]: [0] });
  assert.equal(store.get().network.symbols[`${MAIN}c`].size, 1);
  actions.redo();
  assert.deepEqual(now().parameters.values[B], [0.5, 0.5]);
  assert.equal(store.get().changed, true);
});

test("what has the same name and shape is kept, and how much that is can be said", () => {
  const { actions, asked, now, opened } = open();
  actions.setParameter(W, [0, 1], 7);
  actions.setReadout(true);
  assert.deepEqual([asked().network.parts[0].readout, asked().network.parts[0].sizes], ["y[outputs] = softmax(V @ h + d)", { outputs: 2 }]);
  const [fresh, more] = built(1, asked().network.parts);
  fresh.parameters.values["main.readout.forward.V"] = [[1], [2]];
  opened(fresh, more);
  assert.deepEqual(now().parameters.values[W], [[0, 7]]);
  assert.deepEqual(now().parameters.values["main.readout.forward.V"], [[1], [2]]);
  const { kept, all, asked: before } = actions.told();
  assert.deepEqual([kept, all, before], [6, 8, false]);
  actions.undo();
  assert.equal(actions.told(), null);
});

test("what is chosen already is not asked for again, and is nothing to take back", () => {
  const { actions, sent } = open();
  const before = sent.length;
  actions.setLayer(0, { units: 1 });
  assert.equal(sent.length, before);
});

test("fifty changes of the network can be taken back one by one", () => {
  const { actions, grow, now, store } = open();
  for (let units = 2; units < 52; units += 1) grow(units);
  assert.equal(store.get().undo, 50);
  for (let units = 50; units > 1; units -= 1) {
    actions.undo();
    assert.equal(now().parameters.values[B].length, units);
  }
  actions.undo();
  assert.deepEqual(now().parameters.values, experiment().parameters.values);
});

test("a network that is refused changes nothing", () => {
  const { actions, listener, now, sent, store } = open();
  const before = now();
  actions.setLayer(0, { units: 9999 });
  listener.received({ type: "problems", id: sent.at(-1).id, lane: "main", problems: [{ code: "over-limit", message: "too large", args: {} }] });
  assert.equal(now(), before);
  assert.deepEqual([store.get().undo, store.get().problems.length], [0, 1]);
});

test("layers are added over the top one and taken away; another cell brings the sizes it needs", async () => {
  const { actions, asked, opened, store } = open();
  actions.addLayer();
  assert.deepEqual(asked().network.parts[0].layers.map(({ units }) => units), [1, 1]);
  opened(...built(1, asked().network.parts));
  actions.setLayer(1, { direction: "both" });
  assert.deepEqual(asked().network.parts[0].layers.map(({ direction }) => direction), ["forward", "both"]);
  actions.removeLayer(0);
  assert.equal(asked().network.parts[0].layers.length, 1);
  await actions.setCell(0, "gru");
  assert.equal(asked().network.parts[0].layers[0].cell, "memory-cell", "as the library gave it");
  await actions.setCell(0, "gone");
  assert.equal(store.get().notice, "notice.panel");
});

test("what the lesson was is had back with its network", () => {
  const { actions, grow, now, opened, sent, store } = open();
  grow(3);
  actions.reset();
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "open", lesson: "cell", preset: "short", variant: "exact", id: 0 });
  opened();
  assert.deepEqual(now().parameters.values, experiment().parameters.values);
  assert.equal(store.get().changed, false);
  actions.undo();
  assert.equal(now().parameters.values[B].length, 3);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { pending as pendingOf, unit } from "../../../static/state/derive.js";
import { MAIN, page, stack, X } from "../scene.js";

function open() {
  const made = page();
  made.ready();
  return made;
}

test("deeper goes from the strip to the cell to the arithmetic, and shallower the same way back", () => {
  const { actions, store } = open();
  actions.setDepth("strip");
  actions.deeper();
  assert.equal(store.get().experiment.view.depth, "cell");
  actions.deeper();
  assert.deepEqual(store.get().pinned, { address: `${MAIN}c`, unit: 0, step: 1 });
  actions.deeper();
  actions.shallower();
  assert.equal(store.get().pinned, null);
  actions.shallower();
  assert.equal(store.get().experiment.view.depth, "strip");
});

test("another layer is looked into: its memory, its equations, its units; nothing of it is to be taken back", () => {
  const { actions, store } = open();
  const upper = "main.2.forward";
  const { network } = stack(["main.1.forward", upper]);
  network.layers[1].sizes = { units: 3 };
  store.set({ network });
  actions.pin(`${MAIN}c`, 0, 1);
  actions.setEquation(1);
  actions.setLayer(upper);
  assert.deepEqual([store.get().pinned, store.get().equation, store.get().experiment.view.layer, store.get().undo, store.get().changed], [null, null, upper, 0, false]);
  actions.nextUnit(2);
  assert.equal(unit(store.get()), 2);
  actions.deeper();
  assert.deepEqual(store.get().pinned, { address: `${upper}.c`, unit: 2, step: 1 });
  actions.nextEquation();
  const pending = pendingOf(store.get());
  assert.deepEqual([`${MAIN}c`, `${upper}.z`, `${upper}.f`].map(pending), [false, false, true], "what is below has been worked out");
  actions.setLayer("main.1.forward");
  actions.nextEquation();
  assert.deepEqual([`${upper}.z`, `${MAIN}z`, `${MAIN}f`].map(pendingOf(store.get())), [true, false, true]);
});

test("a value of another layer opens with that layer's inside, one of the input or the readout with the one that is there", () => {
  const { actions, store } = open();
  const upper = "main.2.forward";
  store.set({ network: stack(["main.1.forward", upper, "main.readout"]).network });
  actions.enter(`${upper}.f`, 0, 3);
  assert.deepEqual([store.get().pinned, store.get().experiment.view.layer], [{ address: `${upper}.f`, unit: 0, step: 3 }, upper]);
  for (const address of [X, "main.readout.y"]) actions.enter(address, 0, 2);
  assert.deepEqual([store.get().pinned?.address, store.get().experiment.view.layer], ["main.readout.y", upper]);
});

test("the arithmetic opened is that of the equation in play", () => {
  const { actions, store } = open();
  actions.setEquation(1);
  actions.setDepth("arithmetic");
  assert.equal(store.get().pinned.address, `${MAIN}f`);
});

test("escape closes the nearest thing first", () => {
  const { actions, store } = open();
  actions.setSpotlight([`${MAIN}c`]);
  actions.pin(`${MAIN}c`, 0, 1);
  actions.openPanel("help");
  actions.setBlank(true);
  actions.shallower();
  assert.equal(store.get().blank, false);
  actions.shallower();
  assert.equal(store.get().panel, null);
  actions.shallower();
  assert.equal(store.get().pinned, null);
  actions.shallower();
  assert.equal(store.get().spotlight, null);
});

test("escape puts away what stands beside the network, after what was opened over it, and undo brings it back", () => {
  const { actions, store } = open();
  const lane = { cell: "lstm", network: { parts: [] }, parameters: { seed: 0, starts: {}, values: {} }, initial: {} };
  store.set({ experiment: { ...store.get().experiment, lanes: [lane] }, panel: "compare" });
  actions.pin(`${MAIN}c`, 0, 1);
  actions.shallower();
  assert.deepEqual([store.get().pinned, store.get().experiment.lanes.length], [null, 1]);
  actions.shallower();
  assert.deepEqual([store.get().experiment.lanes, store.get().panel, store.get().notice], [[], null, "notice.alone"]);
  actions.undo();
  assert.deepEqual(store.get().experiment.lanes, [lane]);
});

test("units stay inside the layer and take the pinned value along", () => {
  const { actions, store } = open();
  store.get().network.layers[0].sizes.units = 3;
  store.get().network.symbols[`${MAIN}c`].size = 3;
  actions.pin(`${MAIN}c`, 0, 1);
  actions.nextUnit(1);
  actions.nextUnit(5);
  assert.equal(store.get().experiment.view.unit, 2);
  assert.equal(store.get().pinned.unit, 2);
  actions.nextUnit(-9);
  assert.equal(store.get().experiment.view.unit, 0);
});

test("what a person likes is remembered", () => {
  const { actions, store, memory } = open();
  actions.setTheme("dark");
  actions.setMotion(false);
  actions.setCharacters(false);
  actions.setLanguage("zh");
  assert.deepEqual(memory, { theme: "dark", motion: "none", characters: "off", language: "zh" });
  assert.equal(store.get().experiment.language, "zh");
  assert.equal(store.get().undo, 0);
});

test("small things: drawing, weight, messages", () => {
  const { actions, store } = open();
  actions.setDrawing("formulas");
  actions.selectWeight(`${MAIN}W_z`, [0, 1]);
  store.set({ notice: "shared.copied", problems: [{ code: "x", args: {}, message: "" }] });
  actions.dismiss();
  assert.equal(store.get().experiment.view.drawing, "formulas");
  assert.deepEqual(store.get().selected, { address: `${MAIN}W_z`, index: [0, 1] });
  assert.equal(store.get().notice, null);
  assert.deepEqual(store.get().problems, []);
  actions.refuse(null);
  assert.equal(store.get().notice, "notice.not-number");
  actions.refuse(-1);
  assert.equal(store.get().notice, "notice.not-possible");
  actions.accept();
  assert.equal(store.get().notice, null, "a number that is taken ends what was said of the one before");
  store.set({ notice: "shared.copied" });
  actions.accept();
  assert.equal(store.get().notice, "shared.copied");
});

test("from one value to another that it depends on, and the same way back", () => {
  const { store, actions, ready } = page();
  ready();
  actions.pin(`${MAIN}c`, 0, 2);
  actions.follow(`${MAIN}f`, 0, 2);
  actions.follow(`${MAIN}z`, 0, 2);
  const open = () => store.get().pinned?.address ?? null;
  const back = [open()];
  for (let press = 0; press < 3; press++) {
    actions.shallower();
    back.push(open());
  }
  assert.deepEqual(back, [`${MAIN}z`, `${MAIN}f`, `${MAIN}c`, null]);
});

test("a value of another layer that is followed to brings the inside of its layer, and the way back that of the one before", () => {
  const { actions, store } = open();
  const [lower, upper] = ["main.1.forward", "main.2.forward"];
  store.set({ network: stack([lower, upper, "main.readout"]).network });
  const shown = () => [store.get().pinned?.address, store.get().experiment.view.layer];
  actions.enter(`${upper}.z`, 0, 2);
  actions.follow(`${lower}.y`, 0, 2);
  assert.deepEqual(shown(), [`${lower}.y`, lower]);
  actions.follow("main.readout.y", 0, 2);
  assert.deepEqual(shown(), ["main.readout.y", lower]);
  for (const back of [[`${lower}.y`, lower], [`${upper}.z`, upper], [undefined, upper]]) {
    actions.shallower();
    assert.deepEqual(shown(), back);
  }
});

test("what is asked for in the cell's place is brought into sight, the cell is not", () => {
  const { store, actions, sought } = open();
  actions.setStudy("surface");
  assert.equal(store.get().experiment.view.study, "surface");
  actions.setStudy("cell");
  assert.deepEqual(sought, ["surface"]);
});

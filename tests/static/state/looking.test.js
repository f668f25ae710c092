import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN, page } from "../scene.js";

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

import assert from "node:assert/strict";
import { test } from "node:test";

import { layerPicker, layerText } from "../../../static/draw/layerpicker.js";
import { document } from "../paper.js";

const named = (...addresses) => addresses.map((address, index) => ({ address, name: `layer ${index + 1}`, spoken: `layer ${index + 1}, forward` }));
const paint = { label: "layer", text: "x is h of layer 1: 3." };

test("one of several is chosen, and said in full; other layers are other choices", () => {
  const chosen = [];
  const node = document.createElement("div");
  const { paint: show } = layerPicker(document, node, (address) => chosen.push(address));
  show({ ...paint, layers: named("main.1.forward", "main.2.forward"), chosen: "main.2.forward" });
  const buttons = () => node.all("button");
  assert.deepEqual(buttons().map((one) => [one.textContent, one.getAttribute("aria-label"), one.getAttribute("aria-pressed")]), [
    ["layer 1", "layer 1, forward", "false"], ["layer 2", "layer 2, forward", "true"],
  ]);
  assert.equal(node.all("layers-told")[0].textContent, "x is h of layer 1: 3.");
  buttons()[0].listeners.click();
  assert.deepEqual(chosen, ["main.1.forward"]);
  const [first] = buttons();
  show({ ...paint, layers: named("main.1.forward", "main.2.forward"), chosen: "main.1.forward" });
  assert.equal(buttons()[0], first, "what is there stays, and with it the keyboard's place");
  show({ ...paint, layers: named("main.1.forward", "main.2.forward", "main.3.forward"), chosen: "main.1.forward" });
  assert.equal(buttons().length, 3);
});

test("what a layer reads is told with its numbers where they are few and known, and where a pass from the end has its memory from", () => {
  const say = (key, values = {}) => [key, ...Object.values(values)].join(" ");
  const numbers = (...read) => ({ size: () => read.length, value: (name, unit) => read[unit], before: (step) => (step < 3 ? step + 1 : 0) });
  const scene = { step: 2, hidden: false, reversed: false, below: "h of layer 1", say };
  assert.equal(layerText(scene, numbers(1, -0.5)), "layers.reads-numbers h of layer 1 1, −0.5");
  assert.equal(layerText({ ...scene, hidden: true }, numbers(1, -0.5)), "layers.reads h of layer 1");
  assert.equal(layerText(scene, numbers(1, 2, 3, 4, 5)), "layers.reads h of layer 1");
  assert.equal(layerText({ ...scene, below: "", reversed: true }, numbers(1)), "layers.reversed 3");
  assert.equal(layerText({ ...scene, below: "", reversed: true, step: 3 }, numbers(1)), "layers.reversed-start");
  assert.equal(layerText({ ...scene, below: "" }, numbers(1)), "");
});

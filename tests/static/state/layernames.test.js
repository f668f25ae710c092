import assert from "node:assert/strict";
import { test } from "node:test";
import { layerNames } from "../../../static/state/layernames.js";
import { stack } from "../scene.js";

test("layers are told apart, two directions of one layer by their way", () => {
  const words = { "strip.layer": "layer {layer}", "strip.layer-forward": "layer {layer}, forward", "strip.layer-backward": "layer {layer}, backward",
    "strip.layer-forward-short": "layer {layer} →", "strip.layer-backward-short": "layer {layer} ←", "layers.forward": "forward", "layers.backward": "backward" };
  const named = (/** @type {string[]} */ ...addresses) => layerNames(stack(addresses, {}, { words: { en: words } }));
  assert.deepEqual(named("main.1.forward", "main.1.backward").map(({ name, spoken }) => [name, spoken]), [["forward", "layer 1, forward"], ["backward", "layer 1, backward"]]);
  assert.deepEqual(named("main.1.forward", "main.1.backward", "main.2.forward").map(({ address, name }) => [address, name]),
    [["main.1.forward", "layer 1 →"], ["main.1.backward", "layer 1 ←"], ["main.2.forward", "layer 2"]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { svg } from "../../../static/draw/dom.js";
import { rove } from "../../../static/draw/roving.js";
import { document } from "../paper.js";

const places = [0, 1, 2].map((index) => svg(document, "g", { tabindex: index === 0 ? 0 : -1 }));
const press = (key, target, opened = []) => rove({ key, target }, places, () => opened.push(key));

test("up and down move, round the end too, and take the tab stop along", () => {
  places[0].focus();
  assert.equal(press("ArrowDown", places[0]), true);
  assert.deepEqual(places.map((place) => place.getAttribute("tabindex")), ["-1", "0", "-1"]);
  assert.equal(press("ArrowUp", places[1]), true);
  assert.equal(press("ArrowUp", places[0]), true);
  assert.equal(places[2].getAttribute("tabindex"), "0");
});

test("Enter opens; other keys, modifiers and a focus that came by pointer are left alone", () => {
  const opened = [];
  assert.equal(press("Enter", places[2], opened), true);
  assert.deepEqual(opened, ["Enter"]);
  assert.equal(press("ArrowLeft", places[2]), false);
  assert.equal(rove({ key: "ArrowDown", target: places[2], shiftKey: true }, places, () => undefined), false);
  assert.equal(press("ArrowDown", places[0]), false);
});

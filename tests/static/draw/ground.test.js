import assert from "node:assert/strict";
import { test } from "node:test";

import { leave, settleOn } from "../../../static/draw/ground.js";

test("whoever comes later hears of the ground at once, and then of every change", () => {
  const node = {};
  const heard = [];
  leave(node, "first");
  settleOn(node, (ground) => heard.push(ground));
  leave(node, "second");
  assert.deepEqual(heard, ["first", "second"]);
});

test("whoever comes before there is any waits; others are not told", () => {
  const node = {};
  const heard = [];
  settleOn(node, (ground) => heard.push(ground));
  leave({}, "elsewhere");
  assert.deepEqual(heard, []);
  leave(node, "here");
  assert.deepEqual(heard, ["here"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { differs } from "../../../static/draw/differs.js";

test("the first call differs, the same values do not, others do", () => {
  const changed = differs();
  const list = [1];
  assert.equal(changed(list, NaN, "a"), true);
  assert.equal(changed(list, NaN, "a"), false);
  assert.equal(changed([1], NaN, "a"), true);
  assert.equal(changed([1]), true);
});

test("each view has its own memory", () => {
  const [one, two] = [differs(), differs()];
  one(1);
  assert.equal(two(1), true);
  assert.equal(one(1), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createWhole } from "../../../static/state/whole.js";
import { page } from "../scene.js";

test("the panel of whole matrices begins them anew, changes them and ties them", () => {
  const made = page();
  made.ready();
  const own = made.actions.more(createWhole);
  for (const name of ["initialise", "scale", "transpose", "putBack", "tie", "untie"]) assert.equal(typeof own[name], "function", name);
});

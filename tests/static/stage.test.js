import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as stage from "../../static/stage.js";

test("every place of the stage in the page has its view", () => {
  const page = readFileSync(new URL("../../templates/explorer.html", import.meta.url), "utf-8");
  const places = new Set([...page.matchAll(/data-view="(\w+)"/g)].map(([, name]) => name));
  for (const [name, view] of Object.entries(stage)) {
    assert.equal(typeof view, "function");
    assert.ok(places.has(name), `${name} has no place in the page`);
  }
});

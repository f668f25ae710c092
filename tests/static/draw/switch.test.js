import assert from "node:assert/strict";
import { test } from "node:test";

import { choice } from "../../../static/draw/switch.js";
import { document } from "../paper.js";

test("one of several is pressed, and says which was asked for", () => {
  const asked = [];
  const { node, paint } = choice(document, ["a", "b"], (name) => asked.push(name));
  paint("b", "drawing", (name) => name.toUpperCase());
  const buttons = node.all("button");
  assert.deepEqual(buttons.map((one) => [one.textContent, one.getAttribute("aria-pressed")]), [["A", "false"], ["B", "true"]]);
  assert.equal(node.getAttribute("aria-label"), "drawing");
  buttons[0].listeners.click();
  assert.deepEqual(asked, ["a"]);
});

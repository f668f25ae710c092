import assert from "node:assert/strict";
import { test } from "node:test";
import { layer } from "../../../static/draw/layer.js";
import { document } from "../canvas.js";

test("a layer has a pixel for each of the screen's, and is drawn on in those of the page", () => {
  const own = layer(document, "wide-marks");
  assert.equal(own.resize(100, 30), true);
  assert.deepEqual([own.node.width, own.node.height], [200, 60]);
  assert.deepEqual(own.context.calls, [["setTransform", 2, 0, 0, 2, 0, 0]]);
  assert.equal(own.resize(100, 30), false);
  assert.equal(own.node.getAttribute("aria-hidden"), "true");
  own.node.currentCSSZoom = 1.5;
  assert.equal(own.resize(50, 30), true);
  assert.deepEqual([own.node.width, own.node.height], [150, 90], "a page that is enlarged");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { enlarged, within } from "../../../static/draw/enlarged.js";

const node = (/** @type {number} */ currentCSSZoom) => /** @type {any} */ ({ currentCSSZoom, getBoundingClientRect: () => ({ left: 100, top: 20 }) });

test("on a wall a pointer's place is told in the pixels of what is enlarged", () => {
  assert.equal(enlarged(node(1.5)), 1.5);
  assert.deepEqual(within(node(1.5), { clientX: 130, clientY: 80 }), { x: 20, y: 40 });
});

test("a browser that tells no enlargement enlarges nothing", () => {
  const plain = /** @type {any} */ ({ getBoundingClientRect: () => ({ left: 100, top: 20 }) });
  assert.equal(enlarged(plain), 1);
  assert.deepEqual(within(plain, { clientX: 130, clientY: 80 }), { x: 30, y: 60 });
});

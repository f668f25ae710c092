import assert from "node:assert/strict";
import { test } from "node:test";

import { anchorOf, edgeOf, inView, leader, settle, worthSeeing } from "../../../static/draw/callout.js";

const box = (left, top, width, height) => ({ left, top, width, height, right: left + width, bottom: top + height });
const area = box(100, 50, 600, 700);
const size = { width: 200, height: 150 };

test("beside the anchor, inside the area, never over it", () => {
  for (const anchor of [box(120, 80, 40, 40), box(640, 700, 40, 40), box(380, 380, 80, 60)]) {
    const { left, top } = settle(anchor, area, size, []);
    assert.ok(left >= 0 && left + size.width <= area.width && top >= 0 && top + size.height <= area.height);
    const own = box(left + area.left, top + area.top, size.width, size.height);
    assert.ok(own.right <= anchor.left || own.left >= anchor.right || own.bottom <= anchor.top || own.top >= anchor.bottom);
  }
});

test("it goes where it hides least", () => {
  const anchor = box(380, 380, 40, 40);
  const toRight = settle(anchor, area, size, [{ box: box(100, 50, 270, 700), worth: 5 }]);
  const toLeft = settle(anchor, area, size, [{ box: box(430, 50, 270, 700), worth: 5 }]);
  assert.ok(toRight.left > 280);
  assert.ok(toLeft.left < 280);
});

test("what is worth more stays visible", () => {
  const anchor = box(380, 380, 40, 40);
  const halves = (/** @type {number} */ left, /** @type {number} */ right) => [{ box: box(100, 50, 270, 700), worth: left }, { box: box(430, 50, 270, 700), worth: right }];
  assert.ok(settle(anchor, area, { width: 260, height: 650 }, halves(5, 0.3)).left > settle(anchor, area, { width: 260, height: 650 }, halves(0.3, 5)).left);
});

test("its line does not run through what is read", () => {
  const anchor = box(380, 600, 40, 40);
  const wall = { box: box(100, 50, 600, 530), worth: 0.1 };
  const word = { box: box(360, 585, 80, 12), worth: 5 };
  const { left } = settle(anchor, area, size, [wall, word]);
  assert.ok(left + size.width < 260 || left > 340);
});

test("without an anchor it stands in the corner", () => {
  assert.deepEqual(settle(null, area, size, []), { left: 398, top: 2 });
});

test("a line joins it to its anchor", () => {
  assert.equal(leader(box(120, 100, 40, 40), area, { left: 200, top: 20 }, 200, 150), "M62 70 C131 70 131 70 200 70");
  assert.equal(leader(box(240, 300, 40, 40), area, { left: 100, top: 20 }, 200, 150), "M160 248 C160 209 160 209 160 170");
  assert.match(leader(box(240, 600, 40, 40), area, { left: 100, top: 20 }, 200, 150), /^M160 548 C.* 160 170$/);
  assert.equal(leader(box(240, 100, 40, 40), area, { left: 100, top: 20 }, 200, 150), "");
});

test("a line begins on the side that faces the note, away from the corners", () => {
  const [, x] = /** @type {RegExpMatchArray} */ (leader(box(200, 400, 200, 80), area, { left: 320, top: 20 }, 250, 150).match(/^M(\d+) /));
  assert.equal(Number(x), 282);
});

test("the anchor is the cell's drawing at the present step, in view and not behind a study, else the strip's", () => {
  const place = { getBoundingClientRect: () => box(10, 300, 40, 40), checkVisibility: () => shown };
  let shown = true;
  const unit = {};
  const slot = { querySelector: () => unit };
  const page = { querySelector: (selector) => (selector.includes("cell") ? place : slot), querySelectorAll: () => [] };
  assert.equal(anchorOf(page, { address: "a", unit: 0, step: 2 }, true, area), place);
  assert.equal(anchorOf(page, { address: "a", unit: 0, step: 2 }, true, box(0, 0, 400, 200)), unit);
  assert.equal(anchorOf(page, { address: "a", unit: 0, step: 2 }, false, area), unit);
  shown = false;
  assert.equal(anchorOf(page, { address: "a", unit: 0, step: 2 }, true, area), unit, "behind a study it is not seen");
  assert.deepEqual(worthSeeing(page, 2), []);
});

test("a line ends at the box, not at the words around it", () => {
  const shell = { getBoundingClientRect: () => box(50, 300, 40, 40) };
  const place = { getBoundingClientRect: () => box(10, 280, 120, 60), querySelector: () => shell };
  assert.deepEqual(edgeOf(place), box(50, 300, 40, 40));
  assert.deepEqual(edgeOf({ ...place, querySelector: () => null }), box(10, 280, 120, 60), "what has no box");
});

test("what lies under the header or the transport is not in view", () => {
  const edges = { header: box(0, 0, 800, 60), transport: box(0, 600, 800, 90) };
  const page = { querySelector: (selector) => ({ getBoundingClientRect: () => edges[selector.match(/view=(\w+)/)[1]] }) };
  assert.deepEqual(inView(page, box(100, 20, 300, 2000)), { ...box(100, 60, 300, 540), bottom: 600 });
});

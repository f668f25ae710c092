import assert from "node:assert/strict";
import { test } from "node:test";

import { between, fly, onto } from "../../../static/draw/zoom.js";
import { document } from "../paper.js";

test("a thing is laid on a box whatever its own coordinates are", () => {
  assert.equal(onto({ x: -10, y: -20, width: 20, height: 40 }, { left: 100, top: 50, width: 40, height: 20 }), "translate(120.00px, 60.00px) scale(2.0000, 0.5000)");
});

test("copies fly from box to box and are gone afterwards; the thing itself stays", async () => {
  const own = document.createElement("g");
  own.getBBox = () => ({ x: 0, y: 0, width: 10, height: 10 });
  own.cloneNode = () => document.createElement("g");
  const flown = [];
  let gone = false;
  const page = {
    createElementNS: () => Object.assign(document.createElement("g"), { animate: (frames, how) => (flown.push([frames, how.duration]), { finished: Promise.resolve() }), remove: () => (gone = true) }),
    body: document.createElement("body"),
  };
  fly(page, [{ node: own, from: { left: 0, top: 0, width: 10, height: 10 }, to: { left: 5, top: 5, width: 20, height: 20 } }], 300);
  assert.equal(page.body.children.length, 1);
  assert.deepEqual(flown, [[[{ transform: "translate(0.00px, 0.00px) scale(1.0000, 1.0000)" }, { transform: "translate(5.00px, 5.00px) scale(2.0000, 2.0000)" }], 300]]);
  await new Promise((done) => setTimeout(done));
  assert.ok(gone);
});

test("nothing flies where nothing stands", () => {
  fly({ body: { append: () => assert.fail() } }, [], 300);
});

test("from where a value stands in the strip to where it stands in the cell, or back", () => {
  const box = (left, width = 10) => ({ left, top: 0, width, height: 10 });
  const place = (address) => ({ drawn: { node: { getBoundingClientRect: () => box(50) } }, group: { getAttribute: () => address } });
  const page = { querySelector: (selector) => (selector.includes('"a.c"') && selector.includes('[data-step="3"]') ? { getBoundingClientRect: () => box(0) } : null) };
  const found = between(page, [place("a.c"), place("a.z")], 3, true);
  assert.deepEqual(found.map(({ from, to }) => [from.left, to.left]), [[0, 50]]);
  const unseen = { ...place("a.c"), drawn: { node: { getBoundingClientRect: () => box(0, 0) } } };
  assert.deepEqual(between(page, [unseen], 3, false), []);
  assert.deepEqual(between(page, [place("a.c")], 3, false).map(({ from, to }) => [from.left, to.left]), [[50, 0]]);
});

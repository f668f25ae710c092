import assert from "node:assert/strict";
import { test } from "node:test";

import { bands, miniature } from "../../../static/draw/miniature.js";
import { document } from "../paper.js";

const CELL = {
  steps: 3,
  rows: [
    { role: "output", shares: [[0, 0, 0.7]] },
    { role: "state", shares: [[0.3, 0.7, 0.7]] },
    { role: "gate", shares: [[1, 0, 0.5]] },
    { role: "input", shares: [[0.3, 0.4, 0.2], [0.1, 0.1, -0.1]] },
  ],
};

test("units stand below each other in the order of the strip, the memory tallest, within the picture", () => {
  const found = bands(CELL);
  assert.deepEqual(found.map(({ role }) => role), ["output", "state", "gate", "input", "input"]);
  for (const [index, band] of found.entries()) {
    if (index > 0) assert.ok(band.top >= found[index - 1].top + found[index - 1].height);
    assert.ok(band.top >= 0 && band.top + band.height <= 104);
  }
  assert.equal(Math.max(...found.map(({ height }) => height)), found[1].height);
});

test("a box for each step of each unit, coloured by its share, and a line through the memory", () => {
  const picture = miniature(document, CELL);
  assert.equal(picture.all("miniature-step").length, 3);
  assert.equal(picture.all("miniature-line").length, 1);
  const fills = picture.all("is-state").map((box) => box.style.values.fill);
  assert.notEqual(fills[0], fills[1]);
  assert.equal(fills[1], fills[2]);
  assert.match(picture.all("is-gate")[0].style.values.fill, /--gate-open\) 100%/);
});

test("steps come one after another", () => {
  assert.deepEqual(miniature(document, CELL).all("miniature-step").map((step) => step.style.values["--at"]), ["0", "1", "2"]);
});

test("of a lesson without rows nothing is drawn", () => {
  assert.equal(miniature(document, { steps: 0, rows: [] }).all("miniature-box").length, 0);
});

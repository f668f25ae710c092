import assert from "node:assert/strict";
import { test } from "node:test";
import { bands, following, inView, unitAt, USUAL, ZOOMS } from "../../../static/draw/panorama.js";

const request = (address, kind, units = 128) => ({ address, kind, units });

test("bands stand below each other and fill the height; the memory has more of it, a few inputs less", () => {
  const list = bands([request("h", "value"), request("c", "memory"), request("f", "gate"), request("x", "input", 2)], 300);
  assert.ok(list.every((band, index) => index === 0 || band.y === list[index - 1].y + list[index - 1].height + 5));
  const [h, c, f, x] = list.map(({ height }) => height);
  assert.ok(c > h && h > f && f > x && x >= 12);
  assert.ok(Math.abs(list[3].y + x - 300) < 6);
});

test("as many steps are in view as fit, and never beyond the ends", () => {
  const view = (from, steps = 1000, zoom = USUAL) => inView({ width: 600, steps, zoom, from });
  assert.deepEqual(view(1), { pitch: ZOOMS[USUAL], count: 100, first: 1 });
  assert.equal(view(-5).first, 1);
  assert.equal(view(990).first, 901);
  assert.deepEqual(view(7, 20), { pitch: 30, count: 20, first: 1 });
  assert.deepEqual(view(1, 1000, 0), { pitch: 1, count: 600, first: 1 });
  assert.equal(view(1, 2).pitch, 120);
});

test("steps that fill the width are all in view, whatever the width", () => {
  for (let width = 400; width <= 1800; width += 1) {
    assert.equal(inView({ width, steps: 30, zoom: 0, from: 1 }).count, 30, `${width}`);
  }
});

test("the view follows the present step when that leaves it, with more room ahead than behind", () => {
  const view = { first: 101, count: 80 };
  assert.equal(following(view, 101, false), 101);
  assert.equal(following(view, 180, false), 101);
  assert.equal(following(view, 181, false), 171);
  assert.equal(following(view, 100, true), 31);
});

test("a height is a unit of a band, a gap is none", () => {
  const list = bands([request("h", "value"), request("c", "memory")], 261);
  assert.deepEqual(unitAt(list, 0), { band: list[0], unit: 0 });
  assert.equal(unitAt(list, list[0].height + 2), null);
  const last = unitAt(list, list[1].y + list[1].height - 0.1);
  assert.deepEqual([last.band.address, last.unit], ["c", 127]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { held, line, mixed, palette } from "../../../static/draw/palette.js";

const TOKENS = {
  "--signed-zero": "#f0eee8", "--signed-high": "#dc7d2c", "--signed-low": "#6b9bd6", "--gate-shut": "#eceae3", "--gate-open": "#297c81",
  "--gradient-zero": "#f3eff0", "--gradient-high": "#d67fbd", "--alarm": "#a63a50",
};
/** Which of the 256 colours a number has. */
const shades = (scale, bound) => (value) => {
  const { start, slope, logarithmic } = line(scale, bound);
  return held(start + slope * (logarithmic ? Math.log(Math.abs(value)) : value), value);
};
const bytes = (pixel) => [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255, pixel >>> 24];

test("colours are mixed as a browser mixes them in oklab", () => {
  assert.deepEqual(mixed("#dc7d2c", "#6b9bd6", 0), [220, 125, 44]);
  assert.deepEqual(mixed("#dc7d2c", "#6b9bd6", 1), [107, 155, 214]);
  assert.deepEqual(mixed("#ffffff", "#000000", 0.5), [99, 99, 99]);
});

test("the ends and the middle of a scale are the tokens themselves, and opaque", () => {
  const { signed, gate } = palette((name) => TOKENS[name]);
  const at = shades("signed", 2);
  assert.deepEqual(bytes(signed[at(0)]), [240, 238, 232, 255]);
  assert.deepEqual(bytes(signed[at(2)]), [220, 125, 44, 255]);
  assert.deepEqual(bytes(signed[at(-2)]), [107, 155, 214, 255]);
  const open = shades("gate", 1);
  assert.deepEqual(bytes(gate[open(0)]), [236, 234, 227, 255]);
  assert.deepEqual(bytes(gate[open(1)]), [41, 124, 129, 255]);
});

test("what is beyond the range is held at its end, what is no finite number is marked, what is not known is left free", () => {
  const { signed } = palette((name) => TOKENS[name]);
  const at = shades("signed", 1);
  assert.equal(at(9), at(1));
  assert.equal(at(-9), at(-1));
  assert.deepEqual(bytes(signed[at(Infinity)]), [166, 58, 80, 255]);
  assert.equal(signed[at(NaN)], 0);
});

test("gradients go by powers of ten", () => {
  const at = shades("gradient", 0);
  assert.equal(at(1e-6), at(0));
  assert.equal(at(1), at(-1));
  assert.equal(at(1e-3), Math.round((at(0) + at(1)) / 2));
  assert.ok(at(1e-4) < at(1e-3) && at(1e-3) < at(1e-2));
});

import assert from "node:assert/strict";
import test from "node:test";
import { digits, nextBound, sliderBound } from "../../../static/draw/ladder.js";

test("a slider goes to twice what is held, as a round number, and never less far than 2.5", () => {
  assert.deepEqual([0, 1, -3, 10, 1e12].map(sliderBound), [2.5, 2.5, 10, 25, 2e12]);
});

test("let go at its end it goes to the next round number, and beyond the last ten times as far", () => {
  assert.equal(nextBound(2.5, 1.5), 5);
  assert.equal(nextBound(2.5, 4), 10);
  assert.equal(nextBound(1e12, 4), 1e13);
});

test("a slider ends at a number, however large what it holds is", () => {
  for (const bound of [sliderBound(1e308), sliderBound(-Number.MAX_VALUE), nextBound(sliderBound(1e308), 4)]) assert.ok(Number.isFinite(2 * bound));
});

test("a number that the slider can set is shown with its decimals, any other as it is", () => {
  assert.equal(digits(1, 2.5), "1.00");
  assert.equal(digits(-1.5, 2.5), "−1.50");
  assert.equal(digits(0.123456, 2.5), "0.12346");
  assert.equal(digits(1500, 2500), "1500");
  assert.equal(digits(1e20, 2e20), "1·10²⁰");
  assert.equal(digits(-1e308, Number.MAX_VALUE), "−1·10³⁰⁸");
  assert.equal(digits(Infinity, 2.5), "∞");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, brief, decimals, exact, fit, lowered, narrow, number, remnant, result, tenTo, tight } from "../../../static/draw/format.js";

const table = (fn, rows) => rows.forEach(([value, text]) => assert.equal(fn(value), text, String(value)));

test("chosen numbers carry nothing they do not need", () => {
  table(number, [[0, "0"], [-0, "0"], [7, "7"], [110, "110"], [-10, "−10"], [6.9995006337, "6.9995"], [0.00004539786870243439, "0.00005"],
    [5.735399660523715e-39, "5.7·10⁻³⁹"], [1e6, "1·10⁶"], [123456, "123456"], [Infinity, "∞"], [-Infinity, "−∞"], [NaN, "NaN"]]);
});

test("computed numbers keep five digits, so that 1.0000 is not a typed 1", () => {
  table(result, [[1, "1.0000"], [0.9999546021312976, "0.99995"], [6.999500633749107, "6.9995"], [0.00004539786870243439, "0.00005"], [0, "0"],
    [-2.5, "−2.5000"], [5.735399660523715e-39, "5.7·10⁻³⁹"], [3e12, "3.00·10¹²"], [Infinity, "∞"]]);
});

test("brief is a result without its last zeros", () => {
  table(brief, [[4, "4"], [-0.0077238, "−0.00772"], [10, "10"], [3e12, "3·10¹²"]]);
});

test("beside answers to choose from a result has no more digits than tell them apart", () => {
  const halves = (value) => beside(value, [0, 0.5, 1]);
  table(halves, [[0.49859, "0.50"], [0.99937, "1.00"], [0.00007, "0.00"], [-0.00007, "0.00"], [6, "6"], [NaN, "NaN"]]);
  assert.equal(beside(0.14937, [0.15, 0.24, 0.3]), "0.149");
  assert.equal(beside(6.99968, [12, 7, 4]), "7.00");
  assert.equal(beside(0.0000123, [0.00001, 0.1]), brief(0.0000123));
  assert.equal(beside(0.49859, []), brief(0.49859));
});

test("exact gives every digit of the double", () => {
  table(exact, [[6.999500633749107, "6.999500633749107"], [5.735399660523715e-39, "5.735399660523715·10⁻³⁹"], [-7, "−7"], [Infinity, "∞"]]);
});

test("fit takes the most digits that there is room for", () => {
  assert.equal(fit(7, 4), "7.00");
  assert.equal(fit(7, 4, true), "7");
  assert.equal(fit(123.456, 4), "123");
  assert.equal(fit(-0.0004, 4), "0.00");
  assert.equal(fit(2e306, 4), "10³⁰⁶");
  assert.equal(fit(-9e7, 4), "−10⁸");
  assert.equal(fit(Infinity, 4), "∞");
});

test("where there is hardly room, a number loses its nought and not its digits", () => {
  table((value) => narrow(value, 3), [[-0.5, "−.5"], [0.32, ".32"], [0.5, ".5"], [-0.26, "−.3"], [1.25, "1.3"], [-1.5, "−2"], [9.96, "10"], [-9.96, "−10"], [123, "123"], [0, "0"], [0.004, "10⁻²"]]);
});

test("where all numbers are small, more decimals tell them apart", () => {
  assert.deepEqual([10, 1, 0.1, 0.05, 0.005, 0].map(decimals), [2, 2, 2, 3, 4, 2]);
  assert.equal(fit(0.00142, 8, false, 4), "0.0014");
  assert.equal(fit(-0.00142, 6, false, 4), "−0.001");
  assert.equal(fit(-0.00142, 5, false, 4), "−10⁻³");
  assert.equal(fit(0, 5, false, 4), "0.000");
  assert.equal(fit(0.00142, 8), "0.00");
});

test("a small number alone is a power of ten, as long as that fits", () => {
  assert.deepEqual([tight(0.00042, 5), tight(-0.00042, 5), tight(0.00042, 3), tight(0, 5), tight(0.42, 5), tight(Infinity, 5)], ["4·10⁻⁴", "−10⁻³", "10⁻³", "0", "0.42", "∞"]);
  table((value) => tight(value, 3), [[0.00089, "10⁻³"], [0.00032, "10⁻³"], [0.00031, "10⁻⁴"], [-0.00011, "−10⁻⁴"]]);
});

test("powers and indices", () => {
  assert.equal(tenTo(-6), "10⁻⁶");
  assert.equal(tenTo(0), "1");
  assert.equal(lowered(12), "₁₂");
});

test("what is left in a memory has a third decimal where two would say that nothing is, and what faded to less its size", () => {
  assert.deepEqual([0.00342, 0.00098, -0.002, 0.0049].map((value) => remnant(value, 6)), ["0.003", "0.001", "−0.002", "0.005"]);
  assert.deepEqual([remnant(0.00342, 4), remnant(0.00342, 3)], [".003", fit(0.00342, 3)]);
  assert.deepEqual([9.54e-7, -0.00035, 2.5e-14].map((value) => remnant(value, 4.7, { faded: true })), ["1·10⁻⁶", "−10⁻³", "10⁻¹⁴"]);
  // A gate that wiped it leaves nothing to speak of; and where more is left, all is as everywhere.
  assert.deepEqual([0.00032, 0].map((value) => remnant(value, 6)), ["0.00", "0.00"]);
  assert.deepEqual([0.0078, 0.45, 12.5, 0].map((value) => remnant(value, 6, { faded: true })), [0.0078, 0.45, 12.5, 0].map((value) => fit(value, 6)));
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { brief, decimals, exact, fit, lowered, narrow, number, result, tenTo, tight } from "../../../static/draw/format.js";

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

test("exact gives every digit of the double", () => {
  table(exact, [[6.999500633749107, "6.999500633749107"], [5.735399660523715e-39, "5.735399660523715·10⁻³⁹"], [-7, "−7"], [Infinity, "∞"]]);
});

test("fit takes the most digits that there is room for", () => {
  assert.equal(fit(7, 4), "7.00");
  assert.equal(fit(7, 4, true), "7");
  assert.equal(fit(123.456, 4), "123");
  assert.equal(fit(-0.0004, 4), "0.00");
  assert.equal(fit(2e306, 4), "10³⁰⁶");
  assert.equal(fit(Infinity, 4), "∞");
});

test("where there is hardly room, a number loses its nought and not its digits", () => {
  table((value) => narrow(value, 3), [[-0.5, "−.5"], [0.32, ".32"], [0.5, ".5"], [-0.26, "−.3"], [1.25, "1.3"], [-1.5, "−2"], [9.96, "10"], [-9.96, "−10"], [123, "123"], [0, "0"], [0.004, "10⁻³"]]);
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
  assert.deepEqual([tight(0.00042, 5), tight(-0.00042, 5), tight(0.00042, 3), tight(0, 5), tight(0.42, 5), tight(Infinity, 5)], ["4·10⁻⁴", "−10⁻⁴", "10⁻⁴", "0", "0.42", "∞"]);
});

test("powers and indices", () => {
  assert.equal(tenTo(-6), "10⁻⁶");
  assert.equal(tenTo(0), "1");
  assert.equal(lowered(12), "₁₂");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { brief, exact, fit, lowered, number, result, tenTo } from "../../../static/draw/format.js";

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

test("powers and indices", () => {
  assert.equal(tenTo(-6), "10⁻⁶");
  assert.equal(tenTo(0), "1");
  assert.equal(lowered(12), "₁₂");
});

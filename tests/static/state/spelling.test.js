import assert from "node:assert/strict";
import { test } from "node:test";
import { list, parse, parseList, plain, spell } from "../../../static/state/spelling.js";

test("every double reads back as itself, a zero with its sign", () => {
  for (const value of [0, -0, 1, -1.5, 0.1 + 0.2, 5e-324, -1.7976931348623157e308]) assert.ok(Object.is(parse(spell(value)), value), spell(value));
  assert.deepEqual(parseList(list([-0, 2, 1e-9])), [-0, 2, 1e-9]);
});

test("what is no number is none, and neither is the list that it stands in", () => {
  for (const text of ["", " ", "a", "NaN", "1e999", "-Infinity"]) assert.equal(parse(text), null, text);
  assert.equal(parseList("1,,2"), null);
});

test("a word with signs of its own is read, a broken one is not", () => {
  assert.equal(plain("a%2Cb"), "a,b");
  assert.equal(plain("%E0%A4%A"), null);
});

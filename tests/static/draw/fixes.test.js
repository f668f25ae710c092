import assert from "node:assert/strict";
import { test } from "node:test";
import { fixes, placeIn } from "../../../static/draw/fixes.js";

const TEXT = "f = sigmod(x)\nh = U @ r * q_prev\nstart b = glrot";
const problem = (code, line, start, end, args = {}) => ({ code, args, message: "", where: { line, start, end } });
const mended = (one) => fixes(one, TEXT).map((fix) => {
  const { from, to } = placeIn(TEXT, fix);
  return (TEXT.slice(0, from) + fix.text + TEXT.slice(to)).split("\n")[fix.line - 1];
});

test("what is taken for meant is written in the place of what stands there", () => {
  assert.deepEqual(mended(problem("unknown-function", 1, 4, 10, { suggestion: "sigmoid" })), ["f = sigmoid(x)"]);
  assert.deepEqual(mended(problem("unknown-name", 2, 12, 18, { suggestion: "h_prev" })), ["h = U @ r * h_prev"]);
  assert.deepEqual(mended(problem("no-state", 2, 12, 18, { suggestion: "h", base: "q" })), ["h = U @ r * h_prev"]);
  assert.deepEqual(mended(problem("unknown-parameter", 3, 6, 15, { name: "b", suggestion: "W" })), ["start W = glrot"]);
  assert.deepEqual(mended(problem("bad-start", 3, 6, 15, { value: "glrot", suggestion: "glorot" })), ["start b = glorot"]);
});

test("a name that is used too early can be that of the step before", () => {
  assert.deepEqual(mended(problem("order", 2, 8, 9, { name: "r" })), ["h = U @ r_prev * q_prev"]);
  assert.deepEqual(mended(problem("order", 2, 8, 9, { name: "U" })), ["h = U @ U_prev * q_prev"]);
});

test("of two readings either can be chosen", () => {
  const both = { first: "(U @ r) * q_prev", second: "U @ (r * q_prev)" };
  assert.deepEqual(mended(problem("mixed-products", 2, 4, 18, both)), [`h = ${both.first}`, `h = ${both.second}`]);
});

test("a sign of formulas is written as a cell has it", () => {
  const signs = (/** @type {string} */ text) => fixes({ code: "bad-character", args: { text }, message: "", where: { line: 1, start: 4, end: 5 } }, `h = ${text}(W @ x)`).map((fix) => [fix.start, fix.end, fix.text]);
  assert.deepEqual(signs("σ"), [[4, 5, "sigmoid"]]);
  assert.deepEqual(signs("−"), [[4, 5, "-"]]);
  assert.deepEqual(signs("·"), [[4, 5, "@"], [4, 5, "*"]]);
  assert.deepEqual(signs("/"), []);
});

test("where nothing is meant, nothing is offered", () => {
  assert.deepEqual(mended(problem("unknown-function", 1, 4, 10, { suggestion: "" })), []);
  assert.deepEqual(mended(problem("syntax", 1, 4, 10)), []);
  assert.deepEqual(fixes({ code: "order", args: { name: "h" }, message: "" }, TEXT), []);
});

test("columns count characters, the browser halves of some", () => {
  assert.deepEqual(placeIn("a\n𝛼 = b", { line: 2, start: 4, end: 5 }), { from: 7, to: 8 });
});

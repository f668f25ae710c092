import assert from "node:assert/strict";
import { test } from "node:test";
import { encode, revive, reviveAll, reviveExperiment } from "../../../static/net/numbers.js";

test("numbers that JSON cannot hold go as names and come back as numbers", () => {
  const list = [[1, Infinity], [-Infinity, NaN]];
  assert.equal(encode({ list }), '{"list":[[1,"inf"],["-inf","nan"]]}');
  assert.deepEqual(revive(JSON.parse(encode(list))), list);
});

test("doubles keep all their digits", () => {
  for (const value of [0.1 + 0.2, 5e-324, 1 / 3, -1.7976931348623157e308]) assert.equal(JSON.parse(encode([value]))[0], value);
});

test("a zero keeps its sign, and a word that looks like one stays a word", () => {
  assert.equal(encode({ list: [-0, 0], word: "-0" }), '{"list":[-0.0,0],"word":"-0"}');
  assert.ok(Object.is(JSON.parse(encode([-0]))[0], -0));
});

test("other words stay words", () => {
  assert.deepEqual(reviveAll({ a: "infinite", b: ["nan", "constructor"] }), { a: "infinite", b: [NaN, "constructor"] });
});

test("an experiment's numbers are revived, a hole in it does not hurt", () => {
  const own = reviveExperiment({ parameters: { seed: 1, values: { W: [["inf"]] } }, sequence: { inputs: [["-inf"]] }, initial: { c: ["nan"] } });
  assert.equal(own.parameters.values.W[0][0], Infinity);
  assert.equal(own.sequence.inputs[0][0], -Infinity);
  assert.ok(Number.isNaN(own.initial.c[0]));
  assert.deepEqual(reviveExperiment({}).sequence.inputs, []);
});

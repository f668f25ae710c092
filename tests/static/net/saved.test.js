import assert from "node:assert/strict";
import { test } from "node:test";
import { readSaved } from "../../../static/net/saved.js";

const OWN = { version: 1, network: { parts: [] }, sequence: { inputs: [["inf"]] }, parameters: { seed: 1, values: {} }, initial: {} };

test("a saved experiment is read, its numbers with it", () => {
  const { record, problems } = readSaved(JSON.stringify(OWN));
  assert.deepEqual([record.sequence.inputs, problems], [[[Infinity]], []]);
});

test("a run that carries its experiment is the experiment", () => {
  assert.equal(readSaved(JSON.stringify({ steps: [], experiment: OWN })).record.parameters.seed, 1);
});

test("the record of a training is known as one, and is no mistake", () => {
  assert.deepEqual(readSaved('{"format":"unrolled-training","version":2}'), { record: null, problems: [], training: true });
});

test("each reason why a file is none has its code", () => {
  const reasons = {
    "not-json": ["", "{", "PK"],
    "no-experiment": ["null", "[]", "3", '{"version":2}', '{"version":1,"network":[],"sequence":{}}', '{"experiment":5}'],
    "other-version": [JSON.stringify({ ...OWN, version: 2 })],
    "wrong-type": [JSON.stringify({ ...OWN, parameters: null }), JSON.stringify({ ...OWN, initial: "abc" })],
  };
  for (const [code, texts] of Object.entries(reasons)) {
    for (const text of texts) {
      const { record, problems } = readSaved(text);
      assert.deepEqual([record, problems.map((each) => each.code)], [null, [code]], text);
    }
  }
  assert.deepEqual(readSaved(JSON.stringify({ ...OWN, version: 2 })).problems[0].args, { version: "2", known: 1 });
});

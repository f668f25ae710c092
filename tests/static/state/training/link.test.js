import assert from "node:assert/strict";
import { test } from "node:test";
import { cutOf, MOST_RUNS, readLink, writeLink } from "../../../../static/state/training/link.js";

const RACES = {
  "adding": [{ task: "adding" }],
  "adding,cell:simple-rnn;cell:lstm-1997;cell:gru": ["simple-rnn", "lstm-1997", "gru"].map((cell) => ({ task: "adding", cell })),
  "copy,.gap:30,optimiser:momentum,rate:0.001,~momentum:0.95": [{ task: "copy", options: { gap: 30 }, optimiser: "momentum", rate: 0.001, tuning: { momentum: 0.95 } }],
  "parity,clip:none;clip:": [{ task: "parity", clip: "none" }, { task: "parity" }],
  "one-bit;;": [{ task: "one-bit" }, { task: "one-bit" }, { task: "one-bit" }],
};

for (const [text, runs] of Object.entries(RACES)) {
  test(`${text} says the same both ways`, () => {
    assert.deepEqual(readLink(text), runs);
    assert.equal(writeLink(runs), text);
  });
}

test("what no address of ours can say is refused", () => {
  for (const text of ["", "Adding", "adding,cell", "adding,cell:<b>", "adding;cell", "adding".repeat(20), "a;".repeat(MOST_RUNS)]) assert.equal(readLink(text), null, text);
});

test("equations of one's own go along, letter by letter, unless they are very long", () => {
  const own = { task: "adding", equations: "# mine é ü 单元\nh = tanh(W @ x + U @ h_prev) : state" };
  const text = writeLink([own, { task: "adding" }]);
  assert.match(text, /^[\w:;,.~+-]+$/);
  assert.deepEqual(readLink(text), [own, { task: "adding" }]);
  assert.equal(readLink("adding,equations:_"), null);
  assert.equal(readLink("adding,equations:_w"), null);
});

const many = (count) => ({ "main.1.forward.U": { shape: [1, count], f8: Buffer.from(new Float64Array(count).fill(0.1).buffer).toString("base64") } });

test("given weights go along to the last bit, and runs that share them say them once", () => {
  const weights = { "main.1.forward.U": { shape: [1, 2], f8: "mpmZmZmZuT8AAAAAAAAAgA==" }, "main.1.forward.b": { shape: [], f8: "////////738=" } };
  const runs = ["gru", "lstm"].map((cell) => ({ task: "adding", cell, start: "given", weights }));
  const text = writeLink(runs);
  assert.equal(text, "adding,cell:gru,start:given,weights:main.1.forward.U*1*2*mpmZmZmZuT8AAAAAAAAAgA!main.1.forward.b*________738;cell:lstm");
  assert.deepEqual(readLink(text), runs);
  assert.deepEqual(cutOf(text), []);
  assert.equal(readLink("adding,start:given,weights:U"), null);
});

test("what is too long is left out, which the link says, and is usual to whoever reads it", () => {
  for (const length of [2400, 4000]) assert.equal(writeLink([{ task: "adding", cell: "gru", equations: "h".repeat(length) }]), "adding,cell:gru,equations:~");
  assert.deepEqual(readLink("adding,cell:gru,equations:~"), [{ task: "adding", cell: "gru" }]);
  assert.deepEqual(cutOf("adding,cell:gru,equations:~"), ["equations"]);
  for (const count of [1100, 1_000_000]) assert.equal(writeLink([{ task: "adding", start: "given", weights: many(count) }, { task: "adding" }]), "adding,start:given,weights:~;start:,weights:");
  assert.deepEqual(readLink("adding,start:given,weights:~;start:,weights:"), [{ task: "adding" }, { task: "adding" }]);
  assert.deepEqual(cutOf("adding;start:given,weights:~"), ["weights"]);
});

test("four runs with weights and equations of their own make a link that is read", () => {
  const runs = [0, 1, 2, 3].map((at) => ({ task: "adding", start: "given", seed: at, equations: String(at).repeat(2200), weights: { ...many(1000), [`main.readout.forward.${"abcd"[at]}`]: { shape: [1], f8: "AAAAAAAA8D8=" } } }));
  const text = writeLink(runs);
  assert.deepEqual(cutOf(text), []);
  assert.ok(text.length < 59_000, String(text.length));
  assert.deepEqual(readLink(text), runs);
});

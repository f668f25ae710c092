import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_RUNS, readLink, writeLink } from "../../../../static/state/training/link.js";

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
  assert.equal(writeLink([{ task: "adding", equations: "h".repeat(4000) }]), "adding");
  assert.equal(readLink("adding,equations:_"), null);
  assert.equal(readLink("adding,equations:_w"), null);
});

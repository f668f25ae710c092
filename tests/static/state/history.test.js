import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistory, DEPTH } from "../../../static/state/history.js";

test("changes are taken back and brought again in order", () => {
  const history = createHistory();
  history.record("a");
  history.record("b");
  assert.deepEqual(history.counts(), { undo: 2, redo: 0 });
  assert.equal(history.undo("c"), "b");
  assert.equal(history.undo("b"), "a");
  assert.equal(history.undo("a"), undefined);
  assert.equal(history.redo("a"), "b");
  assert.equal(history.redo("b"), "c");
  assert.equal(history.redo("c"), undefined);
});

test("a drag is one entry, two drags of the same number are two", () => {
  const history = createHistory();
  for (const value of ["a", "b", "c"]) history.record(value, "w");
  history.close();
  history.record("d", "w");
  assert.equal(history.counts().undo, 2);
  assert.equal(history.undo("e"), "d");
  assert.equal(history.undo("d"), "a");
});

test("a drag that ends where it began is no entry", () => {
  const history = createHistory();
  history.record("a");
  history.record("b", "w");
  history.close((before) => before === "b");
  assert.equal(history.counts().undo, 1);
  history.record("b", "w");
  history.close((before) => before === "c");
  history.close(() => true);
  assert.equal(history.counts().undo, 2, "of a drag that is over nothing is forgotten");
});

test("a new change forgets what was taken back", () => {
  const history = createHistory();
  history.record("a");
  history.undo("b");
  history.record("a");
  assert.deepEqual(history.counts(), { undo: 1, redo: 0 });
  history.clear();
  assert.deepEqual(history.counts(), { undo: 0, redo: 0 });
});

test("at least fifty changes are remembered, and not without end", () => {
  assert.ok(DEPTH >= 50);
  const history = createHistory(50);
  for (let change = 0; change < 80; change += 1) history.record(change);
  assert.equal(history.counts().undo, 50);
  assert.equal(history.undo(80), 79);
});

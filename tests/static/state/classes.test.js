import assert from "node:assert/strict";
import { test } from "node:test";
import { className, targetText } from "../../../static/state/classes.js";

const state = (vocabulary, kind = "cross-entropy") => ({ experiment: { loss: { kind }, sequence: { inputs: [[1, 0, 0]], vocabulary } } });

test("a class is the word where the network chooses among the words that it reads, else a number", () => {
  const own = state(["I", "see", "you"]);
  assert.equal(className(own, 1, 3), "see");
  assert.equal(className(own, 1, 2), "2");
  assert.equal(className(state(null), 2, 3), "3");
});

test("a class that has a name is called by it", () => {
  const own = state(["I", "see", "you"]);
  own.experiment.loss.classes = ["none", "place", "time"];
  assert.deepEqual([0, 1, 2].map((at) => className(own, at, 3)), ["none", "place", "time"]);
  assert.equal(targetText(own, [0, 1, 0], String), "place");
});

test("a target is a class, or its numbers", () => {
  const own = state(["I", "see", "you"]);
  assert.equal(targetText(own, [0, 0, 1], String), "you");
  assert.equal(targetText(own, [0.5, 0, 0.5], String), "0.5, 0, 0.5");
  assert.equal(targetText(state(["I", "see", "you"], "binary"), [0, 0, 1], String), "0, 0, 1");
});

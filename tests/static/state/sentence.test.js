import assert from "node:assert/strict";
import { test } from "node:test";
import { wordAt, wordOf } from "../../../static/state/sentence.js";
import { experiment, state } from "../scene.js";

const WORDS = { en: { "sequence.other": "other" }, zh: { "sequence.other": "其他" } };
const LEAVE = [1, 0, 0];
const TAIPEI = [0, 1, 0];
const OTHER = [0, 0, 1];

/** @param {number[][]} inputs @param {string[] | null} words */
const reading = (inputs, words, preferred = "en") =>
  state({ preferred, words: WORDS, experiment: experiment({ sequence: { inputs, vocabulary: ["leave", "Taipei"], words } }) });

test("numbers that are no words have none", () => {
  assert.equal(wordAt(state(), 1), null);
  assert.equal(wordOf(state(), 0), null);
  assert.equal(wordAt(reading([[1, 1, 0], [0.5, 0, 0], [0, 0, 0], [1, 0, 0.5]], null), 1), null);
  for (const step of [1, 2, 3, 4, 9]) assert.equal(wordAt(reading([[1, 1, 0], [0.5, 0, 0], [0, 0, 0], [1, 0, 0.5]], null), step), null);
});

test("a code is read back as its word", () => {
  const now = reading([LEAVE, TAIPEI, OTHER], null);
  assert.deepEqual([1, 2, 3].map((step) => wordAt(now, step)), ["leave", "Taipei", "other"]);
  assert.equal(wordAt(reading([OTHER], null, "zh"), 1), "其他");
});

test("a word that is not known stands as it was written, while its numbers are those of any other word", () => {
  assert.equal(wordAt(reading([OTHER], ["Kyoto"]), 1), "Kyoto");
  assert.equal(wordAt(reading([LEAVE], ["Kyoto"]), 1), "leave");
  assert.equal(wordAt(reading([OTHER], ["leave"]), 1), "other");
});

test("each input stands for a word", () => {
  assert.deepEqual([0, 1, 2].map((input) => wordOf(reading([LEAVE], null), input)), ["leave", "Taipei", "other"]);
});

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { recall, recallAnswers, recallSeen, remember, rememberAnswers } from "../../../static/state/preferences.js";

afterEach(() => {
  delete globalThis.localStorage;
  delete globalThis.sessionStorage;
});

test("what a person chose is found again", () => {
  const kept = new Map();
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  remember("theme", "dark");
  assert.equal(recall("theme"), "dark");
  assert.equal(recall("motion"), null);
});

test("a frame without storage is no accident", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse };
  remember("theme", "dark");
  assert.equal(recall("theme"), null);
});

test("answers belong to their lesson and last as long as the tab", () => {
  const kept = new Map();
  globalThis.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  rememberAnswers("cell", { two: { answer: null } });
  assert.deepEqual(recallAnswers("cell"), { two: { answer: null } });
  assert.deepEqual(recallAnswers("other"), {});
  kept.set("unrolled.answers.cell", "{broken");
  assert.deepEqual(recallAnswers("cell"), {});
  delete globalThis.sessionStorage;
  rememberAnswers("cell", {});
  assert.deepEqual(recallAnswers("cell"), {});
});

test("what was read is found again, and nothing else is taken for it", () => {
  const kept = new Map([["unrolled.seen", JSON.stringify({ cell: "done", toy: "begun", other: 3 })]]);
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null };
  assert.deepEqual(recallSeen(), { cell: "done", toy: "begun" });
  for (const broken of ["{broken", "null", "[]"]) {
    kept.set("unrolled.seen", broken);
    assert.deepEqual(recallSeen(), {});
  }
});

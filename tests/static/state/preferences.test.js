import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { recall, remember } from "../../../static/state/preferences.js";

afterEach(() => delete globalThis.localStorage);

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

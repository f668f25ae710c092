import assert from "node:assert/strict";
import { test } from "node:test";
import { createHeld } from "../../../../static/state/training/held.js";

const LONG = [{ task: "adding", equations: `h = x${" + x".repeat(3000)}` }];

function tab() {
  const kept = new Map();
  return { kept, storage: () => ({ setItem: (key, text) => kept.set(key, text), getItem: (key) => kept.get(key) ?? null }) };
}

test("what was too long for a link comes back with that link and with no other", () => {
  const { kept, storage } = tab();
  const held = createHeld(storage);
  const link = held.write(LONG);
  assert.equal(link, "adding,equations:~");
  assert.deepEqual(createHeld(storage).read(link), { all: LONG, cut: [] });
  assert.deepEqual(held.read("recall,equations:~"), { all: [{ task: "recall" }], cut: ["equations"] });
  assert.equal(kept.size, 1);
});

test("a link that says all is not held", () => {
  const { kept, storage } = tab();
  const held = createHeld(storage);
  assert.deepEqual(held.read(held.write([{ task: "adding", units: 8 }])), { all: [{ task: "adding", units: 8 }], cut: [] });
  assert.equal(kept.size, 0);
});

test("a tab that holds nothing says what was left out", () => {
  const refusing = createHeld(() => { throw new Error("denied"); });
  assert.deepEqual(refusing.read(refusing.write(LONG)), { all: [{ task: "adding" }], cut: ["equations"] });
  assert.equal(refusing.read("<>").all, null);
});

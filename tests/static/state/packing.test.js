import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, packedOnce, unpack } from "../../../static/state/packing.js";

test("a record comes back exactly, whatever its words and zeros", () => {
  const record = { name: "记忆 → ÿ", list: [[-0, 0.1 + 0.2], [5e-324, -0]], word: "-0" };
  assert.match(pack(record), /^[\w-]+$/);
  assert.deepEqual(unpack(pack(record)), record);
});

test("one record is packed once", () => {
  const record = { a: 1 };
  const text = packedOnce(record);
  record.a = 2;
  assert.equal(packedOnce(record), text);
});

test("what was not packed is nothing", () => {
  for (const text of ["%%", "abc", "e30x"]) assert.equal(unpack(text), null, text);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../../../static/state/training/record.js";

const packed = (numbers, shape) => ({ shape, f8: Buffer.from(Float64Array.from(numbers).buffer).toString("base64") });

test("bits become numbers again, in their shape", () => {
  const odd = [0.1, -0, 1e300, 5e-324, 1 / 3, 2];
  assert.deepEqual(unpacked(packed(odd, [2, 3])), [[0.1, -0, 1e300], [5e-324, 1 / 3, 2]]);
  assert.deepEqual(unpacked(packed(odd, [6])), odd);
  assert.equal(unpacked(packed([0.1], [])), 0.1);
});

test("what a record of version 1 has stays as it is", () => {
  for (const array of [0.5, [0.5], [[0.5]]]) assert.equal(unpacked(array), array);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { packed as bits, unpacked } from "../../../../static/state/training/record.js";

const packed = (numbers, shape) => ({ shape, f8: Buffer.from(Float64Array.from(numbers).buffer).toString("base64") });

test("bits become numbers again, in their shape", () => {
  const odd = [0.1, -0, 1e300, 5e-324, 1 / 3, 2];
  assert.deepEqual(unpacked(packed(odd, [2, 3])), [[0.1, -0, 1e300], [5e-324, 1 / 3, 2]]);
  assert.deepEqual(unpacked(packed(odd, [6])), odd);
  assert.equal(unpacked(packed([0.1], [])), 0.1);
});

test("numbers become bits, and the same numbers again", () => {
  for (const array of [[[0.1, -0], [1e300, 1 / 3]], [5e-324], 0.25, [Infinity]]) assert.deepEqual(unpacked(bits(array)), array);
  assert.deepEqual(bits([[0.1, -0, 2]]), packed([0.1, -0, 2], [1, 3]));
});

test("what a record of version 1 has stays as it is", () => {
  for (const array of [0.5, [0.5], [[0.5]]]) assert.equal(unpacked(array), array);
});

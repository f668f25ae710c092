import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../../static/net/binary.js";

/** As the server packs it. */
export function pack(header, ...arrays) {
  let text = JSON.stringify(header);
  text += " ".repeat((8 - ((text.length + 4) % 8)) % 8);
  const data = arrays.flat();
  const buffer = new ArrayBuffer(4 + text.length + data.length * 8);
  const view = new DataView(buffer);
  view.setUint32(0, text.length, true);
  new Uint8Array(buffer, 4, text.length).set(new TextEncoder().encode(text));
  data.forEach((value, index) => view.setFloat64(4 + text.length + index * 8, value, true));
  return buffer;
}

const array = (name, ...shape) => ({ name, dtype: "float64", shape });

test("every double comes through as it was", () => {
  const odd = [0.1 + 0.2, 5e-324, -0, Infinity, -Infinity, NaN];
  const [message] = decode(pack({ type: "frames", id: 3, first: 1, count: 6, steps: 6, arrays: [array("c", 6, 1)] }, odd));
  assert.equal(message.id, 3);
  odd.forEach((value, index) => assert.ok(Object.is(message.arrays[0].data[index], value)));
});

test("arrays stand one after the other, totals after them", () => {
  const header = { type: "gradients", id: 1, first: 1, count: 2, steps: 2, arrays: [array("a", 2, 2), array("b", 2, 1)], totals: [array("W", 1, 2)] };
  const [message] = decode(pack(header, [1, 2, 3, 4], [5, 6], [7, 8]));
  assert.deepEqual(message.arrays.map(({ data }) => [...data]), [[1, 2, 3, 4], [5, 6]]);
  assert.deepEqual([...message.totals[0].data], [7, 8]);
  assert.deepEqual(message.totals[0].shape, [1, 2]);
});

test("gradients on the way have no totals, and an empty array is one", () => {
  const [message] = decode(pack({ type: "gradients", id: 1, first: 1, count: 0, steps: 2, arrays: [array("a", 0, 3)] }));
  assert.equal(message.totals, null);
  assert.equal(message.arrays[0].data.length, 0);
});

test("data that do not start at a multiple of eight are read all the same", () => {
  const buffer = pack({ arrays: [array("a", 1)] }, [2.5]);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, buffer.byteLength - 12)).trimEnd();
  const odd = new ArrayBuffer(4 + text.length + 8);
  new DataView(odd).setUint32(0, text.length, true);
  new Uint8Array(odd, 4).set(new TextEncoder().encode(text));
  new DataView(odd).setFloat64(4 + text.length, 2.5, true);
  assert.equal(decode(odd)[0].arrays[0].data[0], 2.5);
});

test("a picture is float32, wherever it starts", () => {
  const buffer = pack({ arrays: [{ name: "a", dtype: "float32", shape: [1, 2] }] }, [0]);
  const view = new DataView(buffer);
  view.setFloat32(buffer.byteLength - 8, 0.5, true);
  view.setFloat32(buffer.byteLength - 4, -Infinity, true);
  const { data } = decode(buffer)[0].arrays[0];
  assert.ok(data instanceof Float32Array);
  assert.deepEqual([...data], [0.5, -Infinity]);
});

test("what does not fit together is refused", () => {
  assert.throws(() => decode(pack({ arrays: [array("a", 9)] }, [1])), RangeError);
  assert.throws(() => decode(pack({ arrays: [{ name: "a", dtype: "int8", shape: [1] }] }, [1])), /int8/);
});

test("several messages in one, each from a multiple of eight on", () => {
  const picture = new Uint8Array(pack({ type: "frames", id: 4, arrays: [{ name: "a", dtype: "float32", shape: [1, 1] }] }, [0]));
  const end = new Uint8Array(pack({ type: "done", id: 4, lane: "main", kind: "run" }));
  const both = new Uint8Array(picture.length + end.length);
  both.set(picture);
  both.set(end, picture.length);
  const [first, second, ...more] = decode(both.buffer);
  assert.deepEqual([...first.arrays[0].data], [0]);
  assert.deepEqual(second, { type: "done", id: 4, lane: "main", kind: "run" });
  assert.equal(more.length, 0);
});

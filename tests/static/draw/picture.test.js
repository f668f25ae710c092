import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, shade } from "../../../static/draw/picture.js";
import { document } from "../canvas.js";

const counted = { signed: Uint32Array.from({ length: 256 }, (_, index) => index), gate: new Uint32Array(256), gradient: new Uint32Array(256) };
const numbers = { data: Float32Array.of(1, -1, 0, 0, -1, 1), first: 4, steps: 3, units: 2 };

test("time runs to the right, units run down", () => {
  const pixels = new Uint32Array(6);
  shade(numbers, "signed", 1, counted, pixels);
  assert.deepEqual([...pixels], [253, 127, 1, 1, 127, 253]);
});

test("a long sequence is turned as a short one is", () => {
  const [steps, units] = [37, 5];
  const data = Float32Array.from({ length: steps * units }, (_, at) => ((at % 251) - 125) / 126);
  const pixels = new Uint32Array(data.length);
  shade({ data, first: 1, steps, units }, "signed", 1, counted, pixels);
  for (let at = 0; at < data.length; at++) assert.equal(pixels[(at % units) * steps + Math.floor(at / units)], Math.round(127 + 126 * data[at]));
});

test("pixels are made once for the same numbers", () => {
  const own = picture(document);
  const target = document.createElement("canvas").getContext("2d");
  const node = { made: 0 };
  own.update(numbers, "signed", 1, counted);
  own.paint(target, { x: 10, y: 20, width: 30, height: 40 });
  const [[name, canvas, ...place]] = target.calls;
  assert.deepEqual([name, ...place], ["drawImage", 10, 20, 30, 40]);
  assert.deepEqual([canvas.width, canvas.height, target.imageSmoothingEnabled], [3, 2, false]);
  const { calls } = canvas.getContext("2d");
  node.made = calls.length;
  own.update({ ...numbers, first: 5 }, "signed", 1, counted);
  assert.equal(calls.length, node.made);
  own.update(numbers, "signed", 2, counted);
  assert.equal(calls.length, node.made + 1);
});

test("what is smaller than a pixel is averaged, and nothing is drawn of nothing", () => {
  const own = picture(document);
  const target = document.createElement("canvas").getContext("2d");
  own.paint(target, { x: 0, y: 0, width: 9, height: 9 });
  own.update({ ...numbers, data: new Float32Array(0), steps: 0 }, "signed", 1, counted);
  own.paint(target, { x: 0, y: 0, width: 9, height: 9 });
  assert.equal(target.calls.length, 0);
  own.update(numbers, "signed", 1, counted);
  own.paint(target, { x: 0, y: 0, width: 2, height: 9 });
  assert.equal(target.imageSmoothingEnabled, true);
});

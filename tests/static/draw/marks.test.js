import assert from "node:assert/strict";
import { test } from "node:test";
import { marks } from "../../../static/draw/marks.js";
import { document } from "../canvas.js";

const box = (left, right, top, bottom) => ({ left, right, top, bottom });
const token = (name) => name;

test("the present step is framed, what comes later is pale, what is hidden is covered", () => {
  const context = document.createElement("canvas").getContext("2d");
  marks(context, { width: 100, height: 50 }, token, { present: box(10, 14, 1, 49), later: box(14, 100, 0, 50), hidden: [box(30, 100, 0, 20)], pointed: null });
  assert.deepEqual(context.calls, [
    ["clearRect", 0, 0, 100, 50], ["fillRect", 14, 0, 86, 50], ["fillRect", 30, 0, 70, 20], ["strokeRect", 8, -1, 8, 52], ["strokeRect", 9.5, 0.5, 5, 49],
  ]);
  assert.equal(context.globalAlpha, 1);
});

test("the place pointed at has a frame of its own", () => {
  const context = document.createElement("canvas").getContext("2d");
  marks(context, { width: 100, height: 50 }, token, { present: box(10, 14, 1, 49), later: null, hidden: [], pointed: box(20, 24, 5, 8) });
  assert.deepEqual(context.calls.at(-1), ["strokeRect", 18.5, 3.5, 7, 6]);
  assert.equal(context.strokeStyle, "--ink");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LANES, laneMark } from "../../../static/draw/lanemark.js";
import { document } from "../paper.js";

test("each lane has a colour and a dash that no other has", () => {
  assert.equal(new Set(LANES.map(({ token }) => token)).size, LANES.length);
  assert.equal(new Set(LANES.map(({ dash }) => dash.join())).size, LANES.length);
});

test("a mark is a piece of the lane's line", () => {
  const [line] = laneMark(document, 1).children;
  assert.deepEqual(["stroke", "stroke-dasharray"].map((name) => line.getAttribute(name)), ["var(--matrix-2)", "9 4"]);
});

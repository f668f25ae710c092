import assert from "node:assert/strict";
import { test } from "node:test";

import { tap } from "../../../static/draw/tap.js";
import { document } from "../paper.js";

const painted = (share, paint, turned = false) => {
  const node = document.createElementNS("", "g");
  tap(document, node, { ring: 23, disc: 16, share, turned }).paint({ known: true, bound: 1, unit: 0, whole: false, ...paint });
  const [half] = node.all("half");
  return { node, x: Number(half.getAttribute("x")), width: Number(half.getAttribute("width")) };
};

test("the opening is the part on the side to which it goes", () => {
  const { x, width } = painted("kept", { value: () => 0.25 });
  assert.deepEqual([x, width], [8, 8]);
  const other = painted("written", { value: () => 0.25 });
  assert.deepEqual([other.x, other.width], [-16, 8]);
  assert.deepEqual([painted("kept", { value: () => 0.25 }, true).x, painted("written", { value: () => 0.25 }, true).x], [-16, 8], "turned round");
});

test("nothing is open where the opening is not a number or is hidden", () => {
  assert.equal(painted("kept", { value: () => NaN }).width, 0);
  const { node, width } = painted("kept", { value: () => 1, known: false });
  assert.deepEqual([width, node.classList.contains("is-hidden")], [0, true]);
});

test("each disc is cut out by a circle of its own", () => {
  const ids = [0, 1].map(() => painted("kept", { value: () => 1 }).node.all("clipPath")[0].getAttribute("id"));
  assert.notEqual(ids[0], ids[1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { level, order, settle, straighten } from "../../../static/draw/heights.js";
import { attached, extent } from "../../../static/draw/noderoom.js";

const spot = (/** @type {string} */ id, /** @type {number} */ rank) =>
  /** @type {any} */ ({ id, node: { id, kind: "op", role: null, op: "add", name: id, label: "+" }, units: 1, type: 1, rank, y: 0, before: [], after: [] });
const join = (/** @type {any} */ from, /** @type {any} */ to) => {
  from.after.push(to);
  to.before.push(from);
};

test("wires that would cross do not where the order of a column can be changed", () => {
  const [a, b, c, d] = [spot("a", 0), spot("b", 0), spot("c", 1), spot("d", 1)];
  join(a, d);
  join(b, c);
  const columns = [[a, b], [c, d]];
  order(columns);
  assert.equal(columns[0].indexOf(a) < columns[0].indexOf(b), columns[1].indexOf(d) < columns[1].indexOf(c));
});

test("nothing stands in another's room, and what is alone stands beside its neighbours", () => {
  const left = ["a", "b", "c"].map((id) => spot(id, 0));
  const right = spot("d", 1);
  for (const each of left) join(each, right);
  settle([left, [right]]);
  left.slice(1).forEach((each, index) => assert.ok(each.y - left[index].y >= extent(each).height - 1e-9));
  assert.ok(Math.abs(right.y - left[1].y) < 1e-9);
});

test("a wire that passes several columns does so at one height where it is free", () => {
  const bend = (/** @type {number} */ rank, /** @type {number} */ y) => ({ ...spot(`bend${rank}`, rank), node: null, y });
  const [from, one, two, to] = [spot("a", 0), bend(1, 10), bend(2, -10), spot("b", 3)];
  straighten([[from, one, two, to]], [[from], [one], [two], [to]]);
  assert.equal(one.y, two.y);
});

test("what one thing alone is read by stands level with it, so that their wire has no bend, if nothing is in its way", () => {
  const [product, sum, other] = [spot("a", 0), spot("b", 1), spot("c", 1)];
  product.node.op = "mul";
  join(product, sum);
  [sum.y, other.y] = [9, 60];
  level([[product], [sum, other]]);
  assert.equal(attached(sum), attached(product));
  [sum.y, other.y] = [9, -30];
  level([[product], [other, sum]]);
  assert.equal(sum.y, 9);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { balanced } from "../../../static/draw/ranks.js";
import { DIAGRAM } from "../paper.js";

const node = (/** @type {string} */ id, kind = "op") => ({ id, kind, role: "", op: kind === "op" ? "add" : "", name: id, label: "+" });
const edge = ([from, to]) => ({ from, to, name: from });
const HOW = { units: () => 1, type: 1, aspect: Infinity };

test("everything stands right of what it reads, and weights right before their readers", () => {
  const nodes = [...DIAGRAM.nodes, { id: "p", kind: "parameter", role: "parameter", op: "", name: "p" }];
  const edges = [...DIAGRAM.edges, { from: "p", to: "y/", name: "p" }];
  const ranks = balanced(nodes, edges, HOW)[0];
  for (const { from, to } of edges) assert.ok(ranks.get(from) < ranks.get(to), `${from} ${to}`);
  assert.equal(ranks.get("p"), ranks.get("y/") - 1);
});

test("what is read late is not crowded into the first column", () => {
  const nodes = [node("x", "input"), ...["a", "b", "c", "d", "e", "f", "g"].map((id) => node(id)), node("h", "value")];
  const edges = [["x", "a"], ["x", "b"], ["x", "c"], ["x", "d"], ["a", "e"], ["b", "e"], ["e", "f"], ["c", "f"], ["f", "g"], ["d", "g"], ["g", "h"]].map(edge);
  const ranks = balanced(nodes, edges, HOW)[0];
  assert.ok(ranks.get("d") > ranks.get("a"));
  const counts = [...ranks.values()].reduce((all, rank) => all.set(rank, (all.get(rank) ?? 0) + 1), new Map());
  assert.ok(Math.max(...counts.values()) <= 3);
});

test("without room, as in a page that is not shown, there is an order too", () => {
  for (const aspect of [0, NaN]) assert.equal(balanced(DIAGRAM.nodes, DIAGRAM.edges, { ...HOW, aspect })[0].size, DIAGRAM.nodes.length);
});

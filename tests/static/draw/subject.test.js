import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, factorText, gateWord, isReadout, roleOf, subjectOf, turnOf } from "../../../static/draw/subject.js";
import { LAYER, sources } from "../paper.js";

test("a layer alone", () => {
  const subject = subjectOf(sources().network, "gate");
  assert.equal(subject.layer, LAYER);
  assert.equal(subject.readout, null);
  assert.equal(turnOf(subject, "x"), -1);
  assert.equal(turnOf(subject, "c/0"), 4);
  assert.equal(addressOf(subject, subject.nodes.find((node) => node.id === "c"), (name) => `full.${name}`), "full.c");
  assert.equal(addressOf(subject, subject.nodes.find((node) => node.id === "c/"), (name) => name), null);
});

test("a readout stands on top of its layer", () => {
  const { network } = sources();
  network.layers.push({ address: "main.readout.forward", part: "main", layer: "readout", program: "out" });
  network.programs.out = { output: "s", inputs: [{ name: "y" }], equations: [{ target: "s" }] };
  const subject = subjectOf(network, "gate");
  assert.ok(subject.edges.some((edge) => edge.from === "y" && edge.to === "s"));
  assert.ok(isReadout(subject, "s"));
  assert.equal(isReadout(subject, "c"), false);
  assert.equal(turnOf(subject, "s"), 6);
  assert.equal(addressOf(subject, subject.nodes.at(-1), (name) => name), "main.readout.forward.s");
});

test("an argument that only hands on is left out", () => {
  const { network } = sources();
  network.diagrams.cell.operation = {
    nodes: [{ id: "f:in/", kind: "op", op: "add" }, { id: "f:in", kind: "value", op: "" }, { id: "f", kind: "value", op: "sigmoid" }],
    edges: [{ from: "f:in/", to: "f:in", name: "f:in/" }, { from: "f:in", to: "f", name: "f:in" }],
  };
  assert.deepEqual(subjectOf(network, "operation").edges, [{ from: "f:in/", to: "f", name: "f:in/" }]);
});

test("kept memory keeps the memory's colour, a gated value the value's", () => {
  const subject = subjectOf(sources().network, "gate");
  assert.equal(roleOf(subject, "c/0"), "state");
  assert.equal(roleOf(subject, "c/1"), "value");
  assert.equal(roleOf(subject, "y/"), "output");
  assert.equal(roleOf(subject, "f"), "gate");
});

test("a gate says what its opening means; the forget gate says what becomes of the memory", () => {
  const gate = (/** @type {string} */ label) => /** @type {any} */ ({ label });
  assert.deepEqual([1, 0.5, 0].map((opening) => gateWord(gate("input gate"), opening)), ["open", "part", "shut"]);
  for (const label of ["forget gate", "forget factor"]) {
    assert.deepEqual([1, 0.5, 0].map((opening) => gateWord(gate(label), opening)), ["open-keep", "part-keep", "shut-forget"]);
  }
});

test("an operation with a weight or a number is one thing, and only what changes has a wire", () => {
  const { network } = sources();
  const given = (id, kind) => ({ id, kind, name: kind === "number" ? "" : id, label: kind === "number" ? "2" : id });
  network.diagrams.cell.operation = {
    nodes: [given("number 2", "number"), given("W", "parameter"), given("b", "parameter"), given("x", "input"),
      { id: "a/0", kind: "op", op: "matmul" }, { id: "a/1", kind: "op", op: "mul" }, { id: "a/", kind: "op", op: "sub" }, { id: "s/0", kind: "op", op: "add" }],
    edges: [["W", "a/0"], ["x", "a/0"], ["number 2", "a/1"], ["b", "a/1"], ["number 2", "a/"], ["a/0", "a/"], ["a/", "s/0"], ["a/1", "s/0"]].map(([from, to]) => ({ from, to, name: from })),
  };
  const { nodes, edges } = subjectOf(network, "operation");
  assert.deepEqual(nodes.map(({ id, label }) => [id, label]), [["x", "x"], ["a/0", "W ·"], ["a/", "2 −"], ["s/0", "+ (2 × b)"]]);
  assert.deepEqual(edges.map(({ from, to }) => `${from} ${to}`), ["x a/0", "a/0 a/", "a/ s/0"]);
  assert.equal(addressOf(subjectOf(network, "operation"), nodes[1], (name) => `full.${name}`), "full.W");
});

test("a sum of sums is one sum", () => {
  const { network } = sources();
  const node = (id, kind, op) => ({ id, kind, op, name: kind === "op" ? "" : id, label: kind === "op" ? "+" : id });
  network.diagrams.cell.operation = {
    nodes: [node("x", "input"), node("h_prev", "before"), node("b", "parameter"), node("s/0", "op", "add"), node("s/", "op", "add"), node("s", "value")],
    edges: [["x", "s/0"], ["h_prev", "s/0"], ["s/0", "s/"], ["b", "s/"], ["s/", "s"]].map(([from, to]) => ({ from, to, name: from })),
  };
  const { nodes, edges } = subjectOf(network, "operation");
  assert.deepEqual(edges.map(({ from, to }) => `${from} ${to}`), ["x s/", "h_prev s/", "s/ s"]);
  assert.equal(nodes.find(({ id }) => id === "s/")?.label, "+ b");
});

test("what goes into a product, in letters", () => {
  const node = (id, kind, label = "") => ({ id, kind, label, name: kind === "op" ? "" : id });
  const subject = /** @type {any} */ ({
    nodes: [node("z", "value"), node("h/1.0", "op", "1 −"), node("g/", "op", "− 2"), node("W_h", "value"), node("h/", "op", "×")],
    edges: [{ from: "z", to: "h/1.0" }, { from: "z", to: "g/" }, { from: "z", to: "h/" }, { from: "W_h", to: "h/" }],
  });
  assert.deepEqual(["z", "h/1.0", "g/", "W_h"].map((id) => factorText(subject, id)), ["z", "(1 − z)", "(z − 2)", "W"]);
});

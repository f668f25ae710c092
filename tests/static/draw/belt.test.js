import assert from "node:assert/strict";
import { test } from "node:test";

import { belt, isBlock, isMixer } from "../../../static/draw/belt.js";
import { drawingFor, drawingsOf } from "../../../static/draw/layouts.js";
import { DIAGRAMS } from "../diagrams.js";

const read = (name) => belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);

test("an LSTM: what keeps, what writes, what leaves", () => {
  const found = read("lstm");
  assert.deepEqual([found.memory, found.before, found.sum], ["c", "c_prev", "c/"]);
  assert.deepEqual(found.kept, { product: "c/0", box: null, factor: { gate: "f", via: null, chain: [] } });
  assert.deepEqual({ ...found.written }, { product: "c/1", factor: { gate: "i", via: null, chain: [] }, box: null, value: "g", chain: [], made: [], reset: null });
  assert.deepEqual(found.out, { value: "h", product: "h/", gate: "o", chain: ["h:tanh"], from: "c", box: null, readout: null });
});

test("a layer of its own that reads what leaves an LSTM stands behind it", () => {
  const { nodes, edges } = DIAGRAMS.lstm;
  const read = { nodes: [...nodes, { id: "y", kind: "value", name: "y", op: null, role: "output", label: null, of: "y" }], edges: [...edges, { from: "h", to: "y", name: "h" }] };
  const found = belt(read.nodes, read.edges);
  assert.deepEqual([found.out.value, found.out.gate, found.out.readout], ["h", "o", "y"]);
  assert.deepEqual(drawingsOf(read), ["conveyor"]);
  const { places, width } = drawingFor(read, { kind: "conveyor", units: 16, narrow: false, aspect: 1.5 });
  assert.ok(places.y.x > places.h.x + 60 && places.y.x + places.y.width / 2 < width);
});

test("a GRU: one gate keeps and writes, another resets what the candidate reads", () => {
  const found = read("gru");
  assert.deepEqual(found.kept.factor, { gate: "z", via: null, chain: [] });
  assert.equal(found.written.factor.gate, "z");
  assert.ok(found.written.factor.via);
  assert.equal(found.written.reset.gate, "r");
  assert.deepEqual([found.written.reset.sum, found.written.reset.old, found.out], [null, [], null]);
  const flipped = read("gru-flipped");
  assert.ok(flipped.kept.factor.via && !flipped.written.factor.via);
});

test("reset after the matrix: the matrix and its bias come before the gate", () => {
  const { reset, chain } = read("gru-reset-after").written;
  const op = (id) => DIAGRAMS["gru-reset-after"].nodes.find((node) => node.id === id).label;
  assert.deepEqual(reset.old.map(op), ["U_n ·", "+ d_n"]);
  assert.deepEqual(reset.fresh.map(op), ["W_n ·", "+ b_n"]);
  assert.ok(reset.sum);
  assert.deepEqual(chain, []);
});

test("products with names of their own, and what is read instead of the memory", () => {
  const { kept, written, out } = read("lstm-use-gate");
  assert.deepEqual([kept.box, written.box, out.box, out.from], ["k", "l", "u", "k"]);
  assert.deepEqual(read("lstm-1997").out.chain.length, 3);
  assert.deepEqual(read("lstm-1997").written.chain.length, 3);
  assert.equal(read("lstm-no-forget").kept.product, null);
});

test("constants keep and write a context", () => {
  const { memory, kept, written, out } = read("scrn");
  assert.deepEqual([memory, kept.product, kept.factor.chain.length, written.chain.length, out.value], ["s", null, 1, 2, "h"]);
});

test("a clock keeps what it does not write", () => {
  const { kept, written } = read("clockwork-rnn");
  assert.deepEqual([kept.factor.gate, written.factor.gate, Boolean(kept.factor.via), written.reset], ["m", "m", true, null]);
});

test("what is no such memory is none", () => {
  for (const name of ["feed-forward", "simple-rnn", "elman", "jordan"]) assert.equal(read(name), null);
  const { nodes, edges } = DIAGRAMS.lstm;
  assert.equal(belt(nodes, edges.filter(({ to }) => to !== "c/")), null);
  assert.equal(belt([], []), null);
});

test("one gate that keeps and writes is a mixer, also where the other is made of it; a block has a gate for each", () => {
  const kinds = (name) => [isBlock(read(name)), isMixer(read(name))];
  assert.deepEqual(["lstm", "gru", "lstm-coupled", "lstm-long-short", "scrn"].map(kinds), [[true, false], [false, true], [false, true], [false, false], [false, false]]);
});

test("what reads the candidate's reset otherwise is no mixer", () => {
  const { nodes, edges } = DIAGRAMS.gru;
  const other = edges.map((edge) => (edge.to === "n:in/0.1.1" && edge.from === "h_prev" ? { ...edge, from: "x" } : edge));
  assert.equal(isMixer(belt(nodes, other)), false);
});

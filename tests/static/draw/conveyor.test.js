import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { conveyor } from "../../../static/draw/conveyor.js";
import { operationHalf } from "../../../static/draw/places.js";
import { crossings, DIAGRAMS } from "../diagrams.js";

const drawn = (name, units = 3) => {
  const { nodes, edges } = DIAGRAMS[name];
  const wide = (id) => {
    const node = nodes.find((one) => one.id === id);
    return operationHalf(node.op, node.kind === "op" ? node.label : null);
  };
  return conveyor(belt(nodes, edges), { units, wide });
};
const BELTS = Object.keys(DIAGRAMS).filter((name) => belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges));

test("no two of the thick wires cross", () => {
  assert.ok(BELTS.length >= 15);
  for (const name of BELTS) assert.deepEqual(crossings(drawn(name).wires.filter(({ stub }) => !stub)), [], name);
});

test("time goes to the right: the old memory, the sum, the new memory, what leaves", () => {
  for (const name of BELTS) {
    const { memory, before, sum, out } = belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);
    const { places } = drawn(name);
    const order = [before, sum, memory, ...(out ? [out.value] : [])].map((id) => places[id].x);
    assert.deepEqual(order, [...order].sort((a, b) => a - b), name);
    assert.equal(places[before].y, places[memory].y, name);
  }
});

test("what a gate reads comes from rails of its own, each with its name", () => {
  const { wires, notes, places } = drawn("lstm-full-peephole");
  const stubs = wires.filter(({ stub }) => stub);
  assert.equal(stubs.length, 12);
  assert.deepEqual(notes.filter(({ stub }) => stub).map(({ stub }) => stub), ["x", "h_prev", "c_prev"]);
  assert.equal(places.c_prev.shape, "state");
  assert.equal(places.h_prev.shape, "port");
  const peephole = drawn("lstm-peephole").wires.find(({ from, to }) => from === "c" && to === "o");
  assert.ok(peephole && !peephole.stub, "the output gate sees the new memory");
});

test("more units make higher boxes", () => {
  assert.ok(drawn("clockwork-rnn", 6).places.h.height > drawn("clockwork-rnn", 3).places.h.height);
});

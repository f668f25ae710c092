import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { conveyor } from "../../../static/draw/conveyor.js";
import { operationHalf } from "../../../static/draw/places.js";
import { crossings, DIAGRAMS } from "../diagrams.js";

const drawn = (name, units = 3, room = {}) => {
  const { nodes, edges } = DIAGRAMS[name];
  const wide = (id) => {
    const node = nodes.find((one) => one.id === id);
    return operationHalf(node.op, node.kind === "op" ? node.label : null);
  };
  return conveyor(belt(nodes, edges), { units, wide, ...room });
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
  assert.deepEqual(notes.filter(({ stub }) => stub).map(({ stub }) => stub), ["c_prev"]);
  assert.deepEqual(["c_prev", "x", "h_prev"].map((id) => places[id].shape), ["state", "state", "state"]);
  const peephole = drawn("lstm-peephole").wires.find(({ from, to }) => from === "c" && to === "o");
  assert.ok(peephole && !peephole.stub, "the output gate sees the new memory");
});

test("up to four units have room for their digits; what has more is a column of colour, as high however many there are", () => {
  const height = (units) => drawn("lstm", units).places.c.height;
  assert.ok(height(2) < height(3) && height(3) < height(4));
  for (const units of [2, 3, 4]) assert.ok((height(units) - 8 - 2 * (units - 1)) / units >= 16);
  assert.ok(height(8) < height(4));
  assert.equal(height(8), height(100));
});

test("a high card has higher columns and wider gaps, as far as that helps; one that is wide has the lowest drawing", () => {
  const [low, high, higher] = [Infinity, 2.2, 1].map((aspect) => drawn("lstm", 3, { aspect }));
  assert.deepEqual(drawn("lstm", 3, { aspect: 5 }), low);
  assert.ok(Math.abs(high.width / high.height - 2.2) < 0.08, String(high.width / high.height));
  assert.ok(high.places.c.height > low.places.c.height && higher.places.c.height >= high.places.c.height);
  assert.ok(higher.width / higher.height > 1.2, "it is not drawn apart without end");
});

test("what is said of the old memory stands beside it, right of its box and left of the first product", () => {
  for (const name of BELTS) {
    const found = belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);
    const { places } = drawn(name);
    const { x, y, width, label } = places[found.before];
    assert.ok(label.anchor === "start" && label.x > x + width / 2 && label.y > y, name);
    if (found.kept.product) assert.ok(places[found.kept.product].x - label.x > 70, name);
  }
});

test("what is read stands as a column at the foot, and its line reaches the gate", () => {
  const { wires, places } = drawn("lstm");
  for (const { to, d } of wires.filter(({ stub }) => stub)) {
    assert.equal(Number(/V([\d.]+)$/.exec(d)?.[1]), places[to].y + places[to].height / 2 + 1);
  }
});

test("the words of a gate have room until its neighbour's lines", () => {
  const { places } = drawn("lstm");
  assert.equal(places.i.label.room, places.g.x - places.i.x - 20);
  assert.equal(places.o.label.room, undefined);
});

test("a band lies below the memory's line from its old value to where it goes", () => {
  const { band, places } = drawn("lstm");
  assert.ok(band && band.d.startsWith(`M${places.c_prev.x} ${places.c_prev.y} H`));
});

test("every product says by what it multiplies on the way back", () => {
  assert.deepEqual(drawn("lstm").notes.filter(({ slope }) => slope).map(({ slope }) => slope).sort(),
    ["c h:tanh", "c_prev c/0", "f c/0", "g c/1", "h:tanh h/", "i c/1", "o h/"]);
});

test("what the gate of what leaves multiplies by ends before what leaves", () => {
  for (const type of [1, 1.25, 1.5]) {
    const { places, notes } = drawn("lstm", 3, { type });
    const { x, room } = notes.find(({ slope }) => slope === "o h/");
    const edge = places.h.x - places.h.width / 2;
    assert.ok(room >= 6 && (type > 1.25 || x + 7.5 * type * (room + 1) <= edge), String(type));
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { belt, isMixer } from "../../../static/draw/belt.js";
import { mixer } from "../../../static/draw/mixer.js";
import { crossings, DIAGRAMS } from "../diagrams.js";

const beltOf = ({ nodes, edges }) => belt(nodes, edges);
const drawn = (name, more = {}) => mixer(beltOf(DIAGRAMS[name]), { units: 3, narrow: false, wide: () => 16, ...more });
const MIXERS = Object.keys(DIAGRAMS).filter((name) => beltOf(DIAGRAMS[name]) && isMixer(beltOf(DIAGRAMS[name])));
const wires = (drawing) => drawing.wires.map(({ from, to }) => `${from} ${to}`);

test("cells in which one gate shares out, or makes the other", () => {
  assert.deepEqual(MIXERS.sort(), ["clockwork-rnn", "gru", "gru-flipped", "gru-reset-after", "lstm-coupled", "minimal-gated"]);
});

test("no two wires cross, on a wide card and on a telephone, whatever the units", () => {
  for (const name of MIXERS) for (const narrow of [false, true]) for (const units of [1, 3, 6]) assert.deepEqual(crossings(drawn(name, { narrow, units }).wires), [], name);
});

test("the gate stands below the sum, what is new on its left and what is old on its right", () => {
  for (const narrow of [false, true]) {
    const { z, n, h, "h/": sum, "h/0": old, "h/1": fresh } = drawn("gru", { narrow }).places;
    assert.ok(h.y < sum.y && sum.y < z.y && z.x === sum.x);
    assert.ok(n.x < fresh.x && fresh.x < sum.x && sum.x < old.x && old.y === sum.y && fresh.y === sum.y);
  }
});

test("the opening of the gate lies on the side to which it leads straight, 1 minus it on the other", () => {
  for (const [name, share, via, side] of /** @type {[string, string, string, number][]} */ ([["gru", "kept", "h/1.0", -1], ["gru-flipped", "written", "h/0.0", 1]])) {
    const { z, [via]: rest } = drawn(name).places;
    assert.deepEqual([z.tap, z.share, Math.sign(rest.x - z.x)], [true, share, side], name);
  }
});

test("the gate that resets stands where the old memory goes around, on its way into what is new", () => {
  const { places, wires: all } = drawn("gru");
  const reset = places["n:in/0.1.1"];
  assert.ok(reset.x > places["h/0"].x && places.r.x > reset.x && reset.y === places.r.y);
  assert.match(all.find(({ from, to }) => from === "n:in/0.1.1" && to === "n").d, new RegExp(`^M${reset.x} `));
});

test("reset after the matrix: the matrix and its bias come before the gate, the input's before the sum", () => {
  for (const narrow of [false, true]) {
    const { places, wires: all } = drawn("gru-reset-after", { narrow });
    const heights = ["n:in/1.1.0", "n:in/1.1", "n:in/1"].map((id) => places[id].y);
    assert.deepEqual(heights, [...heights].sort((a, b) => a - b));
    assert.equal(all.find(({ from, to }) => from === "x" && to === "n:in/0.0").stub, true);
  }
});

test("one gate that both mixes and resets lets out three lines", () => {
  assert.deepEqual(wires(drawn("minimal-gated")).filter((wire) => wire.startsWith("f ")).sort(), ["f h/0.0", "f h/1", "f n:in/0.1.1"]);
});

test("a gate made of the other stands between it and its product, with what leaves above", () => {
  const { f, i, c, h, o, "f/": rest, "c/0": kept } = drawn("lstm-coupled").places;
  assert.ok(i.x < rest.x && rest.x < f.x && f.x === kept.x && f.keeps === true && i.share === "written");
  assert.ok(o.y < c.y && h.y === o.y);
});

test("also where what is written is made of what keeps", () => {
  const swapped = JSON.parse(JSON.stringify(DIAGRAMS["lstm-coupled"]).replaceAll('"f/"', '"?"').replaceAll('"f"', '"#"').replaceAll('"i"', '"f"').replaceAll('"#"', '"i"').replaceAll('"?"', '"i/"'));
  const edges = swapped.edges.map((edge) => (edge.to === "c/0" && edge.from === "i" ? { ...edge, from: "f" } : edge.to === "c/1" && edge.from === "f" ? { ...edge, from: "i" } : edge));
  const found = beltOf({ ...swapped, edges });
  assert.ok(isMixer(found));
  const { f, i } = mixer(found, { units: 3, narrow: false, wide: () => 16 }).places;
  assert.ok(i.x < f.x && f.share === "kept");
});

test("every product says by what it multiplies on the way back, and the memory goes on to the next step", () => {
  const { notes } = drawn("gru");
  assert.deepEqual(notes.filter(({ slope }) => slope).map(({ slope }) => slope).sort(),
    ["h/1.0 h/1", "h_prev h/0", "h_prev n:in/0.1.1", "n h/1", "r n:in/0.1.1", "z h/0"]);
  assert.deepEqual(notes.filter(({ onward }) => onward).map(({ onward }) => onward), ["h"]);
  assert.deepEqual(drawn("lstm-coupled").notes.filter(({ onward }) => onward).map(({ onward }) => onward), ["h"]);
});

test("a readout stands above the memory", () => {
  const { nodes, edges } = DIAGRAMS.gru;
  const read = { nodes: [...nodes, { id: "y", kind: "value", role: "output", op: "", name: "y", label: null }], edges: [...edges, { from: "h", to: "y", name: "h" }] };
  const { places } = mixer(beltOf(read), { units: 3, narrow: false, wide: () => 16 });
  assert.ok(places.y.y < places.h.y);
});

test("on a telephone what is new has room for its words, and the edge for the names of what is read", () => {
  const { places, side } = drawn("gru-reset-after", { narrow: true });
  assert.ok(places["n:in/0"].x - places.n.x >= 80);
  assert.ok(side >= 10);
});

test("a telephone has a narrow drawing", () => {
  for (const name of MIXERS) assert.ok(drawn(name, { narrow: true }).width < 440, name);
});

test("the names of what is read below a gate are on the paper, whatever the units", () => {
  for (const name of MIXERS) for (const narrow of [false, true]) for (const units of [1, 3, 8, 16]) {
    const drawing = drawn(name, { narrow, units });
    const lowest = Math.max(...drawing.notes.filter(({ stub }) => stub).map(({ y }) => y));
    assert.ok(lowest < drawing.height, `${name} ${units}`);
  }
});

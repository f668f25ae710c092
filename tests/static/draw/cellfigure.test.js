import assert from "node:assert/strict";
import { test } from "node:test";

import { cellFigure, paintWire, travel } from "../../../static/draw/cellfigure.js";
import { drawingFor } from "../../../static/draw/layouts.js";
import { DIAGRAM, LAYER, document } from "../paper.js";

const how = {
  address: (node) => (node.kind === "op" ? null : `${LAYER}.${node.id}`), units: () => 1,
  nameOf: (wire) => (wire.name.includes("/") ? null : `${LAYER}.${wire.name}`), roleOf: () => "state",
};
const figure = cellFigure(document, drawingFor(DIAGRAM, { kind: "valves", units: 1, narrow: false, aspect: 1.8 }), DIAGRAM.nodes, how);

test("everything that stands for a symbol carries its address", () => {
  const named = figure.places.filter(({ node }) => node.kind === "value");
  for (const { node, group } of named) assert.equal(group.getAttribute("data-name"), `${LAYER}.${node.id}`);
  assert.equal(figure.wires.find(({ wire }) => wire.from === "f").node.getAttribute("data-name"), `${LAYER}.f`);
});

test("much is thick, nothing dotted; going back there is an arrow", () => {
  const wire = figure.wires.find(({ wire: one }) => one.from === "c_prev");
  paintWire(wire, { flow: 1, reach: "lit", back: false });
  assert.equal(wire.path.style.values["stroke-width"], "6.2");
  paintWire(wire, { flow: 0, reach: "later", back: false });
  assert.ok(wire.node.classList.contains("is-none") && wire.node.classList.contains("is-later"));
  paintWire(wire, { flow: 0.5, reach: "present", back: true });
  assert.equal(wire.path.getAttribute("marker-start"), "url(#cell-back)");
});

test("movement goes in phases, and the other way round going back", () => {
  const runs = [];
  for (const { wire, pulse } of figure.wires) pulse.animate = (frames, { delay }) => runs.push([wire.stub ? "stub" : wire.from.includes("/") ? "out" : "in", delay, frames[0].strokeDashoffset]);
  travel(figure.wires, { duration: 300, back: false });
  assert.ok(runs.every(([kind, delay]) => delay === { stub: 0, in: 100, out: 200 }[kind]));
  runs.length = 0;
  travel(figure.wires, { duration: 300, back: true });
  assert.ok(runs.every(([kind, delay, start]) => delay === { stub: 200, in: 100, out: 0 }[kind] && start === -100));
});

test("notes have subscripts, and a number below where there is room", () => {
  const { notes } = cellFigure(document, { width: 9, height: 9, places: {}, wires: [], notes: [{ onward: "c", drop: 30, x: 1, y: 2, anchor: "end" }] }, [], how);
  notes[0].paint("W_h h", "0.5", 1);
  const [word, number] = notes[0].node.children;
  assert.equal(word.textContent, "Wh h");
  assert.deepEqual(word.all("sub").map((node) => node.textContent), ["h"]);
  assert.deepEqual([number.tag, number.getAttribute("y"), number.textContent], ["text", "32", "0.5"]);
});

test("where a word and its number would not fit side by side, the word goes up a line for it", () => {
  const { notes } = cellFigure(document, { width: 9, height: 9, places: {}, wires: [], notes: [{ onward: "c", rise: true, x: 1, y: 50, anchor: "end" }] }, [], how);
  const at = (/** @type {string} */ value) => {
    notes[0].paint("from step 3:", value, 1);
    return notes[0].node.children.map((line) => line.getAttribute("y"));
  };
  assert.deepEqual([at(""), at("0.5")], [["50", "50"], ["33", "50"]]);
});

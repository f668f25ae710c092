import assert from "node:assert/strict";
import { test } from "node:test";
import { cellNames, editedCell, isEditing, textOf } from "../../../static/state/editing.js";
import { experiment, network, state } from "../scene.js";

const layer = (cell, text = null) => ({ cell, text, units: 1, direction: "forward", sizes: {} });
const having = (layers, view = {}) => state({ experiment: experiment({ network: { parts: [{ name: "main", inputs: 2, layers, readout: null }] }, view }) });

test("the first cell is written, unless another one was chosen that is there", () => {
  const layers = [layer("memory-cell"), layer("gru"), layer("gru")];
  assert.deepEqual(cellNames(having(layers)), ["memory-cell", "gru"]);
  assert.equal(editedCell(having(layers)), "memory-cell");
  assert.equal(editedCell(having(layers, { editing: "gru" })), "gru");
  assert.equal(editedCell(having(layers, { editing: "gone" })), "memory-cell");
  assert.deepEqual([isEditing(having(layers)), isEditing(having(layers, { editing: "gru" }))], [false, true]);
});

test("a text is as it was typed, or the library's", () => {
  const own = network();
  own.programs["memory-cell"].text = "z = x";
  assert.equal(textOf({ ...having([layer("memory-cell")]), network: own }, "memory-cell"), "z = x");
  assert.equal(textOf(having([layer("memory-cell", "z  =  x")]), "memory-cell"), "z  =  x");
});

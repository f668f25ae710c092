import assert from "node:assert/strict";
import { test } from "node:test";
import { heldPlace, matrices, MOST_ROWS } from "../../../static/state/matrices.js";
import { MAIN, state } from "../scene.js";

test("one unit gives one compact table: equations down, operands across, biases last", () => {
  const [table] = matrices(state(), 0);
  assert.deepEqual(table.blocks, [{ operand: "x", names: ["x₁", "x₂"] }, { operand: null, names: ["b"] }]);
  assert.deepEqual(table.rows.map(({ target }) => target), ["z", "f"]);
  assert.deepEqual(table.rows[1].cells, [
    { address: `${MAIN}W_f`, index: [0, 0] }, { address: `${MAIN}W_f`, index: [0, 1] }, { address: `${MAIN}b_f`, index: [0] },
  ]);
});

test("recurrent weights stand between, and a missing one leaves a gap", () => {
  const now = state();
  const own = now.network.programs["memory-cell"];
  own.parameters.push({ name: "U_f", shape: ["units", "units"], used_by: ["f"] });
  own.equations[1].expr = ["sigmoid", ["add", ["matmul", "W_f", "x"], ["matmul", "U_f", "h_prev"], "b_f"]];
  now.network.symbols[`${MAIN}U_f`] = { symbol: "U_f", shape: [1, 1], kind: "parameter" };
  const [table] = matrices(now, 0);
  assert.deepEqual(table.blocks.map(({ operand }) => operand), ["x", "h_prev", null]);
  assert.equal(table.rows[0].cells[2], null);
  assert.deepEqual(table.rows[1].cells[2], { address: `${MAIN}U_f`, index: [0, 0] });
});

test("a second bias has a column of its own, and what is multiplied inside counts for its matrix", () => {
  const now = state();
  const own = now.network.programs["memory-cell"];
  own.parameters.push({ name: "U_f", shape: ["units", "units"], used_by: ["f"] }, { name: "d_f", shape: ["units"], used_by: ["f"] });
  const inner = ["mul", "r", ["add", ["matmul", "U_f", ["mul", "z", "h_prev"]], "d_f"]];
  own.equations[1].expr = ["sigmoid", ["add", ["add", ["matmul", "W_f", "x"], "b_f"], inner]];
  now.network.symbols[`${MAIN}U_f`] = { symbol: "U_f", shape: [1, 1], kind: "parameter" };
  now.network.symbols[`${MAIN}d_f`] = { symbol: "d_f", shape: [1], kind: "parameter" };
  const [table] = matrices(now, 0);
  assert.deepEqual(table.blocks.map(({ operand, names }) => [operand, names.at(-1)]), [["x", "x₂"], ["h_prev", "h"], [null, "b"], [null, "d"]]);
  assert.deepEqual(table.rows[1].cells.slice(2).map((cell) => cell?.address), ["U_f", "b_f", "d_f"].map((name) => `${MAIN}${name}`));
  assert.deepEqual(table.rows[0].cells.slice(2).map((cell) => cell?.address ?? null), [null, `${MAIN}b_z`, null]);
});

test("of many units the one spoken of is shown", () => {
  const now = state();
  for (const name of ["W_z", "W_f"]) now.network.symbols[`${MAIN}${name}`].shape = [MOST_ROWS + 1, 2];
  for (const name of ["b_z", "b_f"]) now.network.symbols[`${MAIN}${name}`].shape = [MOST_ROWS + 1];
  const [table] = matrices(now, 3);
  assert.deepEqual(table.rows.map(({ unit }) => unit), [3, 3]);
  assert.deepEqual(table.rows[0].cells[0]?.index, [3, 0]);
});

test("an equation that multiplies nothing the others do has a table of its own", () => {
  const now = state();
  const own = now.network.programs["memory-cell"];
  own.parameters.push({ name: "V", shape: ["outputs", "units"], used_by: ["y"] }, { name: "d", shape: ["outputs"], used_by: ["y"] });
  own.equations[3].expr = ["add", ["matmul", "V", "c"], "d"];
  now.network.symbols[`${MAIN}V`] = { symbol: "V", shape: [2, 1], kind: "parameter" };
  now.network.symbols[`${MAIN}d`] = { symbol: "d", shape: [2], kind: "parameter" };
  const tables = matrices(now, 0);
  assert.deepEqual(tables.map(({ rows }) => rows.map(({ target }) => target)), [["z", "f"], ["y", "y"]]);
  assert.deepEqual(tables[1].blocks, [{ operand: "c", names: ["c"] }, { operand: null, names: ["d"] }]);
  assert.ok(tables.every(({ rows }) => rows.every(({ cells }) => cells.every(Boolean))));
});

test("the slider holds the chosen number, else a forget gate's bias, else the first", () => {
  assert.deepEqual(heldPlace(state(), 0), { address: `${MAIN}b_f`, index: [0] });
  const asked = { address: `${MAIN}W_z`, index: [0, 1] };
  assert.deepEqual(heldPlace(state({ selected: asked }), 0), asked);
  assert.deepEqual(heldPlace(state({ selected: { address: "gone.W", index: [0] } }), 0), { address: `${MAIN}b_f`, index: [0] });
});

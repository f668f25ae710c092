import assert from "node:assert/strict";
import { test } from "node:test";

import { numbersOf } from "../../../static/draw/numbers.js";
import { argumentOf, slopeAlong, slopeOf } from "../../../static/draw/slope.js";
import { LAYER, sources } from "../paper.js";

/** The memory cell with the gate's own adjoint, as the engine sends it. */
function scene(weight = 0) {
  const own = sources();
  own.network.programs.cell.adjoint = [...own.network.programs.cell.adjoint, {
    target: "∂f:in", symbol: "f:in", terms: [{ expr: ["mul", ["mul", "∂f", "f"], ["sub", 1, "f"]], via: "f", when: "now" }],
  }];
  own.values[`${LAYER}.f`].data[1] = weight || own.values[`${LAYER}.f`].data[1];
  return numbersOf(own, LAYER);
}

test("the derivative of a gate's function is the one of its adjoint equation: f(1 − f)", () => {
  assert.deepEqual(slopeOf("f", scene(0.25), 0, 2), { function: "sigmoid", value: 0.1875 });
  assert.equal(slopeOf("c", scene(), 0, 2), null);
});

test("a saturated gate has next to none", () => {
  assert.ok(slopeOf("f", scene(), 0, 1).value < 1e-15);
});

test("of a gate that hears a weight alone, whose gradient is the sum over all steps, it is that of one step", () => {
  const own = scene(0.25);
  const [last] = own.program.adjoint.slice(-1);
  last.terms = last.terms.map((term) => ({ ...term, expr: ["sum", term.expr] }));
  assert.deepEqual(slopeOf("f", own, 0, 2), { function: "sigmoid", value: 0.1875 });
});

test("a product multiplies by its other factor", () => {
  const numbers = scene(0.25);
  assert.deepEqual(slopeAlong("c_prev", "c/0", numbers, 0, 2), { function: null, value: 0.25 });
  assert.equal(slopeAlong("f", "c/0", numbers, 0, 4).value, numbers.value("c", 0, 3));
  assert.equal(slopeAlong("c/0", "c/", numbers, 0, 2), null);
});

test("what a gate's function is taken of", () => {
  assert.deepEqual(argumentOf("f", scene(), 0, 1), { function: "sigmoid", value: 110 });
  assert.equal(argumentOf("z", scene(), 0, 1), null);
});

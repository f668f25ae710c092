import assert from "node:assert/strict";
import { test } from "node:test";

import { backAlong, fromLater, gradientOf, isGiven, sentFrom, valueOf } from "../../../static/draw/flow.js";
import { numbersOf } from "../../../static/draw/numbers.js";
import { LAYER, PROGRAM, sources } from "../paper.js";

const numbers = numbersOf(sources(), LAYER);
const near = (got, wanted) => assert.ok(Math.abs(got - wanted) < 1e-12, `${got} is not ${wanted}`);

test("what an operation hands on", () => {
  near(valueOf("c/0", numbers, 0, 4), numbers.value("f", 0, 4) * numbers.value("c", 0, 3));
  near(valueOf("c/", numbers, 0, 4), numbers.value("c", 0, 4));
  near(valueOf("z", numbers, 0, 4), 1);
});

test("of the input all goes forward, of the rest the unit that is spoken of", () => {
  near(sentFrom("x", numbers, 0, 5), 3);
  near(sentFrom("x", numbers, 2, 5), 3);
  near(sentFrom("c", numbers, 0, 2), numbers.value("c", 0, 2));
});

test("gradients pass a sum unchanged and a product by the other factor", () => {
  const gradient = numbers.gradient("c", 0, 4);
  near(gradientOf("c/1", numbers, 0, 4), gradient);
  near(backAlong({ from: "c/0", to: "c/", name: "c/0" }, numbers, 0, 4), gradient);
  near(backAlong({ from: "f", to: "c/0", name: "f" }, numbers, 0, 4), gradient * numbers.value("c", 0, 3));
  near(backAlong({ from: "c_prev", to: "c/0", name: "c_prev" }, numbers, 0, 4), gradient * numbers.value("f", 0, 4));
  near(backAlong({ from: "c/", to: "c", name: "c/" }, numbers, 0, 4), gradient);
});

test("gradients pass a matrix turned round", () => {
  const state = sources();
  state.gradients[`${LAYER}.f:in`] = { data: [2, 3, 4, 5, 6], first: 1, steps: 5, units: 1 };
  state.network.symbols[`${LAYER}.f:in`] = { symbol: "f:in", kind: "value", size: 1, role: "value" };
  const own = numbersOf(state, LAYER);
  assert.deepEqual([0, 1, 2].map((unit) => gradientOf("f/0.0.1", own, unit, 2)), [0, 300, 0]);
  assert.equal(backAlong({ from: "f/0.0.1", to: "f", name: "f/0.0.1" }, own, 1, 3), 400);
});

test("nothing goes back to a clock, nor to what is made of it alone", () => {
  const state = sources();
  const clocked = (/** @type {any} */ expr) => [{ target: "m", expr: ["every", 1, 2], of: "m" }, { target: "c", expr, of: "c" }];
  const lines = clocked(["add", ["mul", "m", "f"], ["mul", ["sub", 1, "m"], "c_prev"]]);
  state.network.programs.cell = { ...PROGRAM, lowered: [...PROGRAM.lowered.filter(({ target }) => target !== "c"), ...lines], equations: [...PROGRAM.equations, lines[0]] };
  state.values[`${LAYER}.m`] = { data: [1, 1, 1, 1, 1], first: 1, steps: 5, units: 1 };
  const own = numbersOf(state, LAYER);
  assert.deepEqual(["m", "c/1.0", "c/0", "c_prev", "f"].map((id) => isGiven(own.program, id)), [true, true, false, false, false]);
  near(backAlong({ from: "m", to: "c/0", name: "m" }, own, 0, 4), 0);
  near(gradientOf("c/1.0", own, 0, 4), 0);
  near(backAlong({ from: "f", to: "c/0", name: "f" }, own, 0, 4), own.gradient("c", 0, 4));
});

test("what comes back from the step after", () => {
  near(fromLater("c", numbers, 0, 3), numbers.gradient("c", 0, 4) * numbers.value("f", 0, 4));
  near(fromLater("c", numbers, 0, 5), 0);
});

test("a function that stands alone brings back what came through it", () => {
  const state = sources();
  const { lowered, adjoint } = PROGRAM;
  state.network.programs.cell = {
    ...PROGRAM,
    lowered: [...lowered.filter(({ target }) => target !== "y"), { target: "y:tanh", expr: ["tanh", "c"], of: "y" }, { target: "y", expr: ["mul", "o", "y:tanh"], of: "y" }],
    adjoint: [...adjoint.filter(({ symbol }) => symbol !== "c"), { target: "∂c", symbol: "c", terms: [{ expr: ["mul", "∂y:tanh", 0.5], via: "y:tanh", when: "now" }] }],
  };
  const series = (data) => ({ data, first: 1, steps: 5, units: 1 });
  state.values[`${LAYER}.y:tanh`] = series([0.1, 0.2, 0.3, 0.4, 0.5]);
  state.gradients[`${LAYER}.y:tanh`] = series([2, 4, 6, 8, 10]);
  const own = numbersOf(state, LAYER);
  near(backAlong({ from: "c", to: "y:tanh", name: "c" }, own, 0, 4), 4);
  near(backAlong({ from: "y:tanh", to: "y/", name: "y:tanh" }, own, 0, 4), own.gradient("y", 0, 4) * own.value("o", 0, 4));
});

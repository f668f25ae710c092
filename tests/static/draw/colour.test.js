import assert from "node:assert/strict";
import { test } from "node:test";

import { gate, gradient, onGradient, onSigned, role, signed } from "../../../static/draw/colour.js";

test("colours are expressions over tokens, by sign and share", () => {
  assert.equal(signed(0), "color-mix(in oklab, var(--signed-high) 0%, var(--signed-zero))");
  assert.equal(signed(-1), "color-mix(in oklab, var(--signed-low) 100%, var(--signed-zero))");
  assert.equal(gate(0.5), "color-mix(in oklab, var(--gate-open) 50%, var(--gate-shut))");
  assert.match(gradient(1), /--gradient-high\) 100%/);
  assert.equal(role("state"), "var(--role-state)");
});

test("ink changes where the other one reads better", () => {
  assert.equal(onSigned(0.2), "var(--on-signed)");
  assert.equal(onSigned(0.9), "var(--on-signed-strong)");
  assert.equal(onSigned(-0.9), "var(--on-signed-strong)");
  assert.notEqual(onGradient(0.1), onGradient(0.9));
});

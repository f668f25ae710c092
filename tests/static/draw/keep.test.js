import assert from "node:assert/strict";
import { test } from "node:test";

import { keepGate } from "../../../static/draw/keep.js";
import { LAYER, sources } from "../paper.js";

test("the gate that is multiplied with the old memory", () => {
  const { network } = sources();
  assert.equal(keepGate(network, `${LAYER}.c`), `${LAYER}.f`);
  assert.equal(keepGate(network, `${LAYER}.c`), `${LAYER}.f`);
});

test("a state without a gate has none", () => {
  const { network } = sources();
  network.diagrams.cell.gate = { nodes: network.diagrams.cell.gate.nodes, edges: [{ from: "h_prev", to: "h", name: "h_prev" }] };
  assert.equal(keepGate(network, `${LAYER}.h`), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { othersOf, racing } from "../../../static/state/others.js";
import { MAIN, experiment, network, state } from "../scene.js";

const LOSS = { kind: "squared", of: `${MAIN}y`, targets: [null, null, null, [0.5]] };
const lane = (id, cell, more = {}) => ({ id, record: { cell, network: { parts: [{ layers: [{ cell: cell ?? "memory-cell" }] }] } }, base: experiment(), network: network(), ...more });
const cells = [{ name: "gru", title: { en: "Gated", zh: "门控" } }];

test("who learns along, with its place among the lanes; a copy does not, nor what is not open or cannot be asked", () => {
  const lanes = [lane("second", null), lane("third", "gru")];
  const learning = { losses: [4, 3], others: { third: [2, 1] } };
  const now = state({ experiment: experiment({ loss: LOSS }), lanes, cells, learning });
  assert.deepEqual(othersOf(now), [{ at: 2, name: "Gated", losses: [2, 1] }]);
  assert.deepEqual(racing(now, othersOf(now)).map(({ at, name, losses }) => [at, name, losses]), [[0, "memory-cell", [4, 3]], [2, "Gated", [2, 1]]]);
  for (const other of [{ base: null }, { network: { ...network(), symbols: {} } }]) {
    assert.deepEqual(othersOf({ ...now, lanes: [lane("second", "gru", other)] }), []);
  }
});

test("before the first update nothing is known of it; one alone races with nobody", () => {
  const now = state({ experiment: experiment({ loss: LOSS }), lanes: [lane("second", "gru")], cells: [], learning: null });
  assert.deepEqual(othersOf(now), [{ at: 1, name: "gru", losses: [] }]);
  assert.deepEqual(racing(state(), othersOf(state())), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { READOUT, readNetwork, written } from "../../../static/state/notation.js";
import { experiment } from "../scene.js";

const base = experiment();
const withPart = (part) => ({ ...base, network: { parts: [{ ...base.network.parts[0], ...part }], tied: {} } });

test("a network is a line, from the input upwards", () => {
  assert.equal(written(base, base), "2/memory-cell*1");
  const layers = [{ cell: "gru", text: null, units: 3, direction: "both", sizes: {} }, { cell: "jordan", text: null, units: 128, direction: "forward", sizes: { outputs: 2 } }];
  const own = withPart({ layers, readout: READOUT, sizes: { outputs: 5 } });
  assert.equal(written(own, base), "2/gru*3,both/jordan*128,outputs=2/readout,outputs=5");
  assert.deepEqual(readNetwork(written(own, base), base), own.network);
});

test("a lesson's own cell and readout keep their texts, and others cannot be said in a line", () => {
  const mine = withPart({ layers: [{ ...base.network.parts[0].layers[0], text: "h = x" }], readout: "y = h" });
  const wider = { ...mine, network: { parts: [{ ...mine.network.parts[0], layers: [{ ...mine.network.parts[0].layers[0], units: 4 }] }] } };
  const line = written(wider, mine);
  assert.equal(line, "2/memory-cell*4/readout");
  assert.deepEqual(readNetwork(line, mine), { parts: [{ ...wider.network.parts[0], sizes: {} }], tied: {} });
  assert.equal(written(mine, base), null);
});

test("what is no network is refused", () => {
  for (const text of ["", "2", "2/", "/gru*2", "2/gru", "2/gru*0", "2/gru*-1", "2/gru*2,sideways", "2/gru*2,units=x", "2/readout", "2/gru*2/readout/gru*2", `2/${"a".repeat(65)}*2`]) {
    assert.equal(readNetwork(text, base), null, text);
  }
});

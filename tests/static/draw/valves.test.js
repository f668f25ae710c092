import assert from "node:assert/strict";
import { test } from "node:test";

import { belt } from "../../../static/draw/belt.js";
import { block } from "../../../static/draw/block.js";
import { mixer } from "../../../static/draw/mixer.js";
import { valves } from "../../../static/draw/valves.js";
import { DIAGRAMS } from "../diagrams.js";

const how = { units: 3, narrow: false, wide: () => 12 };

test("four inputs and one output for an LSTM, a mixing gate for a GRU and for coupled gates", () => {
  for (const [name, drawing] of /** @type {[string, typeof block][]} */ ([["lstm", block], ["gru", mixer], ["lstm-coupled", mixer], ["minimal-gated", mixer]])) {
    const found = belt(DIAGRAMS[name].nodes, DIAGRAMS[name].edges);
    assert.deepEqual(valves(found, how), drawing(found, how), name);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { sideName } from "../../../static/state/sidename.js";
import { state } from "../scene.js";

const lane = (id, ...cells) => ({ id, record: { network: { parts: [{ layers: cells.map((cell) => ({ cell })) }] } } });
const cells = [{ name: "gru", title: { en: "Gated", zh: "门控" } }];

test("a network is called by its cells, each once, as the library has them, and not at all until it is there", () => {
  const now = state({ lanes: [lane("second", "gru", "gru"), lane("third", "gru", "mine")], cells });
  assert.equal(sideName(now, "second"), "Gated");
  assert.equal(sideName(now, "third"), "Gated + mine");
  assert.equal(sideName({ ...now, cells: null }, "second"), "…");
});

test("a lesson's own cell is not called by the lesson's folder", () => {
  const now = state({ cells });
  assert.equal(sideName({ ...now, lanes: [lane("second", now.experiment.lesson)] }, "second"), "compare.own-cell");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { nextEvent } from "../../../static/state/events.js";
import { experiment, MAIN, series, state } from "../scene.js";

const at = (step, ...gate) => state({ experiment: experiment({ step }), values: { [`${MAIN}f`]: series(...gate) } });

test("an event is a step at which a gate crosses one half", () => {
  assert.equal(nextEvent(at(1, 1, 0.6, 0.4, 0.4), 1), 3);
  assert.equal(nextEvent(at(4, 1, 0.6, 0.4, 0.4), -1), 3);
  assert.equal(nextEvent(at(3, 1, 0.6, 0.4, 0.4), -1), 1);
});

test("without an event the ends of the sequence are reached", () => {
  assert.equal(nextEvent(at(2, 1, 1, 1, 1), 1), 4);
  assert.equal(nextEvent(at(2, 1, 1, 1, 1), -1), 1);
  const none = at(2, 1, 1, 1, 1);
  none.network.layers = [];
  assert.equal(nextEvent(none, 1), 4);
});

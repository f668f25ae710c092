import assert from "node:assert/strict";
import { test } from "node:test";
import { pace, portion, rateAt } from "../../../static/state/pace.js";
import { experiment, state } from "../scene.js";

const own = (view) => pace(state({ experiment: experiment({ view }) }));

test("what is not said, or cannot be meant, is usual", () => {
  assert.deepEqual(own({}), { rule: "sgd", rate: 0.1, clip: 0 });
  assert.deepEqual(own({ rule: "adam" }), { rule: "adam", rate: 0.005, clip: 0 });
  assert.deepEqual(own({ rule: "toString", rate: -1, clip: -2 }), { rule: "sgd", rate: 0.1, clip: 0 });
  assert.deepEqual(own({ rule: "momentum", rate: 1e9, clip: 0.5 }), { rule: "momentum", rate: 1e9, clip: 0.5 });
});

test("the slider's rates have two digits", () => {
  assert.deepEqual([-4, -1.7, -1.65, 0, 1].map(rateAt), [0.0001, 0.02, 0.022, 1, 10]);
});

test("sixty updates in the first second, one by one where pictures come as often; then faster and faster", () => {
  assert.equal(portion(0, 0, null), 1);
  assert.equal(portion(10, 180, null), 1);
  assert.equal(portion(10, 500, null), 20, "pictures that come seldom show more at once");
  assert.equal(portion(60, 2000, null), Math.round(60 * Math.E - 60));
  assert.equal(portion(500, 1000, null), 1, "never none");
});

test("no picture waits long for its updates", () => {
  assert.equal(portion(60, 9000, { count: 10, took: 300 }), 2);
  assert.equal(portion(60, 9000, { count: 1, took: 900 }), 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, CAP, delay } from "../../../static/net/backoff.js";

test("waits double from a quarter of a second to five seconds, with full jitter", () => {
  const most = Array.from({ length: 8 }, (_, attempt) => delay(attempt, () => 1));
  assert.deepEqual(most, [250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
  assert.equal(delay(3, () => 0), 0);
  assert.equal(delay(0, () => 0.5), BASE / 2);
  assert.equal(delay(2000, () => 1), CAP);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistory } from "../../../../static/state/training/history.js";

test("numbers of updates follow one another, whatever the room", () => {
  const history = createHistory();
  for (let first = 1; first <= 1000; first += 100) {
    const loss = Float64Array.from({ length: 100 }, (_, at) => first + at);
    history.take(first, { loss, norm: loss });
  }
  assert.equal(history.count, 1000);
  assert.deepEqual([history.of("loss")[0], history.of("loss")[299], history.of("norm")[999]], [1, 300, 1000]);
  assert.equal(history.of("loss").length, 1000);
});

test("what was not told is not a number, what comes again is written over", () => {
  const history = createHistory();
  history.take(1, { loss: [5, 4, 3], norm: [1, 1, 1] });
  history.take(3, { loss: [2, 1], norm: [7, 7], clipped: [1, 1] });
  assert.deepEqual([...history.of("loss")], [5, 4, 2, 1]);
  assert.deepEqual([...history.of("clipped")], [NaN, NaN, 1, 1]);
});

test("each look at the held-out sequences is kept once", () => {
  const history = createHistory();
  const look = (update) => ({ update, loss: 1 / update, accuracy: 0 });
  history.hold([look(50), look(100)]);
  const before = history.held;
  history.hold([look(100)]);
  assert.equal(history.held, before);
  history.hold([look(100), look(150)]);
  assert.deepEqual(history.held.map(({ update }) => update), [50, 100, 150]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../../static/state/clock.js";

function setup(advance) {
  const record = { playing: true, speed: 2 };
  const waits = [];
  let due;
  const timers = {
    setTimeout(callback, wait) {
      waits.push(wait);
      due = callback;
      return 1;
    },
    clearTimeout: () => (due = undefined),
  };
  const store = { get: () => record, set: (patch) => Object.assign(record, patch) };
  return { clock: createClock(store, advance, timers), record, waits, tick: () => due?.() };
}

test("it goes on at the speed asked for, which may change on the way", () => {
  let steps = 0;
  const { clock, record, waits, tick } = setup(() => ++steps < 9);
  clock.start();
  tick();
  record.speed = 4;
  tick();
  assert.equal(steps, 2);
  assert.deepEqual(waits, [500, 500, 250]);
});

test("it stops at the end and when it is told", () => {
  const { clock, record, tick } = setup(() => false);
  clock.start();
  tick();
  assert.equal(record.playing, false);
  let steps = 0;
  const other = setup(() => ++steps > 0);
  other.clock.start();
  other.clock.stop();
  other.tick();
  assert.equal(steps, 0);
});

test("a pause between two steps is heard", () => {
  let steps = 0;
  const { clock, record, tick } = setup(() => ++steps > 0);
  clock.start();
  record.playing = false;
  tick();
  clock.start();
  assert.equal(steps, 0);
});

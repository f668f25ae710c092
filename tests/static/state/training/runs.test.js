import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, isBegun, isLive, isOver, legends, newest, newRun, progressed, solvedAt } from "../../../../static/state/training/runs.js";
import { OFFER } from "./offer.js";
import { progress, training } from "./told.js";

test("a run begins with nothing, and goes on from what is behind it", () => {
  const fresh = begun(newRun("a", 0, { task: "adding" }), training());
  assert.deepEqual([fresh.lane, fresh.status, fresh.done, fresh.updates, fresh.history.count, isBegun(fresh)], ["run-a", "paused", 0, 1000, 0, false]);
  const later = begun(newRun("b", 3, { task: "adding" }), training({ loss: [3, 2], held: [[2, 1.5, 0.25]] }));
  assert.deepEqual([later.lane, later.done, [...later.history.of("loss")], newest(later)], ["run-d", 2, [3, 2], { update: 2, loss: 1.5, accuracy: 0.25 }]);
});

test("progress is added to what is known", () => {
  const run = begun(newRun("a", 0, { task: "adding" }), training({ loss: [3, 2] }));
  const next = progressed(run, progress(3, [1, 0.5], { held: [[4, 0.4, 1]], per_second: 20, seconds_left: 50 }));
  assert.deepEqual([next.status, next.done, next.perSecond, next.left, [...next.history.of("loss")]], ["going", 4, 20, 50, [3, 2, 1, 0.5]]);
  assert.deepEqual([solvedAt(next, 0.99), solvedAt(run, 1.01)], [4, null]);
  assert.equal(progressed(next, progress(5, [], { going: false })).status, "paused");
  assert.equal(progressed({ ...next, status: "finished" }, progress(5, [])).status, "finished");
});

test("what has a process, what is over", () => {
  const status = (name) => ({ ...newRun("a", 0, { task: "adding" }), status: name });
  assert.deepEqual(["new", "asked", "going", "paused", "finished", "halted", "away"].map((name) => isLive(status(name))), [false, true, true, true, false, false, false]);
  assert.deepEqual(["paused", "finished", "stopped", "halted"].map((name) => isOver(status(name))), [false, true, true, false]);
});

test("runs are known by what differs, alike ones by their cell", () => {
  const legend = (runs) => legends(OFFER, runs).map((settings) => settings.map(({ key, value }) => `${key}=${value}`).join());
  assert.deepEqual(legend([{ task: "adding" }, { task: "adding", cell: "gru" }]), ["cell=lstm", "cell=gru"]);
  assert.deepEqual(legend([{ task: "adding" }, { task: "adding", clip: "none" }]), ["clip=norm", "clip=none"]);
  assert.deepEqual(legend([{ task: "adding" }]), ["cell=lstm"]);
  // equations of one's own are another cell than the one that they were begun with
  assert.deepEqual(legend([{ task: "adding", equations: "h = x" }]), ["equations=h = x"]);
  assert.deepEqual(legend([{ task: "adding", equations: "h = x" }, { task: "adding", cell: "gru" }]), ["equations=h = x", "cell=gru"]);
  assert.deepEqual(legend([{ task: "adding", equations: "h = x" }, { task: "adding" }]), ["equations=h = x", "cell=lstm"]);
});

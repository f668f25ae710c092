import assert from "node:assert/strict";
import { test } from "node:test";
import { change, differing, fields, isShared, spare, taskOf, typedValue } from "../../../../static/state/training/settings.js";
import { OFFER } from "./offer.js";

const keys = (given) => fields(OFFER, given).map(({ key }) => key);
const field = (given, key) => fields(OFFER, given).find((each) => each.key === key);

test("only what something reads is shown: a task's options, an optimiser's own, a schedule's where there is one", () => {
  assert.ok(keys({ task: "adding" }).includes("options.length"));
  assert.ok(!keys({ task: "reber" }).some((key) => key.startsWith("options.")));
  assert.ok(keys({ task: "adding", optimiser: "momentum" }).includes("tuning.momentum"));
  assert.ok(!keys({ task: "adding" }).includes("schedule_every"));
  assert.ok(keys({ task: "adding", schedule: "step" }).includes("schedule_every"));
  assert.ok(!keys({ task: "adding", clip: "none" }).includes("clip_at"));
});

test("a learning rate is usual for its optimiser", () => {
  assert.deepEqual([field({ task: "adding" }, "rate").value, field({ task: "adding", optimiser: "sgd" }, "rate").value], [0.005, 0.1]);
  assert.equal(field({ task: "adding", rate: 0.2 }, "rate").usual, 0.005);
});

test("a change keeps what is not usual, and nothing else", () => {
  let given = change(OFFER, { task: "adding" }, "units", 8);
  given = change(OFFER, given, "options.length", 30);
  assert.deepEqual(given, { task: "adding", units: 8, options: { length: 30 } });
  given = change(OFFER, given, "units", 32);
  assert.deepEqual(given, { task: "adding", options: { length: 30 } });
  assert.deepEqual(change(OFFER, given, "task", "reber"), { task: "reber" });
});

test("another optimiser begins with its own rate and settings", () => {
  const given = { task: "adding", optimiser: "momentum", rate: 0.5, tuning: { momentum: 0.5 } };
  assert.deepEqual(change(OFFER, given, "optimiser", "sgd"), { task: "adding", optimiser: "sgd" });
});

test("what a server says in full is made short again", () => {
  const whole = { version: 1, task: "adding", options: { length: 50 }, tuning: { decay: 0.9 }, cell: "gru", units: 32, rate: 0.005, clip: "norm", clip_at: 1 };
  assert.deepEqual(spare(OFFER, whole), { task: "adding", cell: "gru" });
  assert.equal(taskOf(OFFER, "nothing of that name").name, "adding");
});

test("what differs between runs is found, but not that one of them has no such setting", () => {
  const runs = [{ task: "adding" }, { task: "adding", clip: "none", cell: "gru" }];
  assert.deepEqual(differing(OFFER, runs), ["cell", "clip"]);
  assert.deepEqual(differing(OFFER, [runs[0], runs[0]]), []);
});

test("runs of a race share task, data and seed, and may differ in the rest", () => {
  assert.deepEqual(["task", "options.length", "seed", "batch", "cell", "rate", "tuning.decay"].map(isShared), [true, true, true, true, false, false, false]);
});

test("what is typed is a number within the bounds, whole where it has to be", () => {
  const units = field({ task: "adding" }, "units");
  assert.deepEqual(["8", "8.5", "0", "513", "", "eight", " 16 ", "１６"].map((text) => typedValue(units, text)), [8, null, null, null, null, null, 16, 16]);
  const rate = field({ task: "adding" }, "rate");
  assert.deepEqual(["0,1", "1e-3", "０．１", "0。1", "−1", "1e9", "0", "NaN"].map((text) => typedValue(rate, text)), [0.1, 0.001, 0.1, 0.1, null, null, null, null]);
});

test("a task says where it is asked, or leaves it open", () => {
  assert.deepEqual(["adding", "reber", "parity", "digits"].map((task) => field({ task }, "readout")).map(({ value, all, fixed }) => [value, all.length, fixed]),
    [["last", 1, "task"], ["every", 1, "task"], ["every", 2, ""], ["last", 2, ""]]);
  assert.equal(field({ task: "digits", readout: "task" }, "readout").value, "last");
  assert.deepEqual(spare(OFFER, { task: "digits", readout: "task", direction: "forward" }), { task: "digits" });
});

test("it is read backward where that is some use and no answer", () => {
  const ways = (given) => [field(given, "direction").fixed, field(given, "direction").all.length];
  assert.deepEqual(ways({ task: "parity" }), ["", 3]);
  assert.deepEqual(ways({ task: "digits", readout: "every" }), ["", 3]);
  assert.deepEqual([{ task: "digits" }, { task: "adding" }, { task: "reber" }, { task: "parity", readout: "last" }].map((given) => ways(given)[0]), ["open", "last", "ahead", "open"]);
  // an address may say what cannot be: it is seen, and the server says why
  assert.deepEqual(field({ task: "adding", direction: "both" }, "direction").all, ["forward", "both"]);
});

test("what a task does not leave open is dropped with another task; a sequence that is read backward is not cut", () => {
  const both = { task: "digits", readout: "every", direction: "both" };
  assert.deepEqual(change(OFFER, both, "task", "adding"), { task: "adding" });
  assert.deepEqual(change(OFFER, both, "task", "parity"), { task: "parity", direction: "both" });
  assert.deepEqual(change(OFFER, both, "readout", "last"), { task: "digits" });
  assert.ok(!keys(both).includes("truncation"));
  assert.deepEqual(change(OFFER, { task: "parity", truncation: 5 }, "direction", "both"), { task: "parity", direction: "both" });
});

test("equations stay until another cell is chosen", () => {
  const own = change(OFFER, { task: "adding", cell: "gru" }, "equations", "h = x");
  assert.deepEqual(own, { task: "adding", cell: "gru", equations: "h = x" });
  assert.deepEqual(change(OFFER, own, "units", 8), { ...own, units: 8 });
  assert.deepEqual(change(OFFER, own, "cell", "gru"), { task: "adding", cell: "gru" });
  assert.deepEqual(change(OFFER, own, "equations", ""), { task: "adding", cell: "gru" });
  assert.deepEqual(differing(OFFER, [own, { task: "adding", cell: "gru" }]), ["equations"]);
});

test("given weights are a choice where there are some, and go when another is made", () => {
  const weights = { "main.1.forward.b": { shape: [1], f8: "AAAAAAAA8D8=" } };
  const given = { task: "adding", start: "given", weights };
  assert.deepEqual(field({ task: "adding" }, "start").all, ["cell", "orthogonal"]);
  assert.deepEqual(field(given, "start").all, ["cell", "orthogonal", "given"]);
  assert.deepEqual(spare(OFFER, { ...given, units: 32 }), given);
  assert.deepEqual(spare(OFFER, { task: "adding", weights: {} }), { task: "adding" });
  assert.deepEqual(change(OFFER, given, "units", 3), { ...given, units: 3 });
  assert.deepEqual(change(OFFER, given, "start", "orthogonal"), { task: "adding", start: "orthogonal" });
});

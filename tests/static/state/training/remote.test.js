import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemote } from "../../../../static/state/training/remote.js";
import { newRun } from "../../../../static/state/training/runs.js";
import { OFFER } from "./offer.js";
import { progress, RECORD, training } from "./told.js";

function line({ record = null } = {}) {
  let state = { offer: OFFER, race: "race", most: null, kept: [], runs: [newRun("n1", 0, { task: "adding" }, { record })] };
  const [sent, put, unread] = [[], [], []];
  const wire = { open: true, closed: 0, written: 0 };
  let listener;
  const remote = createRemote(
    {
      environment: {
        connect(heard) {
          listener = heard;
          return { send: (message) => (wire.open ? sent.push(message) : 0), close: () => (wire.closed += 1) };
        },
      },
    },
    {
      now: () => state,
      put: (patch) => void (state = { ...state, ...patch }),
      shelf: { put: async (row, text) => Boolean(put.push([row.id, row.done, text])) },
      written: () => (wire.written += 1),
      unread: (rest, problems) => void unread.push([rest.length, problems.map(({ code }) => code)]),
    },
  );
  return { remote, sent, put, unread, wire, run: () => state.runs[0], hear: (message) => listener.received(message), listener: () => listener };
}

test("a run is laid on the server at rest, and goes once it has begun; its settings are then those of the server", () => {
  const { remote, sent, wire, run, hear } = line();
  remote.start(run(), true);
  assert.deepEqual([run().status, sent], ["asked", [{ type: "train", settings: { task: "adding" }, paused: true }]]);
  hear(training());
  assert.deepEqual(sent[1], { type: "pace", going: true, most: null, steps: null });
  assert.deepEqual([run().status, wire.written], ["going", 1]);
});

test("a lost line brings a run back as it was, from its newest record", () => {
  const { remote, sent, wire, run, hear, listener } = line();
  remote.start(run(), true);
  hear(training());
  hear(progress(1, [3, 2]));
  hear({ type: "record", text: RECORD });
  wire.open = false;
  listener().lost();
  assert.equal(run().status, "away");
  wire.open = true;
  listener().connected();
  assert.deepEqual(sent.at(-1), { type: "train", record: RECORD, paused: true });
  hear(training());
  assert.deepEqual(sent.at(-1), { type: "pace", going: true, most: null, steps: null });
});

test("a record is kept when it comes, and one that is none leaves no run behind", async () => {
  const begun = line();
  begun.remote.start(begun.run(), false, 2);
  begun.hear(training());
  begun.hear(progress(1, [3, 2]));
  begun.hear({ type: "record", text: RECORD });
  assert.deepEqual(begun.put, [["n1", 2, RECORD]]);
  const none = line({ record: "none" });
  none.remote.start(none.run(), false);
  none.hear({ type: "problems", problems: [{ code: "bad-record", args: {}, message: "" }] });
  assert.deepEqual([none.unread, none.wire.closed], [[[0, ["bad-record"]]], 1]);
});

test("what is halted is told once, and ends when the server says so", () => {
  const { remote, sent, run, hear } = line();
  remote.halt(run());
  assert.deepEqual(sent, []);
  remote.start(run(), true);
  hear(training());
  remote.halt(run());
  assert.deepEqual(sent.at(-1), { type: "cancel", kind: "training" });
  hear({ type: "done", kind: "training", why: "cancelled" });
  assert.equal(run().status, "halted");
  const before = sent.length;
  remote.halt(run());
  assert.equal(sent.length, before);
});

test("whoever asks for the newest record waits until it is here", async () => {
  const { remote, sent, run, hear } = line();
  remote.start(run(), true);
  hear(training());
  let done = false;
  const renewed = remote.renew(run()).then(() => (done = true));
  await null;
  assert.deepEqual([sent.at(-1), done], [{ type: "keep" }, false]);
  hear({ type: "record", text: RECORD });
  await renewed;
  assert.equal(run().record, RECORD);
});

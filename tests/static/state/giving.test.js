import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/net/api.js";
import { createGiving } from "../../../static/state/giving.js";
import { MAIN, page } from "../scene.js";

const open = (server) => {
  const found = page({}, server);
  found.ready();
  return { ...found, actions: found.actions.more(createGiving) };
};

test("the experiment is written as source, and the source copied", async () => {
  const asked = [];
  const { actions, store, copied } = open({ code: async (experiment, to) => (asked.push([experiment, to]), `for ${to}`) });
  await actions.writeCode("keras");
  assert.deepEqual(asked, [[store.get().experiment, "keras"]]);
  assert.deepEqual([store.get().code.text, store.get().code.of === store.get().experiment], ["for keras", true]);
  await actions.copyCode();
  assert.deepEqual([copied, store.get().code.copied], [["for keras"], true]);
});

test("what a library cannot do is said", async () => {
  const problems = [{ code: "code-tied", args: {}, message: "no" }];
  const { actions, store } = open({ code: async () => { throw new Refused(problems); } });
  await actions.writeCode("keras");
  assert.deepEqual([store.get().code.text, store.get().code.problems], ["", problems]);
});

test("without an answer there is a notice, and an older answer is not taken", async () => {
  const waiting = [];
  const { actions, store } = open({ code: (_, to) => (to === "numpy" ? Promise.reject(new Error("offline")) : new Promise((done) => waiting.push(done))) });
  const first = actions.writeCode("keras");
  await actions.writeCode("numpy");
  waiting[0]?.("too late");
  await first;
  assert.deepEqual([store.get().code, store.get().notice], [null, "shared.unsaved"]);
});

test("source of numbers that have changed is not of this experiment", async () => {
  const { actions, store } = open({ code: async () => "text" });
  await actions.writeCode("numpy");
  actions.setParameter(`${MAIN}b_f`, [0], 3);
  assert.notEqual(store.get().code.of, store.get().experiment);
});

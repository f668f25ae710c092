import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, ofRace, openShelf } from "../../../../static/state/training/shelf.js";

/** As much of a browser's database as is asked of it. */
function database() {
  const stores = { runs: new Map(), records: new Map() };
  const later = (request, result) => {
    queueMicrotask(() => {
      request.result = result;
      request.onsuccess?.();
    });
    return request;
  };
  const store = (rows) => ({
    put: (row) => void rows.set(row.id, structuredClone(row)),
    delete: (id) => void rows.delete(id),
    get: (id) => later({}, rows.get(id)),
    getAll: () => later({}, [...rows.values()]),
  });
  const opened = {
    createObjectStore: () => undefined,
    close: () => undefined,
    transaction() {
      const transaction = { objectStore: (name) => store(stores[name]) };
      setTimeout(() => transaction.oncomplete());
      return transaction;
    },
  };
  return { stores, databases: () => ({ open: () => later({}, opened) }) };
}
const kept = (id, when) => ({ id, race: "r", name: "", given: { task: "adding" }, done: 1, updates: 2, loss: null, over: false, when });

test("what is kept is found again, the newest first, its record apart", async () => {
  const { databases } = database();
  const shelf = openShelf(databases);
  assert.equal(await shelf.put(kept("a", 1), "A"), true);
  await shelf.put(kept("b", 2), "B");
  assert.deepEqual((await shelf.list()).map(({ id }) => id), ["b", "a"]);
  assert.deepEqual([await shelf.record("a"), await shelf.record("c")], ["A", null]);
  await shelf.put({ ...kept("a", 3), name: "mine" }, null);
  assert.deepEqual([(await shelf.list())[0].name, await shelf.record("a")], ["mine", "A"]);
  await shelf.remove("a");
  assert.deepEqual([(await shelf.list()).length, await shelf.record("a")], [1, null]);
});

test("the oldest go first, with their records", async () => {
  const { databases, stores } = database();
  const shelf = openShelf(databases);
  for (let at = 0; at < MOST + 3; at++) await shelf.put(kept(`run${at}`, at), "text");
  assert.deepEqual([stores.runs.size, stores.records.size, await shelf.record("run2"), await shelf.record("run3")], [MOST, MOST, null, "text"]);
});

test("a browser that refuses keeps nothing and fails at nothing", async () => {
  const shelf = openShelf(() => {
    throw new DOMException("denied", "SecurityError");
  });
  assert.deepEqual([await shelf.put(kept("a", 1), "A"), await shelf.list(), await shelf.record("a")], [false, [], null]);
});

test("a race is in the order in which it was shown, whichever run was kept last", () => {
  const kept = [["c", 2], ["a", 0], ["other", 0], ["b", 1]].map(([id, place]) => ({ id, place, race: id === "other" ? "x" : "r" }));
  assert.deepEqual(ofRace(kept, "r").map(({ id }) => id), ["a", "b", "c"]);
  const five = ["new", "b", "a", "d", "dropped"].map((id, place) => ({ id, place, race: "r" }));
  assert.deepEqual(ofRace(five, "r", 4).map(({ id }) => id), ["new", "b", "a", "d"], "of more than can be shown the newest");
  // those of an older page have no place: the oldest was the first
  assert.deepEqual(ofRace([{ id: "late", race: "r" }, { id: "early", race: "r" }], "r").map(({ id }) => id), ["early", "late"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "../../../static/state/database.js";

/** A database that opens, with a log of what was done to it. */
function opening() {
  /** @type {any[]} */
  const log = [];
  const database = {
    transaction(stores, mode) {
      log.push(["transaction", stores, mode]);
      const transaction = { objectStore: (name) => ({ name }) };
      queueMicrotask(() => queueMicrotask(() => transaction.oncomplete()));
      return transaction;
    },
    close: () => log.push(["close"]),
  };
  const databases = () => ({
    open(name, version) {
      log.push(["open", name, version]);
      const request = { result: database };
      queueMicrotask(() => {
        request.onupgradeneeded();
        request.onsuccess();
      });
      return request;
    },
  });
  return { log, database, databases };
}

test("a piece of work has its stores in the order they were named, and the database is closed after it", async () => {
  const { log, database, databases } = opening();
  const made = [];
  const within = openDatabase(databases, "shelf", ["runs", "records"], (one) => made.push(one));
  const found = await within("readonly", (stores, done) => done(stores.map(({ name }) => name)), null);
  assert.deepEqual(found, ["runs", "records"]);
  assert.deepEqual(made, [database]);
  assert.deepEqual(log, [["open", "shelf", 1], ["transaction", ["runs", "records"], "readonly"], ["close"]]);
});

test("work that throws gives what was asked for otherwise, and the database is closed all the same", async () => {
  const { log, databases } = opening();
  const within = openDatabase(databases, "shelf", ["runs"], () => undefined);
  const found = await within("readwrite", () => {
    throw new Error("broken");
  }, "nothing");
  assert.equal(found, "nothing");
  assert.deepEqual(log.at(-1), ["close"]);
});

test("the browser's databases are asked for at each piece of work, not before", async () => {
  let asked = 0;
  const within = openDatabase(() => {
    asked += 1;
    throw new DOMException("denied", "SecurityError");
  }, "shelf", ["runs"], () => undefined);
  assert.equal(asked, 0);
  assert.deepEqual([await within("readonly", () => undefined, 1), await within("readonly", () => undefined, 2)], [1, 2]);
  assert.equal(asked, 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { openKept } from "../../../static/state/kept.js";

/** Each way in which browsers refuse. */
const REFUSALS = {
  "not to be looked at": () => {
    throw new DOMException("denied", "SecurityError");
  },
  "not there": () => undefined,
  "not to be opened": () => ({
    open() {
      const request = { error: new Error("no") };
      queueMicrotask(() => request.onerror());
      return request;
    },
  }),
  "held by another page": () => ({
    open() {
      const request = {};
      queueMicrotask(() => request.onblocked());
      return request;
    },
  }),
  "full": () => ({
    open() {
      const transaction = { error: new Error("quota"), objectStore: () => ({ put: () => queueMicrotask(() => transaction.onabort()), index: () => ({ getAllKeys: () => ({}) }), get: () => ({ then: queueMicrotask(() => transaction.onabort()) }) }) };
      const request = { result: { transaction: () => transaction, close: () => undefined } };
      queueMicrotask(() => request.onsuccess());
      return request;
    },
  }),
};

for (const [name, databases] of Object.entries(REFUSALS)) {
  test(`a browser whose storage is ${name} keeps nothing and fails at nothing`, async () => {
    const kept = openKept(databases);
    assert.deepEqual([await kept.put("a", {}), await kept.get("a")], [false, null]);
  });
}

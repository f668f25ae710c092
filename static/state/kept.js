/**
 * The newest few experiments in the browser's own database. Some browsers refuse it, to private windows or to pages inside pages: then
 * nothing is kept and nothing is found.
 */

import { openDatabase } from "./database.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */

/** So many are kept, each at most as large as the server takes; the oldest go first. */
export const MOST = 8;

const NAME = "unrolled";
const STORE = "experiments";
const AGE = "when";

/** @param {() => IDBFactory} databases  asked each time: to look at it is refused too */
export function openKept(databases) {
  const within = openDatabase(databases, NAME, [STORE], (database) => {
    database.createObjectStore(STORE, { keyPath: "id" }).createIndex(AGE, AGE);
  });

  return {
    /** @param {string} id @param {Experiment} experiment @returns {Promise<boolean>} whether it is kept */
    put: (id, experiment) => within("readwrite", ([store], done) => {
      store.put({ id, experiment, [AGE]: Date.now() });
      const ids = store.index(AGE).getAllKeys();
      ids.onsuccess = () => {
        for (const old of ids.result.slice(0, -MOST)) store.delete(old);
        done(true);
      };
    }, false),
    /** @param {string} id @returns {Promise<Experiment | null>} */
    get: (id) => within("readonly", ([store], done) => {
      const request = store.get(id);
      request.onsuccess = () => done(request.result?.experiment ?? null);
    }, /** @type {Experiment | null} */ (null)),
  };
}

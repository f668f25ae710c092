/**
 * The newest few experiments in the browser's own database. Some browsers refuse it, to private windows or to pages inside pages: then
 * nothing is kept and nothing is found.
 */

/** @typedef {import("../net/contract.js").Experiment} Experiment */

/** So many are kept, each at most as large as the server takes; the oldest go first. */
export const MOST = 8;

const NAME = "unrolled";
const STORE = "experiments";
const AGE = "when";

/** @param {() => IDBFactory} databases  asked each time: to look at it is refused too */
export function openKept(databases) {
  /** @returns {Promise<IDBDatabase>} */
  const opened = () => new Promise((done, failed) => {
    const request = databases().open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex(AGE, AGE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  });

  /**
   * @template T
   * @param {"readonly" | "readwrite"} mode
   * @param {(store: IDBObjectStore, done: (found: T) => void) => void} work
   * @param {T} otherwise  when the browser refuses
   * @returns {Promise<T>}
   */
  const within = async (mode, work, otherwise) => {
    try {
      const database = await opened();
      try {
        return await new Promise((done, failed) => {
          const transaction = database.transaction(STORE, mode);
          let found = otherwise;
          transaction.oncomplete = () => done(found);
          transaction.onabort = () => failed(transaction.error);
          work(transaction.objectStore(STORE), (value) => {
            found = value;
          });
        });
      } finally {
        database.close();
      }
    } catch {
      return otherwise;
    }
  };

  return {
    /** @param {string} id @param {Experiment} experiment @returns {Promise<boolean>} whether it is kept */
    put: (id, experiment) => within("readwrite", (store, done) => {
      store.put({ id, experiment, [AGE]: Date.now() });
      const ids = store.index(AGE).getAllKeys();
      ids.onsuccess = () => {
        for (const old of ids.result.slice(0, -MOST)) store.delete(old);
        done(true);
      };
    }, false),
    /** @param {string} id @returns {Promise<Experiment | null>} */
    get: (id) => within("readonly", (store, done) => {
      const request = store.get(id);
      request.onsuccess = () => done(request.result?.experiment ?? null);
    }, /** @type {Experiment | null} */ (null)),
  };
}

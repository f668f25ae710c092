/** The browser's own database, opened for one piece of work at a time. Some browsers refuse it, to private windows or to pages inside pages. */

/**
 * @param {() => IDBFactory} databases  asked each time: to look at it is refused too
 * @param {string} name
 * @param {readonly string[]} stores  every piece of work is given them, in this order
 * @param {(database: IDBDatabase) => void} make  makes the stores, once
 */
export function openDatabase(databases, name, stores, make) {
  /** @returns {Promise<IDBDatabase>} */
  const opened = () => new Promise((done, failed) => {
    const request = databases().open(name, 1);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  });

  /**
   * @template T
   * @param {"readonly" | "readwrite"} mode
   * @param {(stores: IDBObjectStore[], done: (found: T) => void) => void} work
   * @param {T} otherwise  when the browser refuses
   * @returns {Promise<T>}
   */
  return async function within(mode, work, otherwise) {
    try {
      const database = await opened();
      try {
        return await new Promise((done, failed) => {
          const transaction = database.transaction([...stores], mode);
          let found = otherwise;
          transaction.oncomplete = () => done(found);
          transaction.onabort = () => failed(transaction.error);
          work(stores.map((store) => transaction.objectStore(store)), (value) => {
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
}

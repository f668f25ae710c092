/** Runs in the browser's own database, each with its newest record. Browsers that refuse it keep nothing: then nothing is offered. */

import { openDatabase } from "../database.js";

/**
 * @typedef {object} Kept
 * @property {string} id
 * @property {string} race  runs of one race have one name
 * @property {string} name
 * @property {import("./settings.js").Given} given
 * @property {number} done
 * @property {number} updates
 * @property {number | null} loss  of held-out sequences
 * @property {boolean} over
 * @property {number} when  milliseconds
 * @property {number} [place]  in its race
 */
/** @typedef {ReturnType<typeof openShelf>} Shelf */

/** So many runs are kept; the oldest go first. */
export const MOST = 24;
const NAME = "unrolled-runs";
/** What is said of runs, and their records: a list of them need not read megabytes. */
const STORES = /** @type {const} */ (["runs", "records"]);

/** @param {() => IDBFactory} databases  asked each time: to look at it is refused too */
export function openShelf(databases) {
  const within = openDatabase(databases, NAME, STORES, (database) => {
    for (const store of STORES) database.createObjectStore(store, { keyPath: "id" });
  });

  /** @returns {Promise<Kept[]>} the newest first */
  const list = () => within("readonly", ([runs], done) => {
    const all = runs.getAll();
    all.onsuccess = () => done(sorted(all.result));
  }, /** @type {Kept[]} */ ([]));

  return {
    list,
    /** @param {Kept} kept @param {string | null} record  null: it stays what it was @returns {Promise<boolean>} whether it is kept */
    put: (kept, record) => within("readwrite", ([runs, records], done) => {
      runs.put(kept);
      if (record !== null) records.put({ id: kept.id, record });
      const all = runs.getAll();
      all.onsuccess = () => {
        for (const { id } of sorted(all.result).slice(MOST)) {
          runs.delete(id);
          records.delete(id);
        }
        done(true);
      };
    }, false),
    /** @param {string} id @returns {Promise<string | null>} */
    record: (id) => within("readonly", ([, records], done) => {
      const request = records.get(id);
      request.onsuccess = () => done(request.result?.record ?? null);
    }, /** @type {string | null} */ (null)),
    /** @param {string} id */
    remove: (id) => within("readwrite", ([runs, records], done) => {
      runs.delete(id);
      records.delete(id);
      done(true);
    }, false),
  };
}

/**
 * What is kept of a race, in the order in which it was shown; of more than can be shown the newest.
 * @param {Kept[]} all  the newest first
 * @param {string | null} race
 * @param {number} [most]
 */
export function ofRace(all, race, most = Infinity) {
  return all.filter((kept) => kept.race === race).slice(0, most).reverse().sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

/** @param {Kept[]} all */
function sorted(all) {
  return all.sort((a, b) => b.when - a.when);
}

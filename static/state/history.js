/** What can be taken back. A drag is one entry, however many numbers it passed through. */

/** How many changes are remembered. */
export const DEPTH = 200;

/**
 * @template T
 * @param {number} [depth]
 */
export function createHistory(depth = DEPTH) {
  /** @type {T[]} */
  let past = [];
  /** @type {T[]} */
  let future = [];
  /** @type {string | null} */
  let gesture = null;

  return {
    /**
     * @param {T} before  what undo brings back
     * @param {string | null} [key]  names a gesture that is still going on; calls with the same key are one entry
     */
    record(before, key = null) {
      if (key !== null && key === gesture) return;
      past = [...past.slice(-(depth - 1)), before];
      future = [];
      gesture = key;
    },
    /** The gesture is over: the next change is an entry of its own. @param {(before: T) => boolean} [back]  whether it ended where it began: there is nothing to take back */
    close(back) {
      const before = past.at(-1);
      if (gesture !== null && before !== undefined && back?.(before)) past = past.slice(0, -1);
      gesture = null;
    },
    /** @param {T} now @returns {T | undefined} */
    undo(now) {
      const found = past.at(-1);
      if (found === undefined) return undefined;
      past = past.slice(0, -1);
      future = [...future, now];
      gesture = null;
      return found;
    },
    /** @param {T} now @returns {T | undefined} */
    redo(now) {
      const found = future.at(-1);
      if (found === undefined) return undefined;
      future = future.slice(0, -1);
      past = [...past, now];
      gesture = null;
      return found;
    },
    clear() {
      past = [];
      future = [];
      gesture = null;
    },
    counts: () => ({ undo: past.length, redo: future.length }),
  };
}

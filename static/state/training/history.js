/** What a run has measured so far: numbers of every update, in lists that grow without being copied each time. */

/** @typedef {"loss" | "norm" | "clipped" | "rate"} Measure */
/** What held-out sequences said after an update. @typedef {{update: number, loss: number, accuracy: number}} HeldOut */
/** @typedef {ReturnType<typeof createHistory>} History */

const MEASURES = /** @type {const} */ (["loss", "norm", "clipped", "rate"]);
const ROOM = 256;

export function createHistory() {
  let count = 0;
  const lists = /** @type {Record<Measure, Float64Array>} */ (Object.fromEntries(MEASURES.map((name) => [name, new Float64Array(ROOM).fill(NaN)])));
  /** @type {HeldOut[]} */
  let held = [];

  /** @param {number} wanted */
  const grow = (wanted) => {
    if (wanted <= lists.loss.length) return;
    for (const name of MEASURES) {
      const wider = new Float64Array(Math.max(wanted, 2 * lists[name].length)).fill(NaN);
      wider.set(lists[name].subarray(0, count));
      lists[name] = wider;
    }
  };

  return {
    /** How many updates are known. */
    get count() {
      return count;
    },
    /** Measured after some updates, in their order. */
    get held() {
      return held;
    },
    /** One number for each update, from the first; NaN where it was not told. @param {Measure} name */
    of: (name) => lists[name].subarray(0, count),
    /**
     * Numbers from update `first` (from 1) on; what came after it before is written over.
     * @param {number} first @param {Partial<Record<Measure, ArrayLike<number>>>} found
     */
    take(first, found) {
      const length = Math.max(0, ...MEASURES.map((name) => found[name]?.length ?? 0));
      grow(first - 1 + length);
      for (const name of MEASURES) {
        const list = found[name];
        if (list) lists[name].set(list, first - 1);
        else lists[name].fill(NaN, first - 1, first - 1 + length);
      }
      count = Math.max(count, first - 1 + length);
    },
    /** @param {HeldOut[]} found  each later than all before it, or told again */
    hold(found) {
      const fresh = found.filter(({ update }) => update > (held.at(-1)?.update ?? -1));
      if (fresh.length > 0) held = [...held, ...fresh];
    },
  };
}

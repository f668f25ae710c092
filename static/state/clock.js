/** Playing: one step after another, at the speed asked for. It waits where a prediction is open. */

/** @typedef {import("./store.js").Store} Store */

/**
 * @param {Store} store
 * @param {() => boolean} advance  goes one step on; false when there is none, or when something has to be answered first
 * @param {{setTimeout: (fn: () => void, ms: number) => any, clearTimeout: (id: any) => void}} [timers]
 */
export function createClock(store, advance, timers = globalThis) {
  /** @type {any} */
  let timer;
  const stop = () => timers.clearTimeout(timer);
  const next = () => {
    stop();
    if (!store.get().playing) return;
    timer = timers.setTimeout(() => {
      if (!store.get().playing) return;
      if (advance()) next();
      else store.set({ playing: false });
    }, 1000 / store.get().speed);
  };
  return { start: next, stop };
}

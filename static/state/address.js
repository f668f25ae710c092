/** The address bar and the store, kept level: steps and drags replace the entry, another lesson makes a new one. */

import { fragment, parseFragment } from "./fields.js";

/** @typedef {import("./store.js").Store} Store */

/**
 * The bar follows when a drag has come to rest: to change it takes longer than to draw a frame, and browsers refuse more than about a
 * hundred changes in half a minute.
 */
const PAUSE = 300;

/**
 * @param {Store} store
 * @param {{location: Location, history: History, addEventListener: Window["addEventListener"]}} window
 * @param {(address: ReturnType<typeof parseFragment>) => void} open  what to do when the person goes back or types an address
 */
export function createAddress(store, { location, history, addEventListener }, open) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const text = () => {
    const { experiment, base } = store.get();
    return experiment && base ? `#${fragment(experiment, base)}` : location.hash;
  };
  const replace = () => {
    clearTimeout(timer);
    timer = undefined;
    const now = text();
    if (now !== location.hash) history.replaceState(null, "", now);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(replace, PAUSE);
  };
  const stop = store.watch(["experiment", "base"], soon);
  addEventListener("popstate", () => {
    clearTimeout(timer);
    timer = undefined;
    open(parseFragment(location.hash.slice(1)));
  });
  addEventListener("pagehide", replace);

  return {
    read: () => parseFragment(location.hash.slice(1)),
    /** What is shown is an entry of its own. */
    push() {
      clearTimeout(timer);
      timer = undefined;
      const now = text();
      if (now !== location.hash) history.pushState(null, "", now);
    },
    /** The whole address, up to date. */
    link() {
      replace();
      return location.href;
    },
    stop,
  };
}

/**
 * The address bar and the store, kept level: steps and drags replace the entry, another lesson makes a new one. What is too long for it the
 * browser keeps, and the address names it; never before it is kept.
 */

import { fragment, parseFragment } from "./fragment.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {ReturnType<typeof import("./keeping.js").createKeeping>} Keeping */

/**
 * The bar follows when a drag or the playhead has come to rest: to change it takes longer than to draw a frame, some 70 ms where a
 * thousand steps stand in it, and browsers refuse more than about a hundred changes in half a minute.
 */
const PAUSE = 300;
/** Where a page that is left puts its address. */
const LEFT = "unrolled.left";

/**
 * @param {Store} store
 * @param {{location: Location, history: History, sessionStorage: Storage, performance: Performance, addEventListener: Window["addEventListener"]}} window
 * @param {(address: ReturnType<typeof parseFragment>) => void} open  what to do when the person goes back or types an address
 * @param {() => Promise<Keeping>} keeping  asked for when it is first needed
 */
export function createAddress(store, window, open, keeping) {
  const { location, history } = window;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** Which entry of the history this is, as its record says; entries that are gone back from in haste, with what they should have said. */
  let entry = history.state?.entry ?? "";
  let entries = 0;
  /** @type {Map<string, string>} */
  const hasty = new Map();
  const name = () => {
    entries += 1;
    entry = `${window.performance.timeOrigin}-${entries}`;
    return { entry };
  };

  /** @type {Keeping | null} */
  let keeper = null;
  const kept = async () => (keeper ??= await keeping());

  /** Null: it is too long, and not kept yet. */
  const text = () => {
    const { home, train } = store.get();
    if (home) return train === null ? "" : `#train=${train}`;
    return stage();
  };
  /** Of what is open, also behind the list of lessons. */
  const stage = () => {
    const { experiment, base, ground, pinned } = store.get();
    if (!experiment || !base) return location.hash;
    const short = fragment(experiment, base, ground);
    const now = short ?? keeper?.named(experiment) ?? null;
    if (now !== null) store.set({ carried: short === null ? "browser" : "link" });
    return now === null ? null : `#${now}${pinned ? `&at=${pinned.address}@${pinned.step}@${pinned.unit}` : ""}`;
  };
  /** An empty fragment would leave the old one standing. @param {string} fragment */
  const whole = (fragment) => fragment || location.href.split("#")[0];
  const replace = () => {
    clearTimeout(timer);
    timer = undefined;
    const now = text();
    if (now === null) void keep();
    else if (now !== location.hash) history.replaceState(name(), "", whole(now));
  };
  const keep = async () => {
    const { experiment } = store.get();
    const done = await (await kept()).keep(experiment, parseFragment(location.hash.slice(1)).kept);
    if (store.get().experiment !== experiment) return soon();
    if (done) return replace();
    if (store.get().carried !== "nothing") store.set({ carried: "nothing", notice: "notice.unkept" });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (store.get().playing ? soon() : replace()), PAUSE);
  };
  const stop = store.watch(["experiment", "base", "ground", "pinned", "home", "train"], soon);
  window.addEventListener("popstate", ({ state }) => {
    // The bar is another entry's already: what it missed waits until the person comes forward again.
    const missed = timer !== undefined && entry ? text() : null;
    if (missed !== null) hasty.set(entry, missed);
    clearTimeout(timer);
    timer = undefined;
    entry = state?.entry ?? "";
    const wanted = hasty.get(entry) ?? location.hash;
    const { home, experiment } = store.get();
    const found = parseFragment(wanted.slice(1));
    // What is still open behind the list comes forward with all that can be taken back.
    if (home) store.set({ pinned: found.pinned });
    if (home && experiment && wanted === stage()) store.set({ home: false, train: null, panel: null, notice: null });
    else open(found);
  });
  // A reload has taken the address before the page hears of it: what came after is handed over in the tab's own storage.
  window.addEventListener("pagehide", () => {
    replace();
    try {
      window.sessionStorage.setItem(LEFT, location.hash);
    } catch {
      // Without storage a reload may lose the last third of a second, or where the playhead has come.
    }
  });

  const left = () => {
    const [entry] = /** @type {PerformanceNavigationTiming[]} */ (window.performance.getEntriesByType("navigation"));
    try {
      return entry?.type === "reload" ? window.sessionStorage.getItem(LEFT) : null;
    } catch {
      return null;
    }
  };

  return {
    read: () => parseFragment((left() ?? location.hash).slice(1)),
    /** What is shown is an entry of its own. */
    push() {
      clearTimeout(timer);
      timer = undefined;
      const now = text();
      if (now !== location.hash) history.pushState(name(), "", whole(now ?? ""));
      if (now === null) void keep();
    },
    /** What is kept under that name. @param {string} id */
    recall: async (id) => (await kept()).recall(id),
    /** The whole address, up to date. */
    link() {
      replace();
      return location.href;
    },
    stop,
  };
}

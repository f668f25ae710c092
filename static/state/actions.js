/** Everything that can be done in the page. Views and keys call these; nothing else writes the store, but for the engine's answers. */

import { createChanges } from "./changes.js";
import { createCore } from "./core.js";
import { createHome } from "./home.js";
import { createLooking } from "./looking.js";
import { createOpening } from "./opening.js";
import { createTravel } from "./travel.js";

/** @typedef {ReturnType<typeof createActions>} Actions */

/** Actions that come when the first of them is asked for: where they are, and what they are called. @type {[(core: import("./core.js").Core) => Promise<Record<string, any>>, string[]][]} */
const LATE = [
  [
    async (core) => (await import("./writing.js")).createWriting(core),
    ["openEditor", "closeEditor", "toggleEditor", "beginWriting", "write", "libraryText", "dropDraft"],
  ],
  [async (core) => (await import("./learning.js")).createLearning(core), ["refreshLearning", "learn", "learnOn", "setPace"]],
];

/** @param {import("./core.js").Core} core @returns {Record<string, (...args: any[]) => Promise<unknown>>} */
function late(core) {
  return Object.fromEntries(LATE.flatMap(([load, names]) => {
    /** @type {Promise<Record<string, any>> | undefined} */
    let loading;
    const loaded = () => {
      loading ??= load(core);
      loading.catch(() => {
        loading = undefined;
        core.set({ notice: "notice.panel" });
      });
      return loading;
    };
    return names.map((name) => [name, async (/** @type {any[]} */ ...args) => (await loaded())[name](...args)]);
  }));
}

/** @param {import("./store.js").Store} store @param {import("./core.js").Environment} environment */
export function createActions(store, environment) {
  const core = createCore(store, environment);
  const changes = createChanges(core);
  const home = createHome(core);
  /** @type {Promise<ReturnType<typeof import("./comparing.js").createComparing>> | null} */
  let comparing = null;
  /** Lanes beside the first; loaded when they are first wanted. */
  const compare = () => {
    comparing ??= import("./comparing.js").then(({ createComparing }) => createComparing(core, store));
    comparing.catch(() => {
      comparing = null;
    });
    return comparing;
  };
  const actions = {
    ...home,
    ...createOpening(core, home.goHome),
    ...createTravel(core, store, changes),
    ...changes,
    ...createLooking(core),
    compare,
    stopComparing: async () => (await compare()).stop(),
    /** Pictures and numbers as files. */
    saving: async () => (await import("./saving.js")).createSaving(core),
    ...late(core),
    close: core.session.close,
  };
  return {
    ...actions,
    /** With those that are loaded when they are first wanted. @template T @param {(core: import("./core.js").Core) => T} create */
    more: (create) => ({ ...actions, ...create(core) }),
  };
}

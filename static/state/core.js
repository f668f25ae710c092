/** What all actions share: showing an experiment, remembering what can be taken back, telling the engine. */

import { asTold } from "./beats.js";
import { isChanged, same, withChangesOf, withView } from "./edit.js";
import { createHistory } from "./history.js";
import { createSession } from "./session.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{live?: boolean, ground?: import("./starts.js").Ground}} Live  live: a drag that is still going on; ground: what changes are counted from afterwards */
/** @typedef {Pick<import("./store.js").State, "experiment" | "base" | "ground" | "network">} Snapshot */
/**
 * The parts of the browser that actions need.
 * @typedef {object} Environment
 * @property {(listener: import("../net/contract.js").PortListener, lane?: string) => import("../net/contract.js").EnginePort} connect
 * @property {(callback: () => void) => void} schedule
 * @property {(key: string, value: string) => void} remember
 * @property {(key: string) => string | null} recall  what was remembered
 * @property {() => Promise<import("../net/api.js").Api>} api
 * @property {(lesson: string | null) => import("./preferences.js").Answers} answers  given earlier in this tab
 * @property {() => Record<string, import("./store.js").Progress>} seen  how far each lesson has been read, in any tab
 * @property {() => string} link  the address of what is shown, up to date
 * @property {() => void} pushed  what is shown now is a new entry of the browser's history
 * @property {(name: string) => void} sought  somebody has asked for a view: it comes into sight
 * @property {(text: string) => Promise<void>} copy
 * @property {() => Promise<import("../net/contract.js").CellCard[]>} cells  of the library
 * @property {(experiment: Experiment, name: string) => Promise<import("../net/contract.js").LaneRecord>} beside  a cell of the library as large as the experiment's own
 * @property {() => Promise<Record<string, import("../net/contract.js").Miniature>>} miniatures  of the lessons
 * @property {(name: string, record: unknown) => void} download
 * @property {(name: string, blob: Blob) => void} save
 * @property {(experiment: Experiment, format: "csv" | "json" | "npz", gradients: boolean) => Promise<Blob>} trace
 * @property {(experiment: Experiment) => Promise<Record<string, import("./store.js").Series>>} values  every one from the first step to the last
 * @property {() => Promise<import("../net/files.js").Face[]>} faces  of the page's letters
 * @property {(text: string) => Promise<{record: Experiment | null, problems: import("../net/contract.js").Problem[], training?: boolean}>} read  a saved experiment, or why it is none
 */
/** @typedef {ReturnType<typeof createCore>} Core */

/** What a field says of what was typed and is not taken, until something is: it is no number, or none that can be. */
export const REFUSED = { number: "notice.not-number", possible: "notice.not-possible", predicted: "notice.type-number", units: "network.bad-units" };

/** @param {import("./store.js").State} state */
export const isRefused = ({ notice }) => Object.values(REFUSED).includes(notice ?? "");

/** @param {Store} store @param {Environment} environment */
export function createCore(store, environment) {
  const { get, set } = store;
  const history = /** @type {ReturnType<typeof createHistory<Snapshot>>} */ (createHistory());
  const session = createSession(store, environment.connect, { schedule: environment.schedule, rollBack });

  /** @param {Experiment} experiment @param {{patient?: boolean}} [how] */
  function show(experiment, how) {
    set({ experiment, changed: isChanged(experiment, asTold({ ...get(), experiment })), ...history.counts() }, how);
    session.tell();
  }

  /** A change that can be taken back. @param {Experiment} next @param {string | null} [key] names the gesture @param {Live} [live] */
  function commit(next, key = null, { live = false, ground = get().ground } = {}) {
    if (next !== get().experiment) {
      if (!same(next, get().experiment)) record(key);
      set({ ground, ...(get().problems.length > 0 ? { problems: [] } : {}), ...(isRefused(get()) ? { notice: null } : {}) });
    }
    if (!live) history.close(({ experiment }) => same(experiment, next));
    show(next, { patient: live });
  }

  /** @param {string | null} [key] */
  function record(key = null) {
    history.record(snapshot(), key);
  }

  /** @returns {Snapshot} */
  function snapshot() {
    const { experiment, base, ground, network } = get();
    return { experiment, base, ground, network };
  }

  /** @param {Snapshot | undefined} found */
  function restore(found) {
    if (!found) return;
    const { base, ground, network } = found;
    // What another network computed has no place in this one.
    const cleared = same(found.experiment.network, get().experiment.network) ? {} : { network, values: {}, gradients: {}, totals: {}, pictures: {}, equation: null, pinned: null };
    set({ base, ground, problems: [], ...cleared });
    show(withChangesOf(get().experiment, found.experiment));
  }

  function undo() {
    restore(history.undo(snapshot()));
  }

  /** What was refused is taken back; what came with an address, where there is nothing to undo, as a whole. */
  function rollBack() {
    const { experiment, base } = get();
    undo();
    if (get().experiment === experiment && base) show(base);
  }

  return {
    get,
    set,
    history,
    session,
    /** Those of the networks beside the first, by lane. @type {Map<string, ReturnType<typeof createSession>>} */
    beside: new Map(),
    environment,
    show,
    commit,
    record,
    undo,
    redo: () => restore(history.redo(snapshot())),
    /** Only what is looked at: nothing to take back. @param {Record<string, string | number | boolean>} view */
    look: (view) => show(withView(get().experiment, view)),
  };
}

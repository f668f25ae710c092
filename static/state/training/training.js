/** Trainings: what can be done with up to four runs side by side. */

import { createBaselines } from "./baselines.js";
import { createHeld } from "./held.js";
import { MOST_RUNS, readLink } from "./link.js";
import { createRemote } from "./remote.js";
import { isBegun, isOver, newRun } from "./runs.js";
import { change, isKnown, isShared, spare } from "./settings.js";
import { ofRace, openShelf } from "./shelf.js";
import { called, staged } from "./staged.js";
import { namesake, placeOf, STAGE, stageRun } from "./stagenetwork.js";
import { createStageStart } from "./stagestart.js";

/** @typedef {import("../core.js").Core} Core */
/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./settings.js").Offer} Offer */
/** @typedef {import("../../net/contract.js").Problem} Problem */
/**
 * @typedef {object} Training
 * @property {Offer} offer
 * @property {import("./recipes.js").Recipe[]} recipes  none before they have been told
 * @property {string} link  the settings as the address has them
 * @property {string} race  the name under which these runs are kept together
 * @property {Run[]} runs
 * @property {number} seen  the run whose inside is shown
 * @property {number | null} edited  the run whose settings are shown; null: those of all
 * @property {number | null} most  updates in a second; null: as many as can be
 * @property {import("./shelf.js").Kept[]} kept  the newest first
 * @property {Problem[]} problems  of a file that could not be used
 * @property {Record<string, import("./starting.js").Shapes | null>} wanted  the weights that networks learn, by `networkKey`; null: it could not be told
 * @property {Record<string, import("./baselines.js").Baseline>} baselines  what is reached without what the task asks to remember, where settings are not the usual ones
 * @property {string[]} cut  settings that the link of these runs had left out
 */

/** What an empty address begins with. */
const FIRST = "adding,.length:30,cell:simple-rnn,units:16,rate:0.01,updates:1500;cell:lstm;cell:gru";

/** @param {Core} core @param {import("./shelf.js").Shelf} [shelf] @param {() => string} [newName] */
export function createTraining(core, shelf = openShelf(() => indexedDB), newName = () => Math.random().toString(36).slice(2, 10)) {
  const { get, set, environment } = core;
  const held = createHeld();
  /** Runs that were laid and not begun when a record was opened: they come back if it is none. @type {Run[]} */
  let laid = [];
  let loading = false;

  const now = () => /** @type {Training} */ (get().training);
  /** @param {Partial<Training>} patch */
  const put = (patch) => set({ training: { ...now(), ...patch } });
  const askBaseline = createBaselines(core, { now, put });
  const list = async () => put({ kept: await shelf.list() });
  /** The place is whole without them: where they could not be had, they are asked for when it is opened again. */
  const readRecipes = async () => {
    if (!now() || now().recipes.length > 0) return;
    const found = await (await environment.api()).recipes().catch(() => null);
    if (found && now()) put({ recipes: found.recipes });
  };

  const { alter, runOf, close, halt, start, pace, renew } = createRemote(core, {
    now, put, shelf,
    written: () => linked(now().runs),
    unread: (rest, problems) => put({ runs: rest.length > 0 ? rest : laid, problems, seen: 0 }),
  });

  /** Runs whose settings the address tells from now on. @param {Run[]} runs @param {Partial<Training>} [more] */
  function linked(runs, more = {}) {
    const link = held.write(runs.map(({ given }) => given));
    put({ link, runs, ...more });
    if (get().train !== link) set({ train: link });
  }

  /** @param {Given[]} all @param {Partial<Training>} [more] */
  function lay(all, more = {}) {
    now()?.runs.forEach(close);
    const runs = all.map((each, at) => newRun(newName(), at, spare((more.offer ?? now().offer), each)));
    linked(runs, { race: newName(), seen: Math.min(now()?.seen ?? 0, runs.length - 1), edited: null, problems: [], cut: [], ...more });
    void askBaseline();
  }

  /** The stage's network as settings. @param {Offer} offer @param {Given} [laid] */
  async function onStage(offer, laid) {
    return stageRun(get(), offer, await listed(namesake(get(), offer)), laid);
  }

  /** The equations of a cell of the library. @param {string} name @returns {Promise<string | null>} null: it has none of that name */
  const listed = async (name) => (name ? (await environment.api()).text(name).catch(() => null) : null);

  /** The stage's network is laid; a race that it is in stays as it is. */
  async function layStage() {
    const own = await onStage(now().offer, now().runs[0]?.given);
    const { runs, link } = now();
    const at = own ? placeOf(runs.map(({ given }) => given), own) : 0;
    if (own && at < 0) return lay([own], { race: newName() });
    put({ seen: at });
    set({ train: link });
  }

  /** @param {string} id @param {string} record @param {{name?: string, given?: Given}} [more] */
  function take(id, record, { name = "", given } = {}) {
    const at = [0, 1, 2, 3].find((place) => !now().runs.some(({ lane }) => lane === `run-${"abcd"[place]}`));
    if (at === undefined) return;
    const run = newRun(id, at, given ?? now().runs[0]?.given ?? { task: now().offer.tasks[0].name }, { name, record });
    put({ runs: [...now().runs, run], problems: [], cut: [] });
    start(run, false);
  }

  /** What an address says; `all` null where it cannot be read, or names a task or a cell that is not there. @param {Offer} offer @param {string} text */
  function told(offer, text) {
    const { all, cut } = held.read(text);
    return { all: all?.every((given) => isKnown(offer, given)) ? all : null, cut };
  }

  return {
    ...createStageStart(core, { now, put, lay: (all, more) => lay(all, { ...more, race: newName() }) }),
    /** Shows the settings of an address; what runs already goes on. @param {string} text */
    async openTraining(text) {
      if (loading || (now() && now().link === text)) return;
      if (now() && text === STAGE) {
        loading = true;
        return layStage().finally(() => void (loading = false));
      }
      if (now()) {
        void readRecipes();
        // What was laid here stays, and what runs goes on, when somebody comes back by the menu.
        if (text === "") return set({ train: now().link });
        const { all, cut } = told(now().offer, text || FIRST);
        lay(all ?? /** @type {Given[]} */ (readLink(FIRST)), { cut });
        return all ? undefined : set({ notice: "notice.unread" });
      }
      loading = true;
      try {
        const offer = await (await environment.api()).offer();
        set({ training: /** @type {Training} */ ({ offer, recipes: [], link: "", race: "", runs: [], seen: 0, edited: null, most: null, kept: [], problems: [], wanted: {}, baselines: {}, cut: [] }) });
        const wanted = get().train || FIRST;
        const own = wanted === STAGE ? await onStage(offer) : null;
        const { all, cut } = own ? { all: [own], cut: [] } : told(offer, wanted === STAGE ? FIRST : wanted);
        lay(all ?? /** @type {Given[]} */ (readLink(FIRST)), { cut });
        if (!all) set({ notice: "notice.unread" });
        await list();
      } catch {
        set({ notice: "notice.panel" });
      } finally {
        loading = false;
      }
      await readRecipes();
    },
    /** Another race. @param {string} link */
    layRuns: (link) => link === STAGE ? layStage() : lay(/** @type {Given[]} */ (readLink(link))),
    /** @param {string} key @param {string | number} value */
    setTraining(key, value) {
      const { offer, runs, edited } = now();
      const all = runs.map(({ given }, at) => (edited === null || edited === at || isShared(key) ? change(offer, given, key, value) : given));
      lay(all, { edited, race: newName() });
    },
    /** The equations of the listed cell, to be changed. */
    async writeEquations() {
      const { runs, edited, offer } = now();
      const { cell } = runs[edited ?? 0].given;
      try {
        const text = await (await environment.api()).text(cell ?? offer.choices.cell.usual);
        // Whoever has gone on meanwhile to something else has not asked for them there.
        if (now().runs === runs && now().edited === edited) this.setTraining("equations", text);
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** @param {number | null} edited */
    editRun: (edited) => put({ edited, ...(edited === null ? {} : { seen: edited }) }),
    /** @param {number} seen */
    seeRun: (seen) => put({ seen }),
    addRun() {
      const { runs } = now();
      if (runs.length >= MOST_RUNS) return;
      const all = runs.map(({ given }) => given);
      lay([...all, /** @type {Given} */ (all.at(-1))], { edited: all.length, seen: all.length });
    },
    /** @param {number} at */
    dropRun(at) {
      const { runs } = now();
      if (runs.length < 2) return;
      close(runs[at]);
      linked(runs.filter((_, index) => index !== at), { seen: 0, edited: null });
    },
    /** All run, or all rest. */
    toggleTraining() {
      const { runs } = now();
      if (runs.some(({ status }) => status === "going" || status === "asked")) {
        for (const run of runs) if (run.status === "going") pace(run, false);
      } else {
        for (const run of runs) {
          if (run.status === "paused") pace(run, true);
          else if (!isOver(run)) start(run, true);
        }
      }
    },
    /** So many updates, and then rest. @param {number} count */
    stepTraining(count) {
      for (const run of now().runs) {
        if (run.status === "paused" || run.status === "going") pace(run, false, count);
        else if (!isOver(run)) start(run, false, count);
      }
    },
    /** @param {number | null} most */
    setMost(most) {
      put({ most });
      for (const run of now().runs) if (run.status === "going") pace(run, true);
    },
    /** At once; what was kept stays. */
    haltTraining: () => now().runs.forEach(halt),
    /** Back to the first update, as new runs. */
    resetTraining: () => lay(now().runs.map(({ given }) => given), { race: newName(), edited: now().edited }),
    /** Everything that is kept of a race goes on, ready to run. @param {string} race */
    async goOnWith(race) {
      const all = ofRace(now().kept, race, MOST_RUNS);
      now().runs.forEach(close);
      put({ runs: [], race, seen: 0, edited: null });
      for (const { id, name, given } of all) {
        const record = await shelf.record(id);
        if (record) take(id, record, { name, given });
      }
      if (now().runs.length === 0) lay(all.map(({ given }) => given));
    },
    /** Beside those that are shown. @param {string} id */
    async setBeside(id) {
      const kept = now().kept.find((each) => each.id === id);
      const record = await shelf.record(id);
      if (kept && record && !runOf(id)) take(id, record, kept);
    },
    /** @param {string} id */
    async forget(id) {
      await shelf.remove(id);
      await list();
    },
    /** @param {string} id @param {string} name */
    async nameRun(id, name) {
      if (runOf(id)) alter(id, (run) => ({ ...run, name }));
      const kept = now().kept.find((each) => each.id === id);
      if (kept) await shelf.put({ ...kept, name }, null);
      await list();
    },
    /** A record that was saved, or that `unrolled train` wrote. @param {Blob} file */
    async readRecord(file) {
      set({ dropped: null });
      const most = get().limits.message_bytes ?? Infinity;
      if (file.size > most) return put({ problems: [{ code: "over-limit", args: { limit: "message", value: file.size, allowed: most }, message: "" }] });
      const text = await file.text();
      if (!now().runs.some(isBegun)) {
        laid = now().runs;
        put({ runs: [], race: newName(), seen: 0, edited: null });
      }
      if (now().runs.length >= MOST_RUNS) return put({ problems: [{ code: "over-limit", args: { limit: "runs", value: MOST_RUNS + 1, allowed: MOST_RUNS }, message: "" }] });
      take(newName(), text, { given: laid[0]?.given });
    },
    /** @param {string} id */
    async saveRecord(id) {
      const record = runOf(id)?.record ?? (await shelf.record(id));
      const given = runOf(id)?.given ?? now().kept.find((each) => each.id === id)?.given;
      if (record && given) environment.save(`${given.task}-${given.cell ?? now().offer.choices.cell.usual}-${given.seed ?? 0}.json`, new Blob([record], { type: "application/json" }));
    },
    /** The experiment with the newest weights. @param {string} id @returns {Promise<import("../../net/contract.js").Experiment | null>} */
    async stagedRun(id) {
      const run = runOf(id);
      if (!run) return null;
      await renew(run);
      const experiment = staged(runOf(id) ?? run, get().limits.steps ?? Infinity);
      return experiment && called(experiment, await listed(experiment.network.parts[0].layers[0].cell));
    },
  };
}

/** Opening what is shown, and giving it away: lessons, links, files. */

import { withView } from "./edit.js";
import { applyFields } from "./fields.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{lesson: string | null, preset?: string | null, variant?: string | null, whole?: Experiment | null, fields?: [string, string][], faulty?: boolean, notice?: string}} Address  `notice`: what is said when it is open */

/** @param {Core} core */
export function createOpening(core) {
  const { get, set, session, history, environment } = core;

  /** @param {Address} address @param {{push?: boolean, otherwise?: () => void}} [options] */
  function open({ lesson, preset, variant, whole = null, fields = [], faulty = false, notice }, { push = true, otherwise } = {}) {
    if (whole) return openWhole(whole, { push, otherwise });
    const name = lesson ?? get().lessons[0]?.id;
    if (!name) return;
    let wrong = faulty;
    session.load({
      message: { type: "open", lesson: name, ...(preset ? { preset } : {}), ...(variant ? { variant } : {}) },
      build(base) {
        const now = /** @type {Experiment | null} */ (get().experiment);
        // An address says all; a lesson from the menu keeps the person's language and way of drawing.
        const kept = push && now ? { ...withView(base, keep(now)), language: now.language } : base;
        const applied = applyFields(kept, fields);
        wrong ||= applied.faulty;
        return applied.experiment;
      },
      opened() {
        set({ notice: wrong ? "notice.link" : notice ?? null });
        settled(push);
      },
      refused: otherwise,
    });
  }

  /** An experiment that belongs to no lesson is its own beginning. @param {Experiment} experiment @param {{push?: boolean, otherwise?: () => void}} [options] */
  function openWhole(experiment, { push = true, otherwise } = {}) {
    session.load({
      message: { type: "open", experiment },
      build: (base) => base,
      opened: () => settled(push),
      refused: otherwise,
    });
  }

  /** @param {boolean} push */
  function settled(push) {
    history.clear();
    set({ ...history.counts(), panel: null, spotlight: null, predictions: environment.answers(get().experiment.lesson) });
    if (push) environment.pushed();
  }

  return {
    open,
    /** @param {string} id @param {{preset?: string | null, variant?: string | null}} [options] */
    openLesson: (id, options = {}) => open({ lesson: id, ...options }),
    link: environment.link,
    async copyLink() {
      try {
        await environment.copy(environment.link());
        set({ notice: "share.copied" });
      } catch {
        set({ notice: "share.failed" });
      }
    },
    saveFile() {
      const { experiment } = get();
      environment.download(`${experiment.lesson ?? "experiment"}.unrolled.json`, experiment);
    },
    /** @param {string} text a saved experiment */
    openFile(text) {
      const record = environment.read(text);
      if (!record) return set({ notice: "share.unreadable" });
      const { lesson, preset, variant } = record;
      if (!lesson) return openWhole(record);
      session.load({
        message: { type: "open", lesson, ...(preset ? { preset } : {}), ...(variant ? { variant } : {}) },
        build: (base) => over(base, record),
        opened: () => settled(true),
        refused: () => openWhole(record),
      });
    },
  };
}

/** @param {Experiment} experiment @returns {Record<string, string | number | boolean>} */
function keep({ view }) {
  return view.drawing === undefined ? {} : { drawing: view.drawing };
}

/** A saved experiment over its lesson's own, which may have learned new parameters since. @param {Experiment} base @param {Experiment} record */
function over(base, record) {
  const values = { ...base.parameters.values, ...record.parameters.values };
  return { ...base, ...record, parameters: { ...record.parameters, values } };
}

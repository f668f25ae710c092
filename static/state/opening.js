/** Opening what is shown, and giving it away: lessons, cells, links, files. */

import { same, withView } from "./edit.js";
import { applyFields, foundation, isFoundation } from "./fields.js";
import { hasOrigin, originOf } from "./origin.js";
import { bareOf, fitted } from "./rebuilding.js";
import { untouched } from "./starts.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{lesson?: string | null, preset?: string | null, variant?: string | null, cell?: string | null, whole?: Experiment | null, fields?: [string, string][], faulty?: boolean, notice?: string}} Address  `notice`: what is said when it is open */

/** @param {Core} core @param {(options: {push?: boolean, notice?: string | null}) => void} goHome */
export function createOpening(core, goHome) {
  const { get, set, session, history, environment } = core;

  /** @param {Address} address @param {{push?: boolean, otherwise?: () => void}} [options] */
  function open({ whole = null, fields = [], faulty = false, notice, ...named }, { push = true, otherwise } = {}) {
    if (whole) return openWhole(whole, { push, otherwise });
    if (!hasOrigin(named)) return goHome({ push, notice: faulty ? "notice.link" : notice });
    let wrong = faulty;
    /** @param {Experiment} base @param {(key: string) => boolean} [which] */
    const filled = (base, which) => {
      const applied = applyFields(base, fields, which);
      wrong ||= applied.faulty;
      return applied.experiment;
    };
    const opened = () => {
      set({ notice: wrong ? "notice.link" : notice ?? null });
      settled(push);
    };
    const first = {
      message: /** @type {const} */ ({ type: "open", ...originOf(named) }),
      /** @param {Experiment} base */
      build(base) {
        const now = /** @type {Experiment | null} */ (get().experiment);
        // An address says all; a lesson from the menu keeps the person's language and way of drawing.
        const kept = push && now ? { ...withView(base, keep(now)), language: now.language } : base;
        wrong ||= fields.some(([key]) => key === "net" || key === "init");
        return filled(kept, (key) => key !== "net" && key !== "init");
      },
      opened,
      refused: otherwise,
    };
    session.load({ ...first, next: (base) => founded(base, () => session.load(first)) });

    /** What the address changes of the network itself the engine builds first. @param {Experiment} base @param {() => void} refused */
    function founded(base, refused) {
      const asked = foundation(base, fields);
      return asked && {
        message: bareOf(asked),
        base,
        starts: asked.parameters.starts,
        /** @type {import("./session.js").Request["build"]} */
        build(fresh, { network, ground }) {
          filled(base, isFoundation);
          const values = untouched(asked.parameters, ground);
          return filled({ ...fitted(asked, fresh, network), parameters: { ...asked.parameters, values } }, (key) => !isFoundation(key));
        },
        opened,
        refused,
      };
    }
  }

  /** An experiment of no lesson and no cell is its own beginning. @param {Experiment} experiment @param {{push?: boolean, otherwise?: () => void}} [options] */
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
    set({ ...history.counts(), home: false, panel: null, spotlight: null, predictions: environment.answers(get().experiment.lesson) });
    if (push) environment.pushed();
  }

  return {
    open,
    /** @param {string} id @param {{preset?: string | null, variant?: string | null}} [options] */
    openLesson: (id, options = {}) => open({ lesson: id, ...options }),
    /** @param {string} name of the library */
    openCell: (name) => open({ cell: name }),
    /** The menu names the cells; they are asked for when it is first opened. */
    async listCells() {
      if (get().cells) return;
      try {
        set({ cells: await environment.cells() });
      } catch {
        set({ notice: "notice.panel" });
      }
    },
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
      environment.download(`${experiment.lesson ?? experiment.cell ?? "experiment"}.unrolled.json`, experiment);
    },
    /** @param {string} text a saved experiment */
    openFile(text) {
      const record = environment.read(text);
      if (!record) return set({ notice: "share.unreadable" });
      if (!hasOrigin(record)) return openWhole(record);
      const { starts } = record.parameters;
      const rest = { build: (/** @type {Experiment} */ base) => over(base, record), starts, opened: () => settled(true), refused: () => openWhole(record) };
      session.load({
        ...rest,
        message: { type: "open", ...originOf(record) },
        next: (base) => (same(base.network, record.network) ? null : { ...rest, message: bareOf(record), base }),
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

/** Opening what is shown, and giving it away: lessons, cells, links, files. */

import { same, withView } from "./edit.js";
import { applyFields, foundation, isBuilt, isFoundation } from "./fields.js";
import { hasOrigin, originOf } from "./origin.js";
import { bareOf, fitted } from "./rebuilding.js";
import { untouched } from "./starts.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{lesson?: string | null, preset?: string | null, variant?: string | null, cell?: string | null, whole?: Experiment | null, kept?: Experiment | null, fields?: [string, string][], faulty?: boolean, notice?: string, train?: string | null, pinned?: import("./store.js").Pinned | null}} Address  `kept`: one that was saved here; `notice`: what is said when it is open */

/** @param {Core} core @param {(options: {push?: boolean, notice?: string | null, train?: string | null}) => void} goHome */
export function createOpening(core, goHome) {
  const { get, set, session, history, environment } = core;

  /** @param {Address} address @param {{push?: boolean, otherwise?: () => void}} [options] */
  function open({ whole = null, kept = null, fields = [], faulty = false, notice, train, pinned = null, ...named }, { push = true, otherwise } = {}) {
    const how = { pinned, push, otherwise };
    if (whole) return openWhole(whole, how);
    if (kept) return openSaved(kept, { fields, notice, ...how });
    if (!hasOrigin(named)) return goHome({ push, notice: faulty ? "notice.unread" : notice, train });
    let wrong = faulty;
    /** @param {Experiment} base @param {(key: string) => boolean} [which] */
    const filled = (base, which) => {
      const applied = applyFields(base, fields, which);
      wrong ||= applied.faulty;
      return applied.experiment;
    };
    const opened = () => {
      set({ notice: wrong ? "notice.link" : notice ?? null });
      settled(push, pinned);
    };
    const first = {
      message: /** @type {const} */ ({ type: "open", ...originOf(named) }),
      /** @param {Experiment} base */
      build(base) {
        const now = /** @type {Experiment | null} */ (get().experiment);
        // An address says all; a lesson from the menu keeps the person's language and way of drawing.
        const kept = push && now ? { ...withView(base, keep(now)), language: now.language } : base;
        // A network that is asked for and did not come; one that is the same as here is nothing to ask for.
        const wanted = filled(kept, isBuilt);
        wrong ||= !same(wanted, kept);
        return filled(kept, (key) => !isBuilt(key));
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
          const over = fitted({ ...asked, network: base.network }, fresh, network);
          return filled({ ...over, network: asked.network, parameters: { ...asked.parameters, values } }, (key) => !isFoundation(key));
        },
        opened,
        refused,
      };
    }
  }

  /** An experiment of no lesson and no cell is its own beginning. @param {Experiment} experiment @param {{pinned?: Address["pinned"], push?: boolean, otherwise?: () => void}} [options] */
  function openWhole(experiment, { pinned = null, push = true, otherwise } = {}) {
    session.load({
      message: { type: "open", experiment },
      build: (base) => base,
      opened: () => settled(push, pinned),
      refused: otherwise,
    });
  }

  /**
   * An experiment that was saved is checked as a whole before anything of it is shown; then it is laid over what it began as, so that changes
   * are counted from there.
   * @param {Experiment} record @param {{fields?: [string, string][], notice?: string | null, pinned?: Address["pinned"], push?: boolean, otherwise?: () => void}} [options]  `fields`: what was changed since
   */
  function openSaved(record, { fields = [], notice = null, pinned = null, push = true, otherwise } = {}) {
    const shown = () => {
      set({ notice });
      settled(push, pinned);
    };
    /** @param {Experiment} whole */
    const changed = (whole) => applyFields(whole, fields).experiment;
    const { starts } = record.parameters;
    /** @type {import("./session.js").Request} */
    const alone = { message: { type: "open", experiment: record }, build: changed, opened: shown, refused: otherwise };
    /** @param {Experiment} checked @returns {import("./session.js").Request} */
    const overItsOwn = (checked) => {
      const rest = { build: (/** @type {Experiment} */ base) => changed(over(base, checked)), starts, opened: shown, refused: () => session.load(alone) };
      return {
        ...rest,
        message: { type: "open", ...originOf(record) },
        next: (base) => (same(base.network, record.network) ? null : { ...rest, message: bareOf(checked), base }),
      };
    };
    session.load(hasOrigin(record) ? { ...alone, next: overItsOwn } : alone);
  }

  /** @param {boolean} push @param {Address["pinned"]} [pinned] */
  function settled(push, pinned = null) {
    history.clear();
    set({ ...history.counts(), pinned, home: false, panel: null, spotlight: null, predictions: environment.answers(get().experiment.lesson) });
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
        set({ notice: "shared.copied" });
      } catch {
        set({ notice: "shared.failed" });
      }
    },
    saveFile() {
      const { experiment } = get();
      environment.download(`${experiment.lesson ?? experiment.cell ?? "experiment"}.unrolled.json`, experiment);
    },
    /** @param {File} file  a saved experiment; the record of a training is left for the place of trainings, and what is none of both for that of weights @returns {Promise<void>} */
    async openFile(file) {
      if (!/\.json$/i.test(file.name)) return set({ panel: "files", dropped: file });
      const most = get().limits.message_bytes ?? Infinity;
      const { record, problems, training = false } = file.size > most ? { record: null, problems: [tooLong(file.size, most)] } : await environment.read(await file.text());
      if (training) {
        goHome({ train: get().train ?? "" });
        set({ dropped: file });
      } else if (record) openSaved(record);
      else set({ problems, notice: null });
    },
  };
}

/** @param {number} value @param {number} allowed  bytes @returns {import("../net/contract.js").Problem} */
function tooLong(value, allowed) {
  return { code: "over-limit", args: { limit: "message", value, allowed }, message: "" };
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

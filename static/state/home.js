/** The list of lessons: what it shows, and what was read of each. */

import { progress } from "./beats.js";

/** @param {import("./core.js").Core} core */
export function createHome({ get, set, environment }) {
  return {
    /** What was open stays open behind the list. @param {{push?: boolean, notice?: string | null, train?: string | null}} [options]  `train`: the place of trainings instead, with these settings */
    goHome({ push = true, notice = null, train = null } = {}) {
      // The entry that is left keeps what came after it was made.
      if (push) environment.link();
      set({ home: true, train, playing: false, panel: null, pinned: null, problems: [], notice });
      if (push) environment.pushed();
    },
    /** The list is whole without its pictures. */
    async listMiniatures() {
      if (get().miniatures) return;
      try {
        set({ miniatures: await environment.miniatures() });
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** What is done stays done. */
    noteProgress() {
      const { lesson, seen } = get();
      const found = progress(get());
      if (!lesson || !found || seen[lesson.id] === found || seen[lesson.id] === "done") return;
      // Another tab may have gone on meanwhile.
      const kept = { ...seen, ...environment.seen() };
      const next = kept[lesson.id] === "done" ? kept : { ...kept, [lesson.id]: found };
      set({ seen: next });
      environment.remember("seen", JSON.stringify(next));
    },
  };
}

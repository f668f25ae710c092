/** Reading a file: a saved experiment, or weights of another library. Nothing of it is run, and the file itself stays here. */

import { withInputs } from "./edit.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").Problem} Problem */

/** @param {Core} core */
export function createReading(core) {
  const { get, set, session, history, environment } = core;
  /** @type {File | null} */
  let held = null;
  let turn = 0;

  /** @param {number | null} which @param {Record<string, string>} told */
  const ask = async (which, told) => {
    if (!held) return null;
    const file = held;
    const own = (turn += 1);
    const before = get().file;
    set({ file: { name: file.name, told, found: before?.found ?? null, problems: [], reading: true } });
    try {
      const answer = await (await environment.api()).weights(file, { ...told, ...(which === null ? {} : { open: String(which) }) });
      if (own !== turn) return null;
      set({ file: { name: file.name, told, found: answer.file, problems: [], reading: false } });
      return answer.experiment;
    } catch (error) {
      if (own !== turn) return null;
      const { problems = [GONE] } = /** @type {{problems?: Problem[]}} */ (error);
      set({ file: { name: file.name, told, found: before?.found ?? null, problems, reading: false } });
      return null;
    }
  };

  return {
    /** What was let fall is in hand. */
    takeDropped: () => set({ dropped: null }),
    /** @param {File} file @returns {Promise<Experiment | null>} what it is a run of, if this page wrote it */
    async readFile(file) {
      held = file;
      // What was wrong with the file before is not said of this one.
      set({ file: null, problems: [] });
      const most = get().limits.weights_bytes ?? Infinity;
      if (file.size > most) {
        const args = { limit: "weights_bytes", allowed: most };
        const problem = { code: "too-large", args, message: "" };
        set({ file: { name: file.name, told: {}, found: null, problems: [problem], reading: false } });
        return null;
      }
      return ask(null, {});
    },
    /** What the file does not say. @param {string} option @param {string} value */
    tellOption: (option, value) => ask(null, { ...get().file?.told, [option]: value }),
    /** @param {number} which  of the file's networks, from 0 */
    async openNetwork(which) {
      const made = await ask(which, get().file?.told ?? {});
      if (!made) return;
      const now = /** @type {Experiment | null} */ (get().experiment);
      const inputs = now?.sequence.inputs;
      const fits = inputs?.[0]?.length === made.sequence.inputs[0].length;
      const whole = fits && inputs ? withInputs(made, inputs) : made;
      session.load({
        message: { type: "open", experiment: { ...whole, language: now?.language ?? null } },
        build: (base) => base,
        opened() {
          history.clear();
          set({ ...history.counts(), home: false, panel: null, spotlight: null, predictions: {}, file: null, notice: fits ? "files.kept" : "files.made" });
          environment.pushed();
        },
      });
    },
  };
}

/** No answer. @type {Problem} */
const GONE = { code: "gone", args: {}, message: "" };

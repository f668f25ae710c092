/** What can be done where many steps are measured. It is asked of the engine whenever something of the question has changed. */

import { steps, study } from "./derive.js";
import { withParameter } from "./edit.js";
import { CURVES, questionOf, settings } from "./powers.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core.js").Live} Live */
/** @typedef {import("./store.js").Powers} Powers */

/** @param {Core} core */
export function createMeasuring(core) {
  const { get, set, look, commit, session } = core;
  /** @type {unknown[]} */
  let asked = [];

  /** @param {Partial<Powers>} change */
  const show = (change) => set({ powers: { ...(get().powers ?? { question: "", curves: {}, problems: [] }), ...change } });

  return {
    /** Asks for what has changed. */
    refreshPowers() {
      const state = get();
      if (study(state) !== "powers") return;
      const own = settings(state);
      const ask = questionOf(state, own);
      if (!ask) return;
      const { parameters, sequence, initial } = state.experiment;
      // Only the weight is one of the experiment's own network.
      const around = ask.kind === "weight" ? [state.network, sequence.inputs, initial, parameters.starts, ...Object.values(parameters.values)] : [];
      const wanted = [JSON.stringify(ask), ...around];
      if (wanted.length === asked.length && wanted.every((value, at) => Object.is(value, asked[at]))) return;
      asked = wanted;
      const { question } = own;
      show({ question, problems: [], ...(get().powers?.question === question ? {} : { curves: {} }) });
      /** @type {Powers["curves"]} */
      let fresh = {};
      session.inquire({ type: "measure", ask }, (answer) => {
        if (answer.type === "problems") return show({ problems: answer.problems, curves: {} });
        if (answer.type !== "measured") return;
        const curve = Object.fromEntries(answer.arrays.map(({ name, data }) => [name, /** @type {Float64Array} */ (data)]));
        fresh = { ...fresh, [answer.name]: curve };
        const shown = get().powers?.curves ?? {};
        // Curves that are compared are of one answer: those of the last one stay until this one is whole.
        const alone = ask.kind === "weight" || Object.keys(shown).every((name) => name in fresh);
        if (alone || Object.keys(fresh).length === CURVES[own.question]) show({ curves: { ...shown, ...fresh } });
      });
    },
    /** @param {Record<string, string | number>} change  of the study's settings */
    setPowers: (change) => look(change),
    /** The step that is asked about. @param {number} until */
    setReach: (until) => look({ until: Math.max(1, Math.min(steps(get()), Math.round(until))) }),
    /** The weight that is asked about. @param {number} value @param {Live} [live] */
    setPower(value, live) {
      const { across } = settings(get());
      if (across) commit(withParameter(get().experiment, across.address, across.index, value), "power", live);
    },
  };
}

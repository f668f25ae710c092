/** Everything that can be taken back: weights, inputs, starting states, sequences, cells, what is differentiated. */

import { asTold, ownWeights } from "./beats.js";
import { steps, unitCount } from "./derive.js";
import { changedNumbers } from "./difference.js";
import * as edit from "./edit.js";
import { hasOrigin, originOf } from "./origin.js";
import { fitted } from "./rebuilding.js";
import { sourceOf } from "./ties.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core.js").Live} Live */

/** @typedef {ReturnType<typeof createChanges>} Changes */

/** @param {Core} core */
export function createChanges(core) {
  const { get, set, show, commit, record } = core;

  return {
    /** @param {string} address @param {number[]} index @param {number} value @param {Live} [live] */
    setParameter(address, index, value, live) {
      const source = sourceOf(get(), address);
      commit(edit.withParameter(get().experiment, source, index, value), `w:${source}:${index}`, live);
    },
    resetWeights() {
      const { experiment, base, ground } = get();
      const starts = Object.fromEntries(Object.entries(base.parameters.starts).filter(([address]) => address in ground.own));
      commit({ ...experiment, parameters: { ...base.parameters, starts, values: ownWeights(get()) } });
    },
    /** @param {number} step @param {number} component @param {number} value @param {Live} [live] */
    setInput(step, component, value, live) {
      commit(edit.withInput(get().experiment, step, component, value), `x:${step}:${component}`, live);
    },
    addStep() {
      if (steps(get()) < (get().limits.steps ?? Infinity)) commit(edit.withStep(get().experiment));
    },
    /** @param {number} step */
    removeStep: (step) => commit(edit.withoutStep(get().experiment, step)),
    /** @param {number} from @param {number} to */
    moveStep: (from, to) => commit(edit.withMovedStep(get().experiment, from, to)),
    /** @param {string} address @param {number} unit @param {number} value @param {Live} [live] */
    setInitial(address, unit, value, live) {
      const units = unitCount(get(), address);
      commit(edit.withInitial(get().experiment, address, unit, value, units), `s:${address}:${unit}`, live);
    },
    /** Another sequence of the lesson, where reading it begins; what was changed elsewhere stays. @param {string} id @param {{told?: boolean}} [options] told: the lesson goes there, nobody chose it, and there is nothing to take back */
    setPreset(id, { told = false } = {}) {
      const { lesson, experiment, base } = get();
      const preset = lesson?.presets.find((candidate) => candidate.id === id);
      if (!preset) return;
      const backward = preset.backward ?? base.backward;
      const own = { preset: id, carried: base.carried, sequence: { ...base.sequence, inputs: preset.inputs, words: preset.words ?? null }, loss: preset.loss ?? null, backward, step: experiment.view.direction === "backward" ? preset.inputs.length : 1 };
      if (!told && !edit.same({ ...experiment, ...own, step: experiment.step }, experiment)) record();
      // Whichever sequence is asked for, the lesson begins at the same step.
      set({ base: { ...base, ...own, step: base.step }, equation: null, pinned: null });
      show({ ...experiment, ...own });
    },
    /** The same experiment with another network; changed weights go along where the names are the same. @param {string} id @param {() => void} [then] the lesson goes there, and on */
    setVariant(id, then) {
      const { experiment, base } = get();
      if (experiment.lesson === null || id === experiment.variant) return;
      const moved = changedNumbers(base.parameters.values, experiment.parameters.values);
      if (!then) record();
      core.session.load({
        message: { type: "open", lesson: experiment.lesson, ...(experiment.preset ? { preset: experiment.preset } : {}), variant: id },
        build(fresh, { network }) {
          const { network: before, sequence, initial, carried, lanes, loss, backward, step, view, language } = get().experiment;
          return moved.reduce(
            (next, { address, index, value }) => edit.withParameter(next, address, index, Number(value)),
            fitted({ ...fresh, network: before, sequence, initial, carried, lanes, loss, backward, step, view, language }, fresh, network),
          );
        },
        opened() {
          set(core.history.counts());
          then?.();
        },
      });
    },
    /** One value at one step becomes the loss. @param {string} of @param {number} step @param {number | null} unit null: all its units */
    differentiate: (of, step, unit = null) => commit({ ...get().experiment, backward: { of, step, unit } }),
    undo: core.undo,
    redo: core.redo,
    reset() {
      const { experiment, base } = get();
      if (edit.same(experiment.network, base.network)) return commit(edit.withChangesOf(experiment, asTold(get())));
      core.session.load({
        message: hasOrigin(base) ? { type: "open", ...originOf(base) } : { type: "open", experiment: base },
        base,
        build(fresh) {
          record();
          return edit.withChangesOf(get().experiment, { ...fresh, preset: base.preset, sequence: base.sequence, loss: base.loss, backward: base.backward });
        },
        opened: () => set(core.history.counts()),
      });
    },
  };
}

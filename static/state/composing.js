/** The whole sequence at once: waves, words, numbers out of a spreadsheet, another order. */

import { INPUT, steps, unitCount } from "./derive.js";
import { withInput, withInputs } from "./edit.js";
import { codes, readTable, signal, wordsIn } from "./signals.js";
import { createStructure } from "./structure.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Sequence} Sequence */

/** Other inputs make another network; more than this would only make the page slow. */
const MOST_WORDS = 60;

/** @param {Core} core */
export function createComposing(core) {
  const { get, commit } = core;
  const { rebuild } = createStructure(core);

  /** @param {Partial<Sequence>} change @param {string | null} [key] @param {import("./core.js").Live} [live] */
  const put = (change, key, live) => {
    const { experiment } = get();
    const next = withInputs(experiment, change.inputs ?? experiment.sequence.inputs);
    commit({ ...next, sequence: { ...next.sequence, ...change } }, key, live);
  };
  /** @param {number} component @param {(value: number, at: number) => number} change */
  const column = (component, change) => get().experiment.sequence.inputs.map((row, at) => row.map((value, k) => (k === component ? change(value, at) : value)));

  return {
    /** @param {number} component @param {import("./signals.js").Wave} wave @param {number} seed */
    setWave(component, wave, seed) {
      const values = signal(wave, steps(get()), seed);
      put({ inputs: column(component, (_, at) => values[at]) });
    },
    /**
     * A line of a curve that is being drawn: a quick hand is seen at few of the steps that it passes.
     * @param {number} component @param {{step: number, value: number}} from @param {{step: number, value: number}} to @param {import("./core.js").Live} live
     */
    draw(component, from, to, live) {
      const last = Math.abs(to.step - from.step);
      const points = Array.from({ length: last + 1 }, (_, at) => {
        const share = last === 0 ? 1 : at / last;
        return { step: from.step + Math.sign(to.step - from.step) * at, value: Math.round((from.value + share * (to.value - from.value)) * 100) / 100 };
      });
      commit(points.reduce((drawn, { step, value }) => withInput(drawn, step, component, value), get().experiment), `curve:${component}`, live);
    },
    /** The pen is lifted: what was drawn is one change. */
    drawn: () => commit(get().experiment),
    reverse() {
      const { inputs, words } = get().experiment.sequence;
      put({ inputs: [...inputs].reverse(), ...(words ? { words: [...words].reverse() } : {}) });
    },
    /** @param {number} step */
    duplicate(step) {
      const { inputs, words } = get().experiment.sequence;
      if (inputs.length >= (get().limits.steps ?? Infinity)) return;
      const twice = (/** @type {any[]} */ list) => [...list.slice(0, step), list[step - 1], ...list.slice(step)];
      put({ inputs: twice(inputs), ...(words ? { words: twice(words) } : {}) });
    },
    /**
     * So many steps at once: what is missing is added at the end with nothing in it, what is too many goes from there.
     * @param {number} count @returns {{wrong: string, args?: Record<string, string | number>} | null}
     */
    lengthen(count) {
      const { inputs } = get().experiment.sequence;
      const limit = get().limits.steps ?? Infinity;
      if (count > limit) return { wrong: "signal.too-many", args: { count, limit } };
      if (count !== inputs.length) put({ inputs: Array.from({ length: count }, (_, at) => inputs[at] ?? inputs[0].map(() => 0)) });
      return null;
    },
    /** @param {string} text @returns {{wrong: string, args?: Record<string, string | number>} | null} */
    paste(text) {
      const read = readTable(text, unitCount(get(), INPUT), get().limits.steps ?? Infinity);
      if ("wrong" in read) return read;
      put({ inputs: read.inputs, words: null });
      return null;
    },
    /**
     * A sentence as codes: of the words that the sequence has places for, else of its own, for which the network gets as many inputs.
     * @param {string} text @param {boolean} fresh  with a vocabulary of its own
     * @returns {{wrong: string, args?: Record<string, string | number>} | null}
     */
    write(text, fresh) {
      const words = wordsIn(text.slice(0, 4000));
      const limit = Math.min(get().limits.steps ?? Infinity, 200);
      if (words.length === 0) return { wrong: "signal.no-words" };
      if (words.length > limit) return { wrong: "signal.too-many", args: { count: words.length, limit } };
      const known = get().experiment.sequence.vocabulary;
      const vocabulary = known && !fresh ? known : [...new Set(words)];
      if (vocabulary.length > MOST_WORDS) return { wrong: "signal.too-many-words", args: { count: vocabulary.length, limit: MOST_WORDS } };
      const sequence = { inputs: codes(words, vocabulary), vocabulary, words };
      if (vocabulary.length + 1 === unitCount(get(), INPUT)) put(sequence);
      else rebuild({ inputs: vocabulary.length + 1 }, sequence);
      return null;
    },
  };
}

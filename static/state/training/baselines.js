/** What is reached without what the task asks to remember: of a task as it usually is the offer tells it; for other settings the server is asked, once for each. */

import { taskOf } from "./settings.js";

/** @typedef {import("./training.js").Training} Training */
/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./settings.js").Task["baseline"]} Baseline */
/** `loss` null: a network answers in another way than the task, and its loss is another one. @typedef {{loss: number | null, accuracy: number}} Reached */

/** All that decides what is asked of a network. @param {Given} given */
const asking = ({ task, options, readout }) => ({ task, ...(options && { options }), ...(readout && { readout }) });

/** What it is kept under. @param {Given} given */
const keyOf = (given) => JSON.stringify(asking(given));

/** @param {Given} given  without what is usual */
const isUsual = ({ options, readout }) => !options && !readout;

/** A link may say what a task does not take: that is told when it is to run. @param {Training["offer"]} offer @param {Given} given */
function fits(offer, { task, options = {}, readout }) {
  const { options: known, readouts } = taskOf(offer, task);
  const within = known.every(({ name, low, high }) => {
    const value = options[name] ?? low;
    return Number.isInteger(value) && value >= low && value <= high;
  });
  return within && (!readout || readouts.includes(readout));
}

/** Of the runs' task; null: it has not been told yet. @param {Pick<Training, "offer" | "runs" | "baselines">} training @returns {Reached | null} */
export function baselineOf({ offer, runs, baselines }) {
  const told = runs.flatMap(({ about }) => (about ? [about.task] : []));
  const given = runs[0]?.given;
  if (!given) return null;
  const { kind, baseline } = taskOf(offer, given.task);
  if (told.length > 0) return told.every(({ loss }) => loss === kind) ? told[0].baseline : { ...told[0].baseline, loss: null };
  return isUsual(given) ? baseline : baselines[keyOf(given)] ?? null;
}

/**
 * @param {import("../core.js").Core} core
 * @param {{now: () => Training, put: (patch: Partial<Training>) => void}} place
 */
export function createBaselines({ environment }, { now, put }) {
  /** @type {Set<string>} */
  const asked = new Set();

  /** All runs have one task. What could not be told is asked again when settings are laid again. */
  return async () => {
    const { offer, runs: [{ given }] } = now();
    const key = keyOf(given);
    if (isUsual(given) || asked.has(key) || !fits(offer, given)) return;
    asked.add(key);
    try {
      const found = await (await environment.api()).baseline(asking(given));
      put({ baselines: { ...now().baselines, [key]: found } });
    } catch {
      asked.delete(key);
    }
  };
}

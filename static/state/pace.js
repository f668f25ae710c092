/** How a network learns on the stage: the settings as the experiment's view holds them, and how many updates are shown at once. Pure. */

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Rule} Rule */
/** `clip` 0: not clipped. @typedef {{rule: Rule, rate: number, clip: number}} Pace */

/** With a usual rate for each, as the engine's. @type {Record<Rule, number>} */
export const RULES = { sgd: 0.1, momentum: 0.01, nesterov: 0.01, rmsprop: 0.001, adam: 0.005 };
/** The slider's ends, as powers of ten. */
export const DECADES = { low: -4, high: 1 };
/** A run ends after so many. */
export const MOST = 10_000;

/** Updates in the first second; after it a run goes faster and faster. */
const SPEED = 60;
/** Milliseconds that the updates of one picture may take. */
const PATIENCE = 30;

/** @param {State} state @returns {Pace} */
export function pace({ experiment: { view } }) {
  const rule = /** @type {Rule} */ (Object.hasOwn(RULES, String(view.rule)) ? view.rule : "sgd");
  const rate = typeof view.rate === "number" && view.rate > 0 ? view.rate : RULES[rule];
  return { rule, rate, clip: typeof view.clip === "number" && view.clip > 0 ? view.clip : 0 };
}

/** The rate at a place of the slider, in two digits. @param {number} power */
export function rateAt(power) {
  return Number((10 ** power).toPrecision(2));
}

/**
 * How many updates the next picture shows.
 * @param {number} made  by this run
 * @param {number} elapsed  milliseconds since it began
 * @param {{count: number, took: number} | null} last  the picture before: its updates and their milliseconds
 */
export function portion(made, elapsed, last) {
  const seconds = elapsed / 1000;
  const wanted = Math.max(1, Math.round(SPEED * (seconds < 1 ? seconds : Math.exp(seconds - 1)) - made));
  return last && last.took > PATIENCE ? Math.max(1, Math.min(wanted, Math.floor((2 * last.count * PATIENCE) / last.took))) : wanted;
}

/** Whole parameters at once: started by a rule with a seed, scaled, turned round, put back. */

import { ownWeights } from "./beats.js";
import { shape, startOf, times } from "./starts.js";
import { sourceOf } from "./ties.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("../net/contract.js").Start} Start */
/** @typedef {{nested: Nested, start: Start | null}} Before  a parameter as it was when a drag began; start null: its numbers are nobody's rule */

/** @param {Core} core */
export function createInitialise(core) {
  const { get, set, commit, session } = core;

  /** @param {Record<string, Start>} starts @param {Record<string, Nested>} values @param {string | null} [key] @param {import("./core.js").Live} [live] */
  const put = (starts, values, key, live) => {
    const { experiment } = get();
    commit({ ...experiment, parameters: { ...experiment.parameters, starts, values: { ...experiment.parameters.values, ...values } } }, key, live);
  };

  /** @param {string} named @param {Before} before @param {number} factor @param {import("./core.js").Live} [live] */
  const scale = (named, { nested, start }, factor, live) => {
    const address = sourceOf(get(), named);
    const { starts } = get().experiment.parameters;
    const scaled = start && { ...start, scale: start.scale * factor };
    const next = scaled ? times(get().ground.drawn[address], scaled.scale) : times(nested, factor);
    if (!finite(next)) return set({ notice: "initial.too-large" });
    const { [address]: _, ...others } = starts;
    put(scaled ? { ...starts, [address]: scaled } : others, { [address]: next }, `scale:${address}`, live);
  };

  /** Where their numbers stand: of tied parameters once. @param {string[]} named */
  const sources = (named) => [...new Set(named.map((address) => sourceOf(get(), address)))];

  return {
    /** The engine is asked for the numbers; they come as one change. @param {string[]} named @param {Start["kind"]} kind @param {number} seed */
    initialise(named, kind, seed) {
      const addresses = sources(named);
      const asked = Object.fromEntries(addresses.map((address) => [address, { kind, seed, scale: 1 }]));
      session.initialise(asked, (drawn) => {
        const { experiment, ground } = get();
        const { starts, values } = experiment.parameters;
        // Meanwhile there may be another network.
        if (addresses.some((address) => String(shape(values[address] ?? 0)) !== String(shape(drawn[address])))) return;
        put({ ...starts, ...asked }, drawn, null, { ground: { ...ground, drawn: { ...ground.drawn, ...drawn } } });
      });
    },
    /** @param {string} named @returns {Before} */
    before: (named) => ({ nested: get().experiment.parameters.values[sourceOf(get(), named)], start: startOf(get(), named) }),
    scale,
    /** Rows become columns. @param {string} named  a square matrix */
    transpose(named) {
      const address = sourceOf(get(), named);
      const { starts, values } = get().experiment.parameters;
      const rows = /** @type {number[][]} */ (values[address]);
      const { [address]: _, ...others } = starts;
      put(others, { [address]: rows.map((_row, at) => rows.map((row) => row[at])) });
    },
    /** @param {string[]} named */
    putBack(named) {
      const addresses = sources(named);
      const { experiment: { parameters } } = get();
      const own = ownWeights(get());
      const starts = Object.fromEntries(Object.entries(parameters.starts).filter(([address]) => !addresses.includes(address)));
      put(starts, Object.fromEntries(addresses.map((address) => [address, own[address]])));
    },
  };
}

/** @param {Nested} nested @returns {boolean} */
function finite(nested) {
  return Array.isArray(nested) ? nested.every(finite) : Number.isFinite(nested);
}

/** Where an experiment began: a lesson in one of its presets and variants, or a cell of the library. */

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{lesson?: string | null, preset?: string | null, variant?: string | null, cell?: string | null}} Origin */

/**
 * What the server and the address bar are told of it; empty where an experiment is its own beginning.
 * @param {Origin} experiment
 * @returns {Record<string, string>}
 */
export function originOf({ lesson, preset, variant, cell }) {
  /** @type {Origin} */
  const named = lesson ? { lesson, preset, variant } : { cell };
  return Object.fromEntries(Object.entries(named).flatMap(([key, id]) => (id ? [[key, id]] : [])));
}

/** @param {Origin} experiment */
export function hasOrigin({ lesson, cell }) {
  return Boolean(lesson || cell);
}

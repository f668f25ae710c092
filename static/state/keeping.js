/** Which experiments the browser keeps because no address is long enough for them, and under what names. */

import { same } from "./edit.js";
import { FIELDS } from "./fields.js";
import { differing, KEPT, line } from "./fragment.js";
import { plainGround } from "./starts.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {{put: (id: string, experiment: Experiment) => Promise<boolean>, get: (id: string) => Promise<Experiment | null>}} Kept */

/** The keys of the address for what can be long. */
const LONG_KEYS = ["net", "tied", "init", "w", "x", "words", "start", "with", "loss"];
/** What is written anew when it changes; all else the address says. */
const LONG = /** @type {const} */ (["lesson", "preset", "variant", "cell", "network", "parameters", "sequence", "initial", "lanes"]);

/** @param {Kept} kept @param {() => string} [newName] */
export function createKeeping(kept, newName = () => Math.random().toString(36).slice(2, 10)) {
  /** The record that is kept, and an experiment with the very lists that are in it. @type {{id: string, record: Experiment, of: Experiment} | null} */
  let present = null;
  /** Came from an address: another tab may have it open, so it is never written over. @type {{id: string, record: Experiment} | null} */
  let found = null;
  /** @type {Set<string>} */
  const own = new Set();

  return {
    /** The address of an experiment, if it is kept as it is now. @param {Experiment} experiment @returns {string | null} */
    named(experiment) {
      if (!present || LONG.some((key) => present?.of[key] !== experiment[key])) return null;
      return keptFragment(present.id, experiment, present.record);
    },
    /** @param {Experiment} experiment @param {string | null} id  of the address that shows it @returns {Promise<boolean>} whether the browser took it */
    async keep(experiment, id) {
      if (found && found.id === id && LONG.every((key) => same(found?.record[key], experiment[key]))) {
        present = { ...found, of: experiment };
        return true;
      }
      const name = id && own.has(id) ? id : newName();
      if (!(await kept.put(name, experiment))) return false;
      own.add(name);
      present = { id: name, record: experiment, of: experiment };
      return true;
    },
    /** @param {string} id @returns {Promise<Experiment | null>} null: not here, or not any more */
    async recall(id) {
      const record = await kept.get(id);
      if (record && !own.has(id)) found = { id, record };
      return record;
    },
  };
}

/**
 * The address of an experiment that the browser keeps: its name there, and what has changed since of all that is short.
 * @param {string} id @param {Experiment} experiment @param {Experiment} kept
 */
export function keptFragment(id, experiment, kept) {
  const short = FIELDS.filter(({ key }) => !LONG_KEYS.includes(key));
  return line([[KEPT, id], ...differing(short, experiment, kept, plainGround(kept))]);
}

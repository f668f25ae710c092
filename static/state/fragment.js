/** What stands behind the # of the address: the lesson or the cell with how it differs, or an experiment as a whole. */

import { same } from "./edit.js";
import { FIELDS } from "./fields.js";
import { written } from "./notation.js";
import { hasOrigin, originOf } from "./origin.js";
import { pack, unpack } from "./packing.js";
import { given, tooMany } from "./seeded.js";
import { plainGround } from "./starts.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./starts.js").Ground} Ground */
/** @typedef {import("./store.js").Pinned} Pinned */

/** Longer fragments are not ours. */
export const LONGEST = 60_000;

/** The keys that say where it began; or that it is trainings that are looked at, and which. */
const ORIGIN = ["lesson", "preset", "variant", "cell", "train"];
/** The key of a whole experiment. */
const WHOLE = "e";
/** The key of one that the browser keeps, under the name that it gave it. */
export const KEPT = "kept";

/**
 * An experiment of no lesson and no cell, or whose network cannot be said in a line, stands in the address as a whole. Null: no address
 * is long enough.
 * @param {Experiment} experiment @param {Experiment} base @param {Ground} [ground] @returns {string | null}
 */
export function fragment(experiment, base, ground = plainGround(base)) {
  if (!hasOrigin(experiment) || (!same(experiment.network.parts, base.network.parts) && written(experiment, base) === null)) {
    const own = given(experiment);
    if (tooMany(own, LONGEST * 0.75)) return null;
    return atMost(`${WHOLE}=${pack(own)}`);
  }
  return atMost(line([...Object.entries(originOf(experiment)), ...differing(FIELDS, experiment, base, ground)]));
}

/** @param {Field[]} fields @param {Experiment} experiment @param {Experiment} base @param {Ground} ground @returns {[string, string][]} */
export function differing(fields, experiment, base, ground) {
  return fields.flatMap(({ key, read }) => {
    const text = read(experiment, base, ground);
    return text === null ? [] : [/** @type {[string, string]} */ ([key, text])];
  });
}

/** @param {[string, string][]} entries */
export function line(entries) {
  return entries.map(([key, text]) => `${key}=${escape(text)}`).join("&");
}

/** @param {string} text */
function atMost(text) {
  return text.length <= LONGEST ? text : null;
}

/** @param {string} text */
function escape(text) {
  return encodeURIComponent(text).replace(/%(2C|3A|3B|40)/g, decodeURIComponent);
}

/**
 * @param {string} text  without the #
 * @returns {{lesson: string | null, preset: string | null, variant: string | null, cell: string | null, kept: string | null, train: string | null, whole: Experiment | null, pinned: Pinned | null, fields: [string, string][], faulty: boolean}}
 */
export function parseFragment(text) {
  const found = { lesson: null, preset: null, variant: null, cell: null, kept: /** @type {string | null} */ (null), train: null, whole: /** @type {Experiment | null} */ (null), pinned: /** @type {Pinned | null} */ (null), fields: /** @type {[string, string][]} */ ([]), faulty: false };
  if (text.length > LONGEST) return { ...found, faulty: true };
  for (const part of text.replace(/^train$/, "train=").split("&").filter(Boolean)) {
    const cut = part.indexOf("=");
    const key = part.slice(0, Math.max(cut, 0));
    let value = "";
    try {
      value = decodeURIComponent(part.slice(cut + 1));
    } catch {
      found.faulty = true;
      continue;
    }
    if (ORIGIN.includes(key)) /** @type {any} */ (found)[key] = value;
    else if (key === KEPT && /^[a-z0-9]{1,16}$/.test(value)) found.kept = value;
    else if (key === WHOLE) {
      const record = unpack(value);
      found.whole = record?.version === 1 && record.network && record.sequence ? record : null;
      found.faulty ||= found.whole === null;
    } else if (key === "at") {
      // The value whose arithmetic is open. Whether there is such a value shows when it is worked out.
      const [address, step, unit] = value.split("@");
      found.pinned = { address, unit: Number(unit), step: Number(step) };
    } else if (FIELDS.some((field) => field.key === key)) found.fields.push([key, value]);
    else found.faulty = true;
  }
  return found;
}

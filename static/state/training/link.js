/**
 * The settings of up to four runs as an address has them: adding,length:30,cell:lstm;cell:gru. The first run says all that is not usual, the
 * others what is different from it.
 */

import { GIVEN } from "./settings.js";

/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./starting.js").Weights} Weights */

/** More would not be told apart. */
export const MOST_RUNS = 4;
/** A task's own settings and an optimiser's are marked by a sign before their names. */
const TABLES = /** @type {Record<string, string>} */ ({ ".": "options", "~": "tuning" });

/** Equations and given weights that would be longer than this, in letters, are left out of a link, which says so. */
const LONGEST = { equations: 3000, weights: 11_000 };
/** Stands for what was left out. */
const CUT = "~";

/** @param {Given} given @returns {Record<string, string | number>} flat, `.length` and `~momentum` among them */
function flat({ task: _task, equations = "", weights, options = {}, tuning = {}, ...rest }) {
  const own = (/** @type {string} */ sign, /** @type {Record<string, number>} */ table) => Object.entries(table).map(([name, value]) => [sign + name, value]);
  const long = [["equations", equations && fitting("equations", () => (equations.length > LONGEST.equations ? null : packed(equations)))], ["weights", weights ? fitting("weights", () => row(weights)) : ""]];
  return Object.fromEntries([...own(".", options), ...Object.entries(rest), ...own("~", tuning), ...long.filter(([, text]) => text)]);
}

/** @param {"equations" | "weights"} key @param {() => string | null} write */
function fitting(key, write) {
  const text = write();
  return text !== null && text.length <= LONGEST[key] ? text : CUT;
}

/** Which settings a link of ours leaves out. @param {string} link @returns {string[]} */
export const cutOf = (link) => ["equations", "weights"].filter((key) => link.split(/[,;]/).includes(`${key}:${CUT}`));

/** Name, shape and bits of each, U*4*4*AAAA!b*4*AAAA; null where they are too many. @param {Weights} weights */
function row(weights) {
  const all = Object.entries(weights);
  if (all.reduce((sum, [, { f8 }]) => sum + f8.length, 0) > 2 * LONGEST.weights) return null;
  return all.map(([name, { shape, f8 }]) => [name, ...shape, safe(f8)].join("*")).join("!");
}

/** @param {string} text @returns {Weights | null} */
function unrow(text) {
  const all = text.split("!").map((each) => /^([\w.]{1,200})((?:\*\d{1,6})*)\*([\w-]*)$/.exec(each));
  if (all.includes(null)) return null;
  return Object.fromEntries(all.map((match) => {
    const [, name, sizes, bits] = /** @type {RegExpExecArray} */ (match);
    const f8 = bits.replace(/-/g, "+").replace(/_/g, "/");
    return [name, { shape: sizes.split("*").slice(1).map(Number), f8: f8 + "=".repeat((4 - (f8.length % 4)) % 4) }];
  }));
}

/** @param {Given[]} runs @returns {string} */
export function writeLink(runs) {
  const [first, ...others] = runs.map(flat);
  const list = (/** @type {[string, string | number][]} */ entries) => entries.map(([key, value]) => `${key}:${value}`);
  const rest = others.map((run) => {
    const gone = Object.keys(first).filter((key) => !(key in run)).map((key) => `${key}:`);
    return [...list(Object.entries(run).filter(([key, value]) => first[key] !== value)), ...gone].join(",");
  });
  return [[runs[0].task, ...list(Object.entries(first))].join(","), ...rest].join(";");
}

/** Base64 in the letters of an address. @param {string} bits */
const safe = (bits) => bits.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {string} text */
const packed = (text) => safe(btoa(String.fromCharCode(...new TextEncoder().encode(text))));

/** @param {string} letters @returns {string | null} */
function unpacked(letters) {
  try {
    const bytes = Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @param {string} text @returns {Given[] | null} null: it cannot be read */
export function readLink(text) {
  const [head, ...others] = text.slice(0, MOST_RUNS * (LONGEST.equations + LONGEST.weights + 500)).split(";");
  const [task, ...parts] = head.split(",");
  if (!/^[a-z0-9-]{1,40}$/.test(task) || others.length >= MOST_RUNS) return null;
  const first = entries(parts);
  const rest = others.map((other) => entries(other.split(",").filter(Boolean)));
  if (!first || rest.includes(null)) return null;
  const runs = [first, ...rest.map((own) => ({ ...first, ...own }))].map((own) => nested(task, own));
  return runs.includes(null) ? null : /** @type {Given[]} */ (runs);
}

/** @param {string[]} parts @returns {Record<string, string> | null} */
function entries(parts) {
  const found = parts.map((part) => /^([.~]?[a-z_]{1,30}):([a-z0-9.+-]{0,40})$/.exec(part) ?? /^(equations|weights):([\w.*!~-]*)$/.exec(part));
  return found.includes(null) ? null : Object.fromEntries(found.map((match) => [/** @type {RegExpExecArray} */ (match)[1], /** @type {RegExpExecArray} */ (match)[2]]));
}

/** @param {string} task @param {Record<string, string>} own @returns {Given | null} */
function nested(task, own) {
  /** @type {Given} */
  const given = { task };
  for (const [key, text] of Object.entries(own)) {
    if (text === "" || text === CUT) continue;
    if (key === "equations" || key === "weights") {
      const found = key === "weights" ? unrow(text) : unpacked(text);
      if (found === null) return null;
      given[key] = found;
      continue;
    }
    const value = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) ? Number(text) : text;
    const table = TABLES[key[0]];
    if (table) given[table] = { ...given[table], [key.slice(1)]: value };
    else given[key] = value;
  }
  if (given.start === GIVEN && !given.weights) delete given.start;
  return given;
}

/**
 * The settings of up to four runs as an address has them: adding,length:30,cell:lstm;cell:gru. The first run says all that is not usual, the
 * others what is different from it.
 */

/** @typedef {import("./settings.js").Given} Given */

/** More would not be told apart. */
export const MOST_RUNS = 4;
/** A task's own settings and an optimiser's are marked by a sign before their names. */
const TABLES = /** @type {Record<string, string>} */ ({ ".": "options", "~": "tuning" });

/** Equations that would make a link longer than this are left out of it. */
const LONGEST = 3000;

/** @param {Given} given @returns {Record<string, string | number>} flat, `.length` and `~momentum` among them */
function flat({ task: _task, equations, options = {}, tuning = {}, ...rest }) {
  const own = (/** @type {string} */ sign, /** @type {Record<string, number>} */ table) => Object.entries(table).map(([name, value]) => [sign + name, value]);
  const text = equations && equations.length <= LONGEST ? packed(equations) : "";
  return Object.fromEntries([...own(".", options), ...Object.entries(rest), ...own("~", tuning), ...(text && text.length <= LONGEST ? [["equations", text]] : [])]);
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

/** Text in the letters of an address. @param {string} text */
const packed = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

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
  const [head, ...others] = text.slice(0, MOST_RUNS * (LONGEST + 500)).split(";");
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
  const found = parts.map((part) => /^([.~]?[a-z_]{1,30}):([a-z0-9.+-]{0,40})$/.exec(part) ?? /^(equations):([\w-]*)$/.exec(part));
  return found.includes(null) ? null : Object.fromEntries(found.map((match) => [/** @type {RegExpExecArray} */ (match)[1], /** @type {RegExpExecArray} */ (match)[2]]));
}

/** @param {string} task @param {Record<string, string>} own @returns {Given | null} */
function nested(task, own) {
  /** @type {Given} */
  const given = { task };
  for (const [key, text] of Object.entries(own)) {
    if (text === "") continue;
    if (key === "equations") {
      const found = unpacked(text);
      if (found === null) return null;
      given.equations = found;
      continue;
    }
    const value = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) ? Number(text) : text;
    const table = TABLES[key[0]];
    if (table) given[table] = { ...given[table], [key.slice(1)]: value };
    else given[key] = value;
  }
  return given;
}

/**
 * What the address bar holds, as a table: the lesson or the cell, and how the experiment differs from its own. Numbers are in the
 * shortest form that reads back to exactly the same double.
 */

import { changedNumbers } from "./difference.js";
import { numberAt, same, withInputs, withParameter, withView } from "./edit.js";
import { partOf, readNetwork, written } from "./notation.js";
import { hasOrigin, originOf } from "./origin.js";
import { given, tooMany } from "./seeded.js";
import { plainGround, untouched } from "./starts.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").Start} Start */
/** @typedef {import("./starts.js").Ground} Ground */
/**
 * @typedef {object} Field
 * @property {string} key
 * @property {(experiment: Experiment, base: Experiment, ground: Ground) => string | null} read  null: as in the lesson
 * @property {(experiment: Experiment, text: string) => Experiment | null} write  null: cannot be read
 */

/** Longer fragments are not ours. */
export const LONGEST = 60_000;

/** What has to stand before numbers can be put into it: the engine says with which ones it begins. */
const FOUNDATION = ["net", "init", "x", "words"];
/** The keys that say where it began. */
const ORIGIN = ["lesson", "preset", "variant", "cell"];
/** The key of a whole experiment. */
const WHOLE = "e";
/** The key of one that the browser keeps, under the name that it gave it. */
const KEPT = "kept";
/** What can be long. */
const LONG = ["net", "init", "w", "x", "words", "start", "with"];
/** @type {Record<string, string>} */
const URL_SAFE = { "+": "-", "/": "_", "=": "" };

/** @type {WeakMap<object, string>} */
const packed = new WeakMap();

/** @param {string} text @returns {number | null} */
function parse(text) {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

/** @param {string} text @returns {number[] | null} */
function parseList(text) {
  const list = text.split(",").map(parse);
  return list.some((value) => value === null) ? null : /** @type {number[]} */ (list);
}

/** @param {string} key @param {string} name @param {(text: string) => string | number | null} read @returns {Field} */
function viewField(key, name, read) {
  return {
    key,
    read: ({ view }, base) => (view[name] === undefined || view[name] === base.view[name] ? null : String(view[name])),
    write: (experiment, text) => {
      const value = read(text);
      return value === null ? null : withView(experiment, { [name]: value });
    },
  };
}

/** @param {string} text @returns {string | null} */
function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** @param {string[]} choices */
const oneOf = (choices) => (/** @type {string} */ text) => (choices.includes(text) ? text : null);

/** @param {string} text */
const whole = (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null);

/** Rules by name and seed, each with what it starts. @param {Record<string, Start>} starts */
function listStarts(starts) {
  /** @type {Map<string, string[]>} */
  const rules = new Map();
  for (const [address, { kind, seed, scale }] of Object.entries(starts)) {
    const rule = `${kind}@${seed}${scale === 1 ? "" : `*${scale}`}`;
    rules.set(rule, [...(rules.get(rule) ?? []), address]);
  }
  return [...rules].map(([rule, addresses]) => `${rule}:${addresses.join(",")}`).join(";");
}

/** @type {Start["kind"][]} */
export const KINDS = ["cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch"];

/** @param {string} text @returns {Record<string, Start> | null} */
function readStarts(text) {
  /** @type {Record<string, Start>} */
  const starts = {};
  for (const part of text.split(";")) {
    const match = /^([a-z-]+)@(\d{1,15})(?:\*([^:]+))?:([\w.,-]+)$/.exec(part);
    const kind = KINDS.find((name) => name === match?.[1]);
    const scale = match?.[3] === undefined ? 1 : parse(match[3]);
    if (!match || !kind || scale === null) return null;
    for (const address of match[4].split(",")) starts[address] = { kind, seed: Number(match[2]), scale };
  }
  return starts;
}

/** @param {string} text */
const addresses = (text) => (/^[\w.,]{1,200}$/.test(text) ? text : null);

/** @type {Field[]} */
export const FIELDS = [
  {
    key: "net",
    read: (experiment, base) => (same(experiment.network, base.network) ? null : written(experiment, base)),
    write(experiment, text) {
      const network = readNetwork(text, experiment);
      return network && { ...experiment, network };
    },
  },
  {
    key: "init",
    read: ({ parameters }) => listStarts(parameters.starts) || null,
    write(experiment, text) {
      const starts = readStarts(text);
      return starts && { ...experiment, parameters: { ...experiment.parameters, starts } };
    },
  },
  {
    key: "w",
    read: (experiment, _, ground) =>
      changedNumbers(untouched(experiment.parameters, ground), experiment.parameters.values)
        .map(({ address, index, value }) => `${[address, ...index].join(".")}:${value}`)
        .join(";") || null,
    write: (experiment, text) => {
      let next = experiment;
      for (const part of text.split(";")) {
        const match = /^([^:]+?)((?:\.\d+)*):([^:]+)$/.exec(part);
        const found = match && locate(experiment, match[1], match[2]);
        const value = match && parse(match[3]);
        if (!found || value === null) return null;
        next = withParameter(next, found.address, found.index, value);
      }
      return next;
    },
  },
  {
    key: "x",
    read: ({ sequence }, base) =>
      same(sequence.inputs, base.sequence.inputs) ? null : sequence.inputs.map((row) => row.join(",")).join(";"),
    write: (experiment, text) => {
      const width = partOf(experiment).inputs;
      const inputs = text.split(";").map(parseList);
      if (inputs.some((row) => row?.length !== width)) return null;
      return withInputs(experiment, /** @type {number[][]} */ (inputs));
    },
  },
  {
    key: "words",
    read: ({ sequence }, base) => {
      if (same(sequence.vocabulary, base.sequence.vocabulary) && same(sequence.words, base.sequence.words)) return null;
      return [sequence.vocabulary, sequence.words].map((list) => (list ?? []).map(encodeURIComponent).join(",")).join(";");
    },
    write: (experiment, text) => {
      const lists = text.split(";").map((list) => (list === "" ? null : list.split(",").map(plain)));
      if (lists.length !== 2 || lists.some((list) => list?.some((word) => word === null || word === ""))) return null;
      const [vocabulary, words] = /** @type {(string[] | null)[]} */ (lists);
      return { ...experiment, sequence: { ...experiment.sequence, vocabulary, words } };
    },
  },
  {
    key: "start",
    read: ({ initial }, base) =>
      Object.entries(initial)
        .filter(([address, list]) => !same(list, base.initial[address] ?? list.map(() => 0)))
        .map(([address, list]) => `${address}:${list.join(",")}`)
        .join(";") || null,
    write: (experiment, text) => {
      const entries = text.split(";").map((part) => {
        const [address, list] = part.split(":");
        return /** @type {const} */ ([address, list === undefined ? null : parseList(list)]);
      });
      if (entries.some(([, list]) => list === null)) return null;
      const initial = { ...experiment.initial, .../** @type {Record<string, number[]>} */ (Object.fromEntries(entries)) };
      return { ...experiment, initial };
    },
  },
  {
    key: "with",
    read: ({ lanes }, base) => (same(lanes, base.lanes) ? null : packedOnce(lanes)),
    write: (experiment, text) => {
      const lanes = unpack(text);
      const whole = Array.isArray(lanes) && lanes.length <= 2 && lanes.every((lane) => lane?.network?.parts?.[0] && lane.parameters && lane.initial);
      return whole ? { ...experiment, lanes } : null;
    },
  },
  {
    key: "of",
    read: ({ backward }, base) => {
      if (same(backward, base.backward)) return null;
      if (!backward) return "none";
      return [backward.of, backward.step, ...(backward.unit === null ? [] : [backward.unit])].join("@");
    },
    write: (experiment, text) => {
      if (text === "none") return { ...experiment, backward: null };
      const match = /^([\w.:]+)@(\d{1,6})(?:@(\d{1,5}))?$/.exec(text);
      if (!match || Number(match[2]) < 1 || Number(match[2]) > experiment.sequence.inputs.length) return null;
      const unit = match[3] === undefined ? null : Number(match[3]);
      return { ...experiment, backward: { of: match[1], step: Number(match[2]), unit } };
    },
  },
  {
    key: "step",
    read: ({ step }, base) => (step === base.step ? null : String(step)),
    write: (experiment, text) => {
      const step = whole(text);
      return step === null || step < 1 || step > experiment.sequence.inputs.length ? null : { ...experiment, step };
    },
  },
  viewField("dir", "direction", oneOf(["forward", "backward"])),
  viewField("draw", "drawing", oneOf(["valves", "conveyor", "operations", "formulas"])),
  viewField("edit", "editing", (text) => (/^[\w.:-]{1,64}$/.test(text) ? text : null)),
  viewField("depth", "depth", oneOf(["strip", "cell"])),
  viewField("open", "open", addresses),
  viewField("reach", "reach", addresses),
  viewField("unit", "unit", whole),
  viewField("diff", "difference", oneOf(["on", "off"])),
  viewField("from", "from", whole),
  viewField("zoom", "zoom", whole),
  viewField("beat", "beat", (text) => (/^[\w-]{1,60}$/.test(text) ? text : null)),
  {
    key: "lang",
    read: ({ language }, base) => (language === base.language ? null : language),
    write: (experiment, text) => (/^[a-z]{2,3}$/.test(text) ? { ...experiment, language: text } : null),
  },
];

/** @param {Experiment} experiment @param {string} name @param {string} tail e.g. ".0.1" */
function locate(experiment, name, tail) {
  const values = experiment.parameters.values;
  // A layer's number is part of an address too ("main.1"): the longest name that exists is the address.
  const parts = `${name}${tail}`.split(".");
  for (let cut = parts.length; cut > 0; cut -= 1) {
    const address = parts.slice(0, cut).join(".");
    if (!Object.hasOwn(values, address)) continue;
    const index = parts.slice(cut).map(Number);
    let shape = /** @type {any} */ (values[address]);
    for (const position of index) shape = shape?.[position];
    return typeof shape === "number" && numberAt(values[address], index) === shape ? { address, index } : null;
  }
  return null;
}

/**
 * An experiment of no lesson and no cell, or whose network cannot be said in a line, stands in the address as a whole. Null: no address
 * is long enough.
 * @param {Experiment} experiment @param {Experiment} base @param {Ground} [ground] @returns {string | null}
 */
export function fragment(experiment, base, ground = plainGround(base)) {
  if (!hasOrigin(experiment) || (!same(experiment.network, base.network) && written(experiment, base) === null)) {
    const own = given(experiment);
    if (tooMany(own, LONGEST * 0.75)) return null;
    return atMost(`${WHOLE}=${pack(own)}`);
  }
  return atMost(line([...Object.entries(originOf(experiment)), ...differing(FIELDS, experiment, base, ground)]));
}

/**
 * The address of an experiment that the browser keeps: its name there, and what has changed since of all that is short.
 * @param {string} id @param {Experiment} experiment @param {Experiment} kept
 */
export function keptFragment(id, experiment, kept) {
  const short = FIELDS.filter(({ key }) => !LONG.includes(key));
  return line([[KEPT, id], ...differing(short, experiment, kept, plainGround(kept))]);
}

/** @param {Field[]} fields @param {Experiment} experiment @param {Experiment} base @param {Ground} ground @returns {[string, string][]} */
function differing(fields, experiment, base, ground) {
  return fields.flatMap(({ key, read }) => {
    const text = read(experiment, base, ground);
    return text === null ? [] : [/** @type {[string, string]} */ ([key, text])];
  });
}

/** @param {[string, string][]} entries */
function line(entries) {
  return entries.map(([key, text]) => `${key}=${escape(text)}`).join("&");
}

/** @param {string} text */
function atMost(text) {
  return text.length <= LONGEST ? text : null;
}

/** base64url of the JSON. @param {unknown} record */
function pack(record) {
  let text = "";
  for (const byte of new TextEncoder().encode(JSON.stringify(record))) text += String.fromCharCode(byte);
  return btoa(text).replace(/[+/=]/g, (sign) => URL_SAFE[sign]);
}

/** What a step does not change is not packed at every step. @param {object} record */
function packedOnce(record) {
  const text = packed.get(record) ?? pack(record);
  packed.set(record, text);
  return text;
}

/** @param {string} text @returns {any} */
function unpack(text) {
  try {
    const plain = atob(text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/")));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(plain, (sign) => sign.charCodeAt(0))));
  } catch {
    return null;
  }
}

/** @param {string} text */
function escape(text) {
  return encodeURIComponent(text).replace(/%(2C|3A|3B|40)/g, decodeURIComponent);
}

/**
 * @param {string} text  without the #
 * @returns {{lesson: string | null, preset: string | null, variant: string | null, cell: string | null, kept: string | null, whole: Experiment | null, fields: [string, string][], faulty: boolean}}
 */
export function parseFragment(text) {
  const found = { lesson: null, preset: null, variant: null, cell: null, kept: /** @type {string | null} */ (null), whole: /** @type {Experiment | null} */ (null), fields: /** @type {[string, string][]} */ ([]), faulty: false };
  if (text.length > LONGEST) return { ...found, faulty: true };
  for (const part of text.split("&").filter(Boolean)) {
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
    } else if (FIELDS.some((field) => field.key === key)) found.fields.push([key, value]);
    else found.faulty = true;
  }
  return found;
}

/**
 * The network, and the rules by which its numbers start, that an address asks for; null where they are the lesson's own.
 * @param {Experiment} base
 * @param {[string, string][]} fields
 */
export function foundation(base, fields) {
  const { experiment } = applyFields(base, fields, isFoundation);
  const fits = experiment.sequence.inputs[0].length === partOf(experiment).inputs;
  if (!fits || (same(experiment.network, base.network) && same(experiment.parameters.starts, base.parameters.starts))) return null;
  return experiment;
}

/** Whether the engine has to be asked before what the field says can be shown. @param {string} key */
export const isFoundation = (key) => FOUNDATION.includes(key);

/**
 * @param {Experiment} base
 * @param {[string, string][]} fields
 * @param {(key: string) => boolean} [which]
 * @returns {{experiment: Experiment, faulty: boolean}}  a field that cannot be read leaves the lesson's own
 */
export function applyFields(base, fields, which = () => true) {
  let experiment = base;
  let faulty = false;
  for (const { key, write } of FIELDS) {
    if (!which(key)) continue;
    for (const [, text] of fields.filter(([name]) => name === key)) {
      const next = write(experiment, text);
      if (next) experiment = next;
      else faulty = true;
    }
  }
  return { experiment, faulty };
}

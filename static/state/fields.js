/** How an experiment differs from its lesson's or cell's own, as the table of the address bar. */

import { changedNumbers, located } from "./difference.js";
import { readsOn, risen, same, STUDIED, withCarried, withInputs, withParameter, withView } from "./edit.js";
import { partOf, readNetwork, written } from "./notation.js";
import { packedOnce, unpack } from "./packing.js";
import { listStarts, readStarts } from "./rules.js";
import { list, parse, parseList, plain, spell } from "./spelling.js";
import { untouched } from "./starts.js";
import { listTies, readTies } from "./ties.js";

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("./starts.js").Ground} Ground */
/**
 * @typedef {object} Field
 * @property {string} key
 * @property {(experiment: Experiment, base: Experiment, ground: Ground) => string | null} read  null: as in the lesson
 * @property {(experiment: Experiment, text: string) => Experiment | null} write  null: cannot be read
 */

/** What has to stand before numbers can be put into it: the engine says with which ones it begins. */
const FOUNDATION = ["net", "tied", "init", "x", "words"];
/** What only the engine can build. */
const BUILT = ["net", "tied", "init"];

/** @param {string} key @param {string} name @param {(text: string, experiment: Experiment) => string | number | null} read @returns {Field} */
function viewField(key, name, read) {
  return {
    key,
    read: ({ view }, base) => (view[name] === undefined || view[name] === base.view[name] ? null : String(view[name])),
    write: (experiment, text) => {
      const value = read(text, experiment);
      return value === null ? null : withView(experiment, { [name]: value });
    },
  };
}

/** What over another network it becomes by itself. @template {{of: string}} Aim @param {Aim | null | undefined} aim @param {Experiment} base @param {Experiment["network"]} network */
const above = (aim, base, network) => aim ? { ...aim, of: risen(aim.of, base.network, network) } : null;

/** @param {string[]} choices */
const oneOf = (choices) => (/** @type {string} */ text) => (choices.includes(text) ? text : null);

/** @param {string} text */
const whole = (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null);

/** @param {string} text */
const setting = (text) => parse(text) ?? (/^[\w.:+-]{1,200}$/.test(text) ? text : null);

/** @param {string} text */
const addresses = (text) => (/^[\w.,]{1,200}$/.test(text) ? text : null);

/** @type {Field[]} */
export const FIELDS = [
  {
    key: "net",
    read: (experiment, base) => (same(experiment.network.parts, base.network.parts) ? null : written(experiment, base)),
    write(experiment, text) {
      const network = readNetwork(text, experiment);
      return network && { ...experiment, network };
    },
  },
  {
    key: "tied",
    read: ({ network }) => listTies(network.tied ?? {}) || null,
    write(experiment, text) {
      const tied = readTies(text);
      return tied && { ...experiment, network: { ...experiment.network, tied } };
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
        .map(({ address, index, value }) => `${[address, ...index].join(".")}:${spell(Number(value))}`)
        .join(";") || null,
    write: (experiment, text) => {
      let next = experiment;
      for (const part of text.split(";")) {
        const match = /^([^:]+?)((?:\.\d+)*):([^:]+)$/.exec(part);
        const found = match && located(experiment.parameters.values, match[1], match[2]);
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
      same(sequence.inputs, base.sequence.inputs) ? null : sequence.inputs.map(list).join(";"),
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
      // The address escapes the rest, and only once.
      return [sequence.vocabulary, sequence.words].map((words) => (words ?? []).map((word) => word.replace(/[%,;]/g, encodeURIComponent)).join(",")).join(";");
    },
    write: (experiment, text) => {
      const lists = text.split(";").map((words) => (words === "" ? null : words.split(",").map(plain)));
      if (lists.length !== 2 || lists.some((words) => words?.some((word) => word === null || word === ""))) return null;
      const [vocabulary, words] = /** @type {(string[] | null)[]} */ (lists);
      return { ...experiment, sequence: { ...experiment.sequence, vocabulary, words } };
    },
  },
  {
    key: "start",
    read: ({ initial }, base) =>
      Object.entries(initial)
        .filter(([address, row]) => !same(row, base.initial[address] ?? row.map(() => 0)))
        .map(([address, row]) => `${address}:${list(row)}`)
        .join(";") || null,
    write: (experiment, text) => {
      const entries = text.split(";").map((part) => {
        const [address, row] = part.split(":");
        return /** @type {const} */ ([address, row === undefined ? null : parseList(row)]);
      });
      if (entries.some(([, row]) => row === null)) return null;
      const initial = { ...experiment.initial, .../** @type {Record<string, number[]>} */ (Object.fromEntries(entries)) };
      return { ...experiment, initial };
    },
  },
  {
    key: "again",
    read: ({ carried }, base) => (carried === base.carried ? null : String(carried)),
    write: (experiment, text) => {
      const carried = whole(text);
      return carried === null || (carried > 0 && !readsOn(experiment.network)) ? null : withCarried(experiment, carried);
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
    key: "loss",
    read({ loss, network }, base) {
      if (same(loss ?? null, above(base.loss, base, network))) return null;
      return loss ? [loss.kind, loss.of, loss.targets.map((row) => (row ? list(row) : "")).join(";")].join("@") : "none";
    },
    write(experiment, text) {
      if (text === "none") return { ...experiment, loss: null };
      const match = /^(squared|cross-entropy|binary)@([\w.:]{1,200})@([^@]*)$/.exec(text);
      const targets = (match?.[3] ?? "").split(";").map((row) => (row === "" ? null : parseList(row) ?? false));
      if (!match || targets.includes(false) || targets.length !== experiment.sequence.inputs.length) return null;
      const own = experiment.loss?.of === match[2] ? experiment.loss : {};
      return { ...experiment, loss: { ...own, kind: /** @type {any} */ (match[1]), of: match[2], targets: /** @type {(number[] | null)[]} */ (targets) } };
    },
  },
  {
    key: "of",
    read: ({ backward, network }, base) => {
      if (same(backward, above(base.backward, base, network))) return null;
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
  // Where nothing is differentiated there is nothing to go back with.
  viewField("dir", "direction", (text, { backward }) => (text === "forward" || (text === "backward" && backward) ? text : null)),
  viewField("draw", "drawing", oneOf(["valves", "conveyor", "operations", "formulas"])),
  viewField("edit", "editing", (text) => (/^[\w.:-]{1,64}$/.test(text) ? text : null)),
  viewField("study", "study", oneOf(["cell", "learning", "powers", "surface"])),
  viewField("kind", "kind", oneOf(["map", "space"])),
  ...STUDIED.map((name) => viewField(name, name, setting)),
  viewField("depth", "depth", oneOf(["strip", "cell"])),
  viewField("layer", "layer", (text) => (/^\w{1,64}\.\d{1,3}\.(forward|backward)$/.test(text) ? text : null)),
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

/** Whether nothing of the field can be shown where the engine refuses it. @param {string} key */
export const isBuilt = (key) => BUILT.includes(key);

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

/** A training's settings, as far as a person has chosen them; what is left out is usual. What there is, and its bounds, the server tells. Pure. */

/** @typedef {{name: string, usual: number | null, low: number, high: number}} Bounded */
/**
 * @typedef {object} Task
 * @property {string} name
 * @property {{en: string, zh: string}} title
 * @property {string} definition
 * @property {string} source
 * @property {string} kind
 * @property {Bounded[]} options
 * @property {{loss: number, accuracy: number}} baseline
 * @property {string} derivation
 * @property {number} solved
 * @property {string[]} readouts  where an answer may be wanted, the usual one first
 * @property {number} inputs  of a step, with the usual options
 * @property {number} outputs
 * @property {boolean} ahead  whether a target is an input of a later step
 */
/** What can be trained, as GET /api/tasks has it. @typedef {{tasks: Task[], choices: Record<string, {usual: string, all: string[]}>, whole: Bounded[], numbers: Bounded[], optimisers: {name: string, rate: number, settings: Bounded[]}[]}} Offer */
/** Only the task has to be there. @typedef {{task: string, weights?: import("./starting.js").Weights, options?: Record<string, number>, tuning?: Record<string, number>, [name: string]: any}} Given */
/**
 * One setting as a person sees it. `key` is its name, that of a task's own begins with "options.", of an optimiser's with "tuning.".
 * @typedef {object} Field
 * @property {string} key
 * @property {string} group
 * @property {"choice" | "whole" | "number" | "text"} kind
 * @property {string | number} usual
 * @property {string | number} value
 * @property {string[]} all  of a choice
 * @property {number} low
 * @property {number} high
 * @property {boolean} above  whether it has to be more than `low`
 * @property {boolean} rare  seldom changed
 * @property {string} fixed  why there is nothing to choose; "": there is
 */

/** What stands together, and in which order. A star: seldom changed. */
const GROUPS = /** @type {[string, string[]][]} */ ([
  ["task", ["task", "options", "readout"]],
  ["network", ["cell", "equations", "units", "layers", "direction", "start*"]],
  ["learning", ["optimiser", "rate", "tuning*", "schedule*", "schedule_every*", "schedule_factor*", "warm_up*", "clip", "clip_at"]],
  ["data", ["updates", "batch", "seed", "truncation*", "data*", "test*", "every*", "dtype*"]],
]);
/** Numbers that have to be more than their lower bound. */
const ABOVE = new Set(["rate", "clip_at"]);
/** Answers are wanted where the task wants them. */
const AS_TASK = "task";
/** Weights start from some that are given with the settings, by full address; they are no choice where there are none. */
export const GIVEN = "given";
/** Of all runs of a race alike: they read the same sequences, as often. */
const SHARED = new Set(["task", "readout", "seed", "batch", "data", "test", "every", "updates"]);

/** @param {string} key */
export const isShared = (key) => SHARED.has(key) || key.startsWith("options.");

/** @param {Offer} offer @param {string} name @returns {Task} the first one where there is none of that name */
export function taskOf(offer, name) {
  return offer.tasks.find((task) => task.name === name) ?? offer.tasks[0];
}

/** @param {Offer} offer @param {Given} given */
function ruleOf(offer, given) {
  const name = given.optimiser ?? offer.choices.optimiser.usual;
  return offer.optimisers.find((rule) => rule.name === name) ?? offer.optimisers[0];
}

/** Every setting that matters to these: what nothing would read is left out. @param {Offer} offer @param {Given} given @returns {Field[]} */
export function fields(offer, given) {
  return GROUPS.flatMap(([group, names]) => names.flatMap((starred) => {
    const rare = starred.endsWith("*");
    const name = rare ? starred.slice(0, -1) : starred;
    if (name === "options") return taskOf(offer, given.task).options.map((each) => bounded(`options.${each.name}`, "whole", each));
    if (name === "tuning") return ruleOf(offer, given).settings.map((each) => bounded(`tuning.${each.name}`, "number", each));
    if (name === "task") return [chosen(name, offer.tasks[0].name, offer.tasks.map((task) => task.name))];
    if (name === "equations") return [{ ...chosen(name, "", []), kind: "text" }];
    if (name === "readout") {
      const { readouts } = taskOf(offer, given.task);
      return [chosen(name, readouts[0], readouts, readouts.length > 1 ? "" : "task")];
    }
    if (name === "direction") {
      const { usual, all } = offer.choices[name];
      const why = unread(offer, given);
      return [chosen(name, usual, why === "" ? all : [...new Set([usual, given[name] ?? usual])], why)];
    }
    if (name === "start") {
      const { usual, all } = offer.choices[name];
      return [chosen(name, usual, all.filter((each) => each !== GIVEN || given.start === GIVEN))];
    }
    if (name in offer.choices) return [chosen(name, offer.choices[name].usual, offer.choices[name].all)];
    if (isIdle(offer, given, name)) return [];
    const whole = offer.whole.find((each) => each.name === name);
    if (whole) return [bounded(name, "whole", whole)];
    const number = offer.numbers.find((each) => each.name === name);
    return number ? [bounded(name, "number", number)] : [];

    /** @param {string} key @param {"whole" | "number"} kind @param {Bounded} each @returns {Field} */
    function bounded(key, kind, { usual, low, high }) {
      const own = usual ?? ruleOf(offer, given).rate;
      return { key, group, kind, usual: own, value: read(given, key) ?? own, all: [], low, high, above: ABOVE.has(key), rare, fixed: "" };
    }
    /** @param {string} key @param {string} usual @param {string[]} all @param {string} [fixed] @returns {Field} */
    function chosen(key, usual, all, fixed = "") {
      const value = read(given, key);
      return { key, group, kind: "choice", usual, value: value === undefined || value === AS_TASK ? usual : value, all, low: 0, high: 0, above: false, rare, fixed };
    }
  }));
}

/**
 * Why a network may only read forward: what is wanted is read later ("ahead"); it is wanted at the last step alone, of which whoever reads backward
 * knows one input ("last", or "open" where it may be wanted at every step); "" where it may read either way.
 * @param {Offer} offer @param {Given} given @returns {"" | "ahead" | "last" | "open"}
 */
export function unread(offer, given) {
  const { ahead, readouts } = taskOf(offer, given.task);
  if (ahead) return "ahead";
  if ((given.readout && given.readout !== AS_TASK ? given.readout : readouts[0]) === "every") return "";
  return readouts.includes("every") ? "open" : "last";
}

/** Whether nothing reads a setting. @param {Offer} offer @param {Given} given @param {string} name */
function isIdle(offer, given, name) {
  if (name === "truncation") return (given.direction ?? offer.choices.direction.usual) !== offer.choices.direction.usual;
  if (name === "clip_at") return (given.clip ?? offer.choices.clip.usual) === "none";
  return name.startsWith("schedule_") && (given.schedule ?? offer.choices.schedule.usual) === "constant";
}

/** @param {Given} given @param {string} key @returns {any} undefined where it is usual */
export function read(given, key) {
  const [table, name] = key.split(".");
  return name === undefined ? given[key] : given[table]?.[name];
}

/** With another value of one setting; of a new task or optimiser the old one's own settings are dropped. @param {Offer} offer @param {Given} given @param {string} key @param {string | number} value @returns {Given} */
export function change(offer, given, key, value) {
  if (key === "task") return fitting(offer, without(without({ ...given, task: String(value) }, "options"), "readout"));
  if (key === "readout") return fitting(offer, { ...given, readout: value });
  if (key === "cell") return spare(offer, without({ ...given, cell: value }, "equations"));
  const [table, name] = key.split(".");
  const next = name === undefined ? { ...given, [key]: value } : { ...given, [table]: { ...given[table], [name]: value } };
  const fresh = key === "optimiser" ? without(without(next, "tuning"), "rate") : next;
  return spare(offer, fresh);
}

/** What the task does not leave open is dropped. @param {Offer} offer @param {Given} given */
function fitting(offer, given) {
  return spare(offer, unread(offer, given) === "" ? given : without(given, "direction"));
}

/** Without what is usual anyway. @param {Offer} offer @param {Given} given @returns {Given} */
export function spare(offer, given) {
  /** @type {Given} */
  const found = { task: taskOf(offer, given.task).name };
  for (const { key, value, usual } of fields(offer, given)) {
    if (key === "task" || value === usual) continue;
    const [table, name] = key.split(".");
    if (name === undefined) found[key] = value;
    else found[table] = { ...found[table], [name]: value };
  }
  return found.start === GIVEN ? { ...found, weights: given.weights ?? {} } : found;
}

/** Which settings differ between runs that have them, in the order in which they are shown. @param {Offer} offer @param {Given[]} runs @returns {string[]} */
export function differing(offer, runs) {
  const each = runs.map((given) => new Map(fields(offer, given).map((field) => [field.key, field.value])));
  const keys = new Set(each.flatMap((known) => [...known.keys()]));
  return [...keys].filter((key) => new Set(each.filter((known) => known.has(key)).map((known) => known.get(key))).size > 1);
}

/** @param {Given} given @param {string} name @returns {Given} */
function without(given, name) {
  const { [name]: _dropped, ...rest } = given;
  return /** @type {Given} */ (rest);
}

/**
 * What a person typed for a setting, or null where it cannot be: the server has the last word, this spares asking it.
 * @param {Field} field @param {string} text @returns {number | null}
 */
export function typedValue({ kind, low, high, above }, text) {
  const plain = text.normalize("NFKC").trim().replace(/[−–]/g, "-").replace(/[,。]/, ".");
  const value = Number(plain);
  if (plain === "" || !Number.isFinite(value) || value < low || value > high || (above && value === low)) return null;
  return kind === "whole" && !Number.isInteger(value) ? null : value;
}

/** Whether there is such a task and such a cell. @param {Offer} offer @param {Given} given */
export function isKnown(offer, { task, cell }) {
  return offer.tasks.some(({ name }) => name === task) && (!cell || offer.choices.cell.all.includes(cell));
}

/** Changes to an experiment, as new records that share what stayed the same. Pure. */

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").Nested} Nested */

/** @param {Nested} nested @param {number[]} index @returns {number} */
export function numberAt(nested, index) {
  let found = /** @type {any} */ (nested);
  for (const position of index) found = found?.[position];
  return typeof found === "number" ? found : 0;
}

/** @param {any} nested @param {number[]} index @param {number} value @returns {any} */
export function withNumber(nested, index, value) {
  if (index.length === 0) return value;
  const [position, ...rest] = index;
  return nested.map((/** @type {any} */ item, /** @type {number} */ at) =>
    at === position ? withNumber(item, rest, value) : item,
  );
}

/** @param {Experiment} experiment @param {string} address @param {number[]} index @param {number} value @returns {Experiment} */
export function withParameter(experiment, address, index, value) {
  const nested = experiment.parameters.values[address];
  if (nested === undefined || Object.is(numberAt(nested, index), value)) return experiment;
  const values = { ...experiment.parameters.values, [address]: withNumber(nested, index, value) };
  return { ...experiment, parameters: { ...experiment.parameters, values } };
}

/** The same experiment with another sequence; step and differentiation stay inside it. @param {Experiment} experiment @param {number[][]} inputs @returns {Experiment} */
export function withInputs(experiment, inputs) {
  const length = inputs.length;
  const backward = experiment.backward && {
    ...experiment.backward,
    step: Math.min(experiment.backward.step, length),
  };
  const { loss, sequence } = experiment;
  const { words, vocabulary } = sequence;
  return {
    ...experiment,
    // Any known word says of a new step no more than its numbers do.
    sequence: { ...sequence, inputs, ...(words && vocabulary && words.length !== length ? { words: inputs.map((_, index) => words[index] ?? vocabulary[0]) } : {}) },
    // A step that is new has no target.
    ...(loss && loss.targets.length !== length ? { loss: { ...loss, targets: inputs.map((_, index) => loss.targets[index] ?? null) } } : {}),
    step: Math.min(experiment.step, length),
    backward: backward && backward.step === experiment.backward?.step ? experiment.backward : backward,
  };
}

/** @param {Experiment} experiment @param {number} step @param {number} component @param {number} value */
export function withInput(experiment, step, component, value) {
  const inputs = experiment.sequence.inputs;
  if (inputs[step - 1]?.[component] === undefined || Object.is(inputs[step - 1][component], value)) return experiment;
  return withInputs(experiment, withNumber(inputs, [step - 1, component], value));
}

/** A step is added at the end, with nothing in it. @param {Experiment} experiment */
export function withStep(experiment) {
  const inputs = experiment.sequence.inputs;
  return withInputs(experiment, [...inputs, (inputs[0] ?? [0]).map(() => 0)]);
}

/** @param {Experiment} experiment @param {number} step */
export function withoutStep(experiment, step) {
  const inputs = experiment.sequence.inputs;
  if (inputs.length <= 1 || !inputs[step - 1]) return experiment;
  return withSteps(experiment, (list) => list.filter((_, index) => index !== step - 1));
}

/** Where the step goes that one stands at, one goes along: moved again, it goes on. @param {Experiment} experiment @param {number} from @param {number} to */
export function withMovedStep(experiment, from, to) {
  const { inputs } = experiment.sequence;
  if (from === to || !inputs[from - 1] || !inputs[to - 1]) return experiment;
  const moved = withSteps(experiment, (list) => (list.splice(to - 1, 0, ...list.splice(from - 1, 1)), list));
  return experiment.step === from ? { ...moved, step: to } : moved;
}

/** What a step has goes with it: its input, its target, its word. @param {Experiment} experiment @param {(list: any[]) => any[]} change  of a list of its own */
function withSteps(experiment, change) {
  const { inputs, words } = experiment.sequence;
  const next = withInputs(withTargets(experiment, change), change([...inputs]));
  return words ? { ...next, sequence: { ...next.sequence, words: change([...words]) } } : next;
}

/** @param {Experiment} experiment @param {(targets: (number[] | null)[]) => (number[] | null)[]} change  of a list of its own @returns {Experiment} */
export function withTargets(experiment, change) {
  const { loss } = experiment;
  return loss ? { ...experiment, loss: { ...loss, targets: change([...loss.targets]) } } : experiment;
}

/** @param {Experiment} experiment @param {string} address @param {number} unit @param {number} value @param {number} units */
export function withInitial(experiment, address, unit, value, units) {
  const now = experiment.initial[address] ?? Array(units).fill(0);
  if (Object.is(now[unit], value)) return experiment;
  return { ...experiment, initial: { ...experiment.initial, [address]: withNumber(now, [unit], value) } };
}

/** Whether states can be handed on from one reading of the sequence to the next: what reads backward has no end to go on from. @param {import("../net/contract.js").NetworkDescription} network */
export function readsOn({ parts }) {
  return parts.every(({ layers }) => layers.every(({ direction }) => direction === "forward"));
}

/**
 * What is asked of the top layer is asked of what is the top then: to a layer put over it no gradient would come.
 * @param {string} address
 * @param {Experiment["network"]} before
 * @param {Experiment["network"]} after
 */
export function risen(address, before, after) {
  const [name, layer, direction, symbol] = address.split(".");
  const [was, now] = [before, after].map(({ parts }) => parts.find((part) => part.name === name)?.layers ?? []);
  if (layer !== String(was.length) || now.length === 0) return address;
  const way = now[now.length - 1].direction;
  return [name, now.length, way === "both" ? direction : way, symbol].join(".");
}

/** @param {Experiment} experiment @param {number} carried  readings before this one @returns {Experiment} */
export function withCarried(experiment, carried) {
  return experiment.carried === carried ? experiment : { ...experiment, carried };
}

/** @param {Experiment} experiment @param {Record<string, string | number | boolean>} view */
export function withView(experiment, view) {
  return { ...experiment, view: { ...experiment.view, ...view } };
}

/** Settings of studies: numbers, and axes such as main.1.forward.b.0:-2.8:-2. */
export const STUDIED = ["across", "down", "across2", "down2", "across3", "down3", "target", "until", "rate", "rule", "clip", "updates", "question", "scale", "radius", "gate", "drive", "gain", "layers", "seed"];

/** A study as it is asked for: what is not set is as usual. @param {Experiment} experiment @param {Record<string, string | number | boolean>} study */
export function withStudy(experiment, study) {
  const view = Object.fromEntries(Object.entries(experiment.view).filter(([name]) => !STUDIED.includes(name)));
  return withView({ ...experiment, view }, study);
}

/**
 * What the person can change and take back, laid over another record's step, view and language.
 * @param {Experiment} shown
 * @param {Experiment} changes
 * @returns {Experiment}
 */
export function withChangesOf(shown, changes) {
  const { lesson, preset, variant, cell, network, parameters, sequence, initial, carried, lanes, loss, backward } = changes;
  const step = Math.min(shown.step, sequence.inputs.length);
  return { ...shown, lesson, preset, variant, cell, network, parameters, sequence, initial, carried, lanes, loss, backward, step };
}

/** @param {unknown} a @param {unknown} b @returns {boolean} */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same(/** @type {any} */ (a)[key], /** @type {any} */ (b)[key]));
}

/**
 * Whether numbers, or what is differentiated, differ from the lesson's own, so that its text may not fit them.
 * @param {Experiment} experiment
 * @param {Experiment} base
 */
export function isChanged(experiment, base) {
  return !(
    same(experiment.network, base.network) &&
    same(experiment.parameters.values, base.parameters.values) &&
    same(experiment.sequence, base.sequence) &&
    same(experiment.initial, base.initial) &&
    experiment.carried === base.carried &&
    same(experiment.loss ?? null, base.loss ?? null) &&
    (base.backward === null || same(experiment.backward, base.backward))
  );
}

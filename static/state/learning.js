/**
 * Learning on the stage. The engine makes the updates; the page shows where they have led as its own experiment, one thing to take
 * back for each press. A change by hand ends a run. What the network is compared with learns at the same pace.
 */

import { steps, study } from "./derive.js";
import { createFellows, ledTo } from "./fellows.js";
import { recallWay, rememberWay } from "./learned.js";
import { MOST, pace, portion } from "./pace.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./store.js").Learning} Learning */
/** @typedef {import("../net/contract.js").UpdatesMessage} UpdatesMessage */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** `of`: the numbers that it has come to. @typedef {{key: string, left: number, made: number, began: number, of: unknown[], last: {count: number, took: number} | null}} Run */

/** @type {Learning} */
const NOTHING = { going: false, losses: [], others: {}, at: 0, from: 0, ahead: null, problems: [] };
/** Without movement a run is seen in a few pictures a second. */
const STILL = 400;

/** @param {Core} core @param {() => number} [clock] */
export function createLearning(core, clock = () => performance.now()) {
  const { get, set, look, commit, history, session, environment } = core;
  const fellows = createFellows(core);
  /** @type {Run | null} */
  let run = null;
  let presses = 0;
  /** What was last looked ahead from. @type {unknown[]} */
  let asked = [];
  /** The numbers that the losses belong to; the weights among them, those of networks beside too, and where on the curve they stand. @type {unknown[]} */
  let numbers = [];
  /** @type {WeakMap<object, number>} */
  let marks = new WeakMap();

  /** @param {Partial<Learning>} change */
  const show = (change) => set({ learning: { ...(get().learning ?? NOTHING), ...change } });

  /** All that a loss is made of but the weights, and the weights. */
  const stamp = () => {
    const { network, experiment } = get();
    const { sequence, initial, carried, loss, lanes, parameters } = experiment;
    return [network, sequence.inputs, initial, carried, loss, JSON.stringify(lanes.map((lane) => lane.network)), parameters.values];
  };

  /** Looks one update ahead whenever something has changed. */
  function refresh() {
    const state = get();
    const isShown = study(state) === "learning" && !state.home;
    const of = stamp();
    // What was changed by hand is a thing to take back of its own, which may be going on.
    if (run && (!isShown || differ(of, run.of))) {
      run = null;
      show({ going: false });
    }
    if (run || !isShown) return;
    forget();
    const { rule, rate, clip } = pace(state);
    const all = [...of, rule, rate, clip];
    if (!differ(all, asked)) return;
    asked = all;
    place(of);
    session.inquire({ type: "update", rule, rate, clip: clip || null, updates: 1 }, (answer) => {
      if (run || differ(all, asked)) return;
      if (answer.type === "problems") return show({ ahead: null, problems: answer.problems });
      if (answer.type !== "updates") return;
      const { losses } = get().learning ?? NOTHING;
      const found = arraysOf(answer);
      const ahead = { norm: found.norm[0] ?? NaN, clipped: found.clipped[0] ?? NaN, gradient: named(answer, "gradient:"), next: named(answer, "now:"), stop: answer.stop };
      show({ ahead, losses: losses.length > 0 ? losses : [...found.loss.slice(0, 1)] });
    });
  }

  /** Where on the curve these weights stand; weights that no update has led to begin another. @param {unknown[]} of */
  function place(of) {
    const values = /** @type {object} */ (of[of.length - 1]);
    const others = differ(of.slice(0, -1), numbers.slice(0, -1));
    if (others) marks = new WeakMap();
    numbers = of;
    const at = marks.get(values);
    const now = get().learning ?? NOTHING;
    if (at !== undefined) {
      if (at === now.at) return;
      show({ at, from: Math.min(now.from, at), problems: [] });
      return rememberWay(get().experiment, { losses: now.losses, at });
    }
    // Only another experiment than before, as after a reload, may be one that has learned already; to ask that at each move of a weight would cost.
    const way = others ? recallWay(get().experiment) : null;
    marks.set(values, way?.at ?? 0);
    show({ ...NOTHING, ...way, from: way?.at ?? 0, ahead: others ? null : now.ahead });
  }

  /** The weights of those beside, by lane: as the experiment has them, which undo brings back. @returns {[string, object][]} */
  function weightsBeside() {
    const { experiment, lanes } = get();
    return lanes.flatMap(({ id }, at) => (experiment.lanes[at] ? [/** @type {[string, object]} */ ([id, experiment.lanes[at].parameters.values])] : []));
  }

  /** Losses of a network beside whose weights no update has led to are no longer its own. */
  function forget() {
    const { others } = get().learning ?? NOTHING;
    const at = marks.get(get().experiment.parameters.values);
    const own = weightsBeside().filter(([id, values]) => others[id] && marks.get(values) === at).map(([id]) => [id, others[id]]);
    if (own.length < Object.keys(others).length) show({ others: Object.fromEntries(own) });
  }

  /** @param {number} count */
  function begin(count) {
    const { losses, others, at } = get().learning ?? NOTHING;
    run = { key: `learning:${(presses += 1)}`, left: count, made: 0, began: clock(), of: stamp(), last: null };
    for (const values of [get().experiment.parameters.values, ...weightsBeside().map(([, values]) => values)]) marks.set(values, at);
    fellows.begin();
    const until = Object.entries(others).map(([id, own]) => [id, own.slice(0, at + 1)]);
    show({ going: true, losses: losses.slice(0, at + 1), others: Object.fromEntries(until), from: at, problems: [] });
    round();
  }

  function round() {
    if (!run) return;
    const own = run;
    const state = get();
    const { rule, rate, clip } = pace(state);
    const from = state.experiment.parameters.values;
    const began = clock();
    const count = Math.min(own.left, state.limits.updates ?? Infinity, portion(own.made, began - own.began, own.last));
    /** @type {number[]} */
    let losses = [];
    /** @type {UpdatesMessage | null} */
    let last = null;
    /** @type {import("./fellows.js").Led | null} */
    let led = null;
    const gone = () => run !== own || differ(stamp(), own.of);
    const join = () => {
      if (!last || !led || gone()) return;
      arrive(own, last, from, losses, led);
      own.last = { count, took: clock() - began };
      if (last.stop || own.left <= 0) return finish(last.stop ? [last.stop] : []);
      const due = state.motion ? 0 : clock() + STILL;
      const wait = () => (clock() < due ? environment.schedule(wait) : round());
      environment.schedule(wait);
    };
    /** @type {import("../net/contract.js").UpdateMessage} */
    const message = { type: "update", rule, rate, clip: clip || null, updates: count };
    session.inquire(message, (answer) => {
      if (last || gone()) return;
      if (answer.type === "problems") return finish(answer.problems);
      if (answer.type !== "updates") return;
      losses = [...losses, ...arraysOf(answer).loss];
      if (losses.length <= count && !answer.stop) return;
      last = answer;
      join();
    });
    fellows.ask(message, (found) => {
      led = found;
      join();
    });
  }

  /** The experiment is where the updates have led. @param {Run} own @param {UpdatesMessage} answer @param {Record<string, Nested>} from @param {number[]} losses  the first is known @param {import("./fellows.js").Led} led */
  function arrive(own, answer, from, losses, led) {
    const { learning } = get();
    const known = learning ?? NOTHING;
    const whole = known.losses.length > 0 ? [...known.losses, ...losses.slice(1)] : losses;
    const made = Math.max(0, losses.length - 1);
    own.left -= made;
    own.made += made;
    const others = Object.fromEntries([...led].map(([id, each]) => [id, goneOn(known.others[id] ?? [], known.at, each.losses)]));
    show({ losses: whole, others: { ...known.others, ...others }, at: Math.max(0, whole.length - 1) });
    if (made === 0) return;
    const values = ledTo(answer, from);
    marks.set(values, whole.length - 1);
    own.of = numbers = [...own.of.slice(0, -1), values];
    const lanes = fellows.arrive(led);
    for (const { parameters } of lanes) marks.set(parameters.values, whole.length - 1);
    const { experiment } = get();
    commit({ ...experiment, lanes, parameters: { ...experiment.parameters, values } }, own.key, { live: true });
  }

  /** @param {Learning["problems"]} [problems] */
  function finish(problems = []) {
    run = null;
    history.close();
    show({ going: false, problems });
    const { losses, at } = get().learning ?? NOTHING;
    rememberWay(get().experiment, { losses, at });
    refresh();
  }

  function stop() {
    if (run) finish();
  }

  return {
    refreshLearning: refresh,
    /** So many updates; what is going on is ended. Where nothing is learned yet the place for it is opened. @param {number} [count] */
    learn(count = 1) {
      const state = get();
      if (!state.experiment.loss || steps(state) === 0) return set({ notice: "notice.no-loss" });
      if (study(state) !== "learning") {
        look({ study: "learning" });
        return environment.sought("learning");
      }
      const going = run !== null;
      stop();
      if (!going) begin(count);
    },
    /** Until nothing more can be learned, or somebody stops it. */
    learnOn() {
      if (run) return stop();
      begin(MOST);
    },
    /** @param {Record<string, string | number>} change  of how it learns */
    setPace: (change) => look(change),
  };
}

/** Losses with those that have come; where they do not begin as the others ended, another network has learned those. @param {number[]} known @param {number} at  the update that the new ones begin at @param {number[]} losses */
function goneOn(known, at, losses) {
  if (losses.length === 0) return known;
  return [...(Object.is(known[at], losses[0]) ? known.slice(0, at) : Array(at).fill(NaN)), ...losses];
}

/** @param {UpdatesMessage} answer @returns {Record<string, Float64Array>} */
function arraysOf({ arrays }) {
  return Object.fromEntries(arrays.map(({ name, data }) => [name, /** @type {Float64Array} */ (data)]));
}

/** What stands under a prefix, by address. @param {UpdatesMessage} answer @param {string} prefix */
function named({ arrays }, prefix) {
  return Object.fromEntries(arrays.filter(({ name }) => name.startsWith(prefix)).map(({ name, data, shape }) => [name.slice(prefix.length), { data, shape }]));
}

/** @param {unknown[]} a @param {unknown[]} b */
function differ(a, b) {
  return a.length !== b.length || a.some((value, at) => !Object.is(value, b[at]));
}

/** Going through time: steps, beats, equations within a step, playing, the direction. */

import { createClock } from "./clock.js";
import { beat, beatAfter, beats, direction, mainLayer, openPrediction, stays, steps } from "./derive.js";
import { same, withStudy } from "./edit.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Beat} Beat */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/** @param {Core} core @param {Store} store @param {Pick<import("./changes.js").Changes, "setPreset" | "setVariant">} changes */
export function createTravel(core, store, changes) {
  const { get, set, show, commit, look } = core;
  const clock = createClock(store, advance);

  /**
   * @param {number} step @param {Partial<State>} [patch] @param {Prediction | null} [asked]  the question that waited when the way began
   * @param {Beat | null} [to]  the words to which it goes; without them those stay whose weights are not those of the words there
   */
  function move(step, patch = {}, asked = openPrediction(get()), to = null) {
    const state = get();
    const target = Math.max(1, Math.min(steps(state), Math.round(step)));
    const open = openPrediction(state)?.id === asked?.id ? asked : null;
    const reached = open && (open.gradient ? target <= (open.step ?? 0) : target >= (open.step ?? 0));
    const skipped = reached && target !== state.experiment.step ? skip(state, open.id) : {};
    const pinned = state.pinned && { ...state.pinned, step: target };
    set({ equation: null, pinned, ...skipped, ...patch });
    if (target === state.experiment.step) return;
    const left = beat(state);
    const { beat: before, ...view } = state.experiment.view;
    const plain = { ...get().experiment, step: target, view };
    const there = { ...get(), experiment: plain };
    const said = to ?? (left && stays(there, left) ? left : null);
    // What is asked for in the other direction waits until it is that direction again.
    const waiting = left || to ? undefined : before;
    const named = said && beat(there)?.id !== said.id ? said.id : waiting;
    show(named ? { ...plain, view: { ...view, beat: named } } : plain);
    enter(left);
  }

  /** A beat may set weights of its own; what the one that is left had set, and nobody has changed since, is again what the lesson has. @param {Beat | null} left */
  function enter(left) {
    const { experiment, base } = get();
    if (beat(get())?.id === left?.id) return;
    const now = experiment.parameters.values;
    /** @type {[string, import("../net/contract.js").Nested][]} */
    const told = Object.entries(left?.set ?? {}).filter(([address, value]) => same(now[address], value)).map(([address]) => [address, base.parameters.values[address]]);
    const entries = [...told, ...Object.entries(beat(get())?.set ?? {})].filter(([address]) => address in now && address in base.parameters.values);
    const values = { ...now, ...Object.fromEntries(entries) };
    if (entries.length === 0 || same(values, now)) return;
    commit({ ...experiment, parameters: { ...experiment.parameters, values } });
  }

  /** One step as drawn; pressing on reveals an open prediction as skipped. @param {number} delta @param {number} [by] */
  function go(delta, by = delta) {
    const state = get();
    const open = openPrediction(state);
    const onward = direction(state) === "backward" ? delta < 0 : delta > 0;
    move(state.experiment.step + by, open && onward ? skip(state, open.id) : {});
  }

  /** The next thing to say, as the lesson tells it; where it has no more to say, the next step in the direction of play. @param {number} delta */
  function onward(delta) {
    const state = get();
    const current = beat(state);
    const passed = current && delta < 0 && current.step !== state.experiment.step;
    const next = passed ? current : beatAfter(state, delta);
    const by = direction(state) === "backward" ? -delta : delta;
    const open = openPrediction(state);
    // What the next words would leave behind is told before they are said.
    if (next && open && delta > 0 && !isTold(state, open, next)) set(skip(state, open.id));
    else if (next) arrive(next);
    // The last words stay: a step with words of its own would tell the lesson once more.
    else go(by, beats(state).some(({ step }) => step === state.experiment.step + by) ? 0 : by);
  }

  /** To a beat wherever it is: its sequence, its network, its direction and its step. @param {Beat} target */
  function arrive(target) {
    const { experiment } = get();
    const left = beat(get());
    // On the way another beat of the new sequence or network may be met: its question has not been asked.
    const asked = openPrediction(get());
    const there = () => {
      pause();
      if (target.preset && target.preset !== get().experiment.preset) changes.setPreset(target.preset, { told: true });
      if (target.direction !== direction(get())) setDirection(target.direction, { told: true });
      move(target.step, {}, asked, target);
      // Of several beats at one step the address names the one that is meant.
      if (beat(get())?.id !== target.id) look({ beat: target.id });
      if (Object.keys(target.study ?? {}).length > 0) show(withStudy(get().experiment, target.study ?? {}));
      enter(left);
    };
    if (target.variant && target.variant !== experiment.variant) changes.setVariant(target.variant, there);
    else there();
  }

  /** Whether there is more to play. */
  function advance() {
    if (openPrediction(get())) return false;
    const leftward = direction(get()) === "backward";
    const left = () => (leftward ? get().experiment.step > 1 : get().experiment.step < steps(get()));
    if (!left()) return false;
    go(leftward ? -1 : 1);
    return left();
  }

  /** Backward begins where the error enters. @param {"forward" | "backward"} wanted @param {{told?: boolean}} [how]  told: the lesson itself turns */
  function setDirection(wanted, { told = false } = {}) {
    const state = get();
    if (wanted === direction(state)) return;
    pause();
    const { experiment } = state;
    const backward = experiment.backward ?? state.base.backward ?? outermost(state);
    const step = wanted === "backward" ? backward.step : experiment.step;
    set({ equation: null, pinned: null });
    const { beat: before, ...view } = experiment.view;
    const plain = { ...experiment, step, backward, view };
    const left = beat(state);
    // Whoever turns back finds the page that was left, if looking along to where the gradients begin would have kept it.
    const there = { ...state, experiment: { ...plain, step: backward.step } };
    const kept = !told && left && stays(there, left) ? left.id : undefined;
    const asked = before ?? kept;
    show({ ...plain, view: { ...view, ...(asked && { beat: asked }), direction: wanted } });
  }

  function play() {
    const state = get();
    const { step, backward } = state.experiment;
    const leftward = direction(state) === "backward";
    if (leftward && step === 1) move(backward?.step ?? steps(state));
    if (!leftward && step === steps(state)) move(1);
    if (openPrediction(get())) return set({ notice: "notice.question" });
    set({ playing: true });
    clock.start();
  }

  function pause() {
    clock.stop();
    set({ playing: false });
  }

  const equations = () => {
    const layer = mainLayer(get());
    return layer ? get().network.programs[layer.program].equations.length : 0;
  };

  return {
    /** @param {number} step */
    seek: (step) => move(step),
    go,
    onward,
    first: () => move(1),
    last: () => move(steps(get())),
    /** To where something happens next. @param {1 | -1} delta */
    event: (delta) => import("./events.js").then(({ nextEvent }) => move(nextEvent(get(), delta)), () => set({ notice: "notice.panel" })),
    play,
    pause,
    toggle: () => (get().playing ? pause() : play()),
    /** @param {number} speed */
    setSpeed(speed) {
      set({ speed });
      // Of a long pause nobody waits for the end.
      clock.start();
    },
    setDirection,
    /** @param {number | null} equation */
    setEquation: (equation) => set({ equation }),
    nextEquation: () => set({ equation: following(get().equation, equations()) }),
    previousEquation: () => set({ equation: preceding(get().equation, equations()) }),
  };
}

/** Whether a question that waits is still told of where other words are said. @param {State} state @param {Prediction} open @param {Beat} next */
function isTold(state, open, next) {
  const { preset, variant } = state.experiment;
  const alike = (next.preset || preset) === preset && (next.variant || variant) === variant && next.direction === direction(state);
  return alike && next.step === open.step && same(next.set ?? {}, beat(state)?.set ?? {});
}

/** @param {State} state @param {string} id */
function skip(state, id) {
  return { predictions: { ...state.predictions, [id]: { answer: null } } };
}

/** The last thing the network says. @param {State} state @returns {import("../net/contract.js").Backward} */
function outermost(state) {
  const layer = state.network.layers.at(-1);
  const of = layer ? `${layer.address}.${state.network.programs[layer.program].output}` : "";
  return { of, step: steps(state), unit: null };
}

/** After the last equation the step is complete again. @param {number | null} equation @param {number} count */
export function following(equation, count) {
  const next = equation === null ? 0 : equation + 1;
  return next < count ? next : null;
}

/** @param {number | null} equation @param {number} count */
export function preceding(equation, count) {
  if (equation === 0 || count === 0) return null;
  return (equation ?? count) - 1;
}

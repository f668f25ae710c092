/** What can be done on an error surface. What it shows is asked of the engine whenever something of it has changed. */

import { withWeights } from "./comparing.js";
import { steps, study } from "./derive.js";
import { withNumber, withParameter, withView } from "./edit.js";
import { axisName, lossOf, nearest, settings, sides, standing, valueAt, writeAxis } from "./surfaces.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core.js").Live} Live */
/** @typedef {import("./store.js").Footholds} Footholds */
/** @typedef {import("./store.js").Surface} Surface */
/** @typedef {import("./surfaces.js").Settings} Settings */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("./surfaces.js").Side} Side */
/** @typedef {import("./session.js").Answer} Answer */
/** @typedef {import("./session.js").Inquiry} Inquiry */
/** How the engine is asked about a network. @typedef {(id: string, message: Inquiry, heard: (answer: Answer) => void) => void} Inquire */

const PARTS = /** @type {const} */ (["at", "gradient", "loss", "norm"]);

/** @param {Core} core */
export function createSurface(core) {
  const { get, set, look, commit, session } = core;
  /** What each surface and each way down was last asked for. @type {Map<string, unknown[]>} */
  const asked = new Map();

  /** @param {string} key @param {unknown[]} wanted  whether it is asked for anew */
  const isNew = (key, wanted) => {
    const before = asked.get(key);
    asked.set(key, wanted);
    return !before || before.length !== wanted.length || wanted.some((value, at) => !Object.is(value, before[at]));
  };
  const blank = () => ({ losses: new Float64Array(), of: "", path: null, problems: [] });
  /** @param {string} id @param {Partial<Surface>} change */
  const show = (id, change) => set({ surfaces: { ...get().surfaces, [id]: { ...(get().surfaces[id] ?? blank()), ...change } } });
  const main = () => settings(sides(get())[0]);

  /** Asks for what has changed. @param {Inquire} [beside]  how networks beside the first are asked about */
  function refresh(beside) {
    const state = get();
    if (study(state) !== "surface") return;
    const all = sides(state);
    const ids = Object.keys(state.surfaces);
    if (ids.some((id) => !all.some((side) => side.id === id))) set({ surfaces: Object.fromEntries(all.flatMap(({ id }) => (state.surfaces[id] ? [[id, state.surfaces[id]]] : []))) });
    for (const side of all) {
      if (side.id === "main") ask(side, (_, message, heard) => session.inquire(message, heard));
      else if (beside) ask(side, beside);
    }
  }

  /** @param {Side} state @param {Inquire} inquire */
  function ask(state, inquire) {
    const own = settings(state);
    if (!own) return;
    const { id } = state;
    const { parameters, sequence, initial } = state.experiment;
    const loss = lossOf(state, own);
    const around = [state.network, sequence.inputs, initial, parameters.starts, JSON.stringify(loss)];
    const axes = [own.across, own.down];
    const others = Object.entries(parameters.values).map(([address, values]) => without(values, axes.filter((axis) => axis.address === address)));
    const { side } = own;
    const of = [...axes.map(writeAxis), side].join(";");
    if (isNew(`surface ${id}`, [...around, ...others, of])) {
      const fresh = get().surfaces[id]?.of !== of;
      show(id, { of, problems: [], ...(fresh ? { losses: new Float64Array(side * side).fill(NaN) } : {}) });
      const [across, down] = axes.map((axis) => ({ ...axis, count: side }));
      let begun = false;
      inquire(id, { type: "landscape", across, down, loss }, (answer) => {
        hear(id, answer, of, side, begun);
        begun = true;
      });
    }
    if (!isNew(`path ${id}`, [...around, ...Object.values(parameters.values), of, own.rate, own.clip, own.updates])) return;
    const [across, down] = axes.map(({ address, index }) => ({ address, index }));
    /** @type {Footholds | null} */
    let path = null;
    inquire(id, { type: "descend", across, down, loss, rate: own.rate, clip: own.clip || null, updates: own.updates }, (answer) => {
      if (answer.type === "problems") return show(id, { problems: answer.problems, path: null });
      if (answer.type === "footholds") show(id, { path: (path = joined(path, answer)) });
    });
  }

  /** Nothing stays of an older surface: what has not come yet is not known. @param {string} id @param {Answer} answer @param {string} of @param {number} side @param {boolean} begun */
  function hear(id, answer, of, side, begun) {
    const now = get().surfaces[id];
    if (!now || now.of !== of) return;
    if (answer.type === "problems") return show(id, { problems: answer.problems, losses: new Float64Array(side * side).fill(NaN) });
    if (answer.type !== "rows") return;
    const losses = begun ? now.losses.slice() : new Float64Array(side * side).fill(NaN);
    const [{ data }] = answer.arrays;
    answer.rows.forEach((row, at) => losses.set(data.subarray(at * side, (at + 1) * side), row * side));
    show(id, { losses });
  }

  /**
   * The experiment with a network at a point of its surface. Of one beside the first the view keeps the ranges that it is looked at in,
   * since they would go with what it began as.
   * @param {Experiment} experiment @param {Side} side @param {Settings} own @param {number} a @param {number} b @returns {Experiment}
   */
  function placed(experiment, side, { across, down }, a, b) {
    const { id } = side;
    const put = (/** @type {Experiment} */ one) => withParameter(withParameter(one, across.address, across.index, a), down.address, down.index, b);
    if (id === "main") return put(experiment);
    const next = put(side.experiment);
    if (next === side.experiment) return experiment;
    const { values } = next.parameters;
    const moved = Object.fromEntries([across, down].map(({ address }) => [address, values[address]]));
    const lanes = get().lanes.map((lane) => {
      const { record } = lane;
      return lane.id === id ? withWeights(lane, values, { ...record, parameters: { ...record.parameters, values: { ...record.parameters.values, ...moved } } }) : lane;
    });
    set({ lanes });
    const records = experiment.lanes.map((record, at) => lanes[at]?.record ?? record);
    return withView({ ...experiment, lanes: records }, { [axisName(get(), id, "across")]: writeAxis(across), [axisName(get(), id, "down")]: writeAxis(down) });
  }

  /** @param {string} id */
  const looked = (id) => {
    const side = sides(get()).find((each) => each.id === id);
    const own = side && settings(side);
    return own ? { side, own } : null;
  };

  return {
    refreshSurface: refresh,
    /** @param {Record<string, string | number>} change  of the study's settings */
    setSurface: (change) => look(change),
    /** @param {string} id  of the network @param {Partial<Record<"across" | "down", import("./surfaces.js").Axis>>} axes */
    setAxes: (id, axes) => look(Object.fromEntries(Object.entries(axes).map(([way, axis]) => [axisName(get(), id, /** @type {"across" | "down"} */ (way)), writeAxis(axis)]))),
    /** The last step whose loss counts. @param {number} until */
    setUntil: (until) => look({ until: Math.max(1, Math.min(steps(get()), Math.round(until))) }),
    /** A network is put at a point of its picture. @param {string} id @param {number} across @param {number} down  values @param {Live} [live] */
    putAt(id, across, down, live) {
      const found = looked(id);
      if (found) commit(placed(get().experiment, found.side, found.own, across, down), `surface:${id}`, live);
    },
    /** The same, by so many points of the picture. @param {string} id @param {number} across @param {number} down */
    moveBy(id, across, down) {
      const found = looked(id);
      if (!found) return;
      const { side, own } = found;
      const to = (/** @type {import("./surfaces.js").Axis} */ axis, /** @type {number} */ by) =>
        by === 0 ? standing(side, axis) : valueAt(axis, Math.max(0, Math.min(own.side - 1, nearest(axis, standing(side, axis), own.side) + by)), own.side);
      commit(placed(get().experiment, side, own, to(own.across, across), to(own.down, down)), `surface:${id}`, { live: true });
    },
    /** So many updates more. @param {number} count */
    roll: (count) => look({ updates: Math.min(get().limits.updates ?? Infinity, (main()?.updates ?? 0) + count) }),
    /** Every network is put where its descent has led. */
    takeOver() {
      const state = get();
      const next = sides(state).reduce((experiment, side) => {
        const own = settings(side);
        const at = state.surfaces[side.id]?.path?.at;
        return own && at && at.length >= 4 ? placed(experiment, side, own, at[at.length - 2], at[at.length - 1]) : experiment;
      }, state.experiment);
      if (next !== state.experiment) commit(withView(next, { updates: 0 }));
    },
  };
}

/** The same parameter where only its other numbers count. @param {import("../net/contract.js").Nested} values @param {{index: number[]}[]} axes */
function without(values, axes) {
  return axes.length === 0 ? values : JSON.stringify(axes.reduce((nested, { index }) => withNumber(nested, index, 0), values));
}

/** @param {Footholds | null} before @param {import("../net/contract.js").FootholdsMessage} message @returns {Footholds} */
function joined(before, { arrays }) {
  const data = Object.fromEntries(arrays.map((array) => [array.name, /** @type {Float64Array} */ (array.data)]));
  const whole = PARTS.map((name) => [name, before ? Float64Array.from([...before[name], ...data[name]]) : data[name]]);
  return Object.fromEntries(whole);
}

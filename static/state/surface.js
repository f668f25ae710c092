/** What can be done on an error surface. What it shows is asked of the engine whenever something of it has changed. */

import { steps, study } from "./derive.js";
import { withNumber, withParameter } from "./edit.js";
import { lossOf, nearest, settings, standing, valueAt, writeAxis } from "./surfaces.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core.js").Live} Live */
/** @typedef {import("./store.js").Footholds} Footholds */
/** @typedef {import("./store.js").Surface} Surface */
/** @typedef {import("./surfaces.js").Settings} Settings */
/** @typedef {import("./session.js").Answer} Answer */

const PARTS = /** @type {const} */ (["at", "gradient", "loss", "norm"]);

/** @param {Core} core */
export function createSurface(core) {
  const { get, set, look, commit, session } = core;
  /** @type {{surface: unknown[], path: unknown[]}} */
  let asked = { surface: [], path: [] };

  /** @param {Partial<Surface>} change */
  const show = (change) => set({ surface: { ...(get().surface ?? { losses: new Float64Array(), of: "", path: null, problems: [] }), ...change } });

  /** Asks for what has changed. */
  function refresh() {
    const state = get();
    const own = study(state) === "surface" ? settings(state) : null;
    if (!own) return;
    const { parameters, sequence, initial } = state.experiment;
    const loss = lossOf(state, own);
    const around = [state.network, sequence.inputs, initial, parameters.starts, loss.of, own.target, own.until];
    const axes = [own.across, own.down];
    const others = Object.entries(parameters.values).map(([address, values]) => without(values, axes.filter((axis) => axis.address === address)));
    const { side } = own;
    const of = [...axes.map(writeAxis), side].join(";");
    if (differ([...around, ...others, of], asked.surface)) {
      asked.surface = [...around, ...others, of];
      const fresh = get().surface?.of !== of;
      show({ of, problems: [], ...(fresh ? { losses: new Float64Array(side * side).fill(NaN) } : {}) });
      const [across, down] = axes.map((axis) => ({ ...axis, count: side }));
      let begun = false;
      session.inquire({ type: "landscape", across, down, loss }, (answer) => {
        hear(answer, of, side, begun);
        begun = true;
      });
    }
    const wanted = [...around, ...Object.values(parameters.values), of, own.rate, own.clip, own.updates];
    if (!differ(wanted, asked.path)) return;
    asked.path = wanted;
    const [across, down] = axes.map(({ address, index }) => ({ address, index }));
    /** @type {Footholds | null} */
    let path = null;
    session.inquire({ type: "descend", across, down, loss, rate: own.rate, clip: own.clip || null, updates: own.updates }, (answer) => {
      if (answer.type === "problems") return show({ problems: answer.problems, path: null });
      if (answer.type === "footholds") show({ path: (path = joined(path, answer)) });
    });
  }

  /** Nothing stays of an older surface: what has not come yet is not known. @param {Answer} answer @param {string} of @param {number} side @param {boolean} begun */
  function hear(answer, of, side, begun) {
    const now = get().surface;
    if (!now || now.of !== of) return;
    if (answer.type === "problems") return show({ problems: answer.problems, losses: new Float64Array(side * side).fill(NaN) });
    if (answer.type !== "rows") return;
    const losses = begun ? now.losses.slice() : new Float64Array(side * side).fill(NaN);
    const [{ data }] = answer.arrays;
    answer.rows.forEach((row, at) => losses.set(data.subarray(at * side, (at + 1) * side), row * side));
    show({ losses });
  }

  /** @param {Settings} own @param {number} across @param {number} down @param {string | null} key @param {Live} [live] */
  function place(own, across, down, key, live) {
    const first = withParameter(get().experiment, own.across.address, own.across.index, across);
    commit(withParameter(first, own.down.address, own.down.index, down), key, live);
  }

  return {
    refreshSurface: refresh,
    /** @param {Record<string, string | number>} change  of the study's settings */
    setSurface: (change) => look(change),
    /** The step whose loss it is. @param {number} until */
    setUntil: (until) => look({ until: Math.max(1, Math.min(steps(get()), Math.round(until))) }),
    /** The network is put at a point of the picture. @param {number} across @param {number} down  values @param {Live} [live] */
    putAt(across, down, live) {
      const own = settings(get());
      if (own) place(own, across, down, "surface", live);
    },
    /** The same, by so many points of the picture. @param {number} across @param {number} down */
    moveBy(across, down) {
      const own = settings(get());
      if (!own) return;
      const to = (/** @type {import("./surfaces.js").Axis} */ axis, /** @type {number} */ by) =>
        by === 0 ? standing(get(), axis) : valueAt(axis, Math.max(0, Math.min(own.side - 1, nearest(axis, standing(get(), axis), own.side) + by)), own.side);
      place(own, to(own.across, across), to(own.down, down), "surface", { live: true });
    },
    /** So many updates more. @param {number} count */
    roll: (count) => look({ updates: Math.min(get().limits.updates ?? Infinity, (settings(get())?.updates ?? 0) + count) }),
    /** The network is put where the descent has led. */
    takeOver() {
      const own = settings(get());
      const at = get().surface?.path?.at;
      if (!own || !at || at.length < 4) return;
      place(own, at[at.length - 2], at[at.length - 1], null);
      look({ updates: 0 });
    },
  };
}

/** The same parameter where only its other numbers count. @param {import("../net/contract.js").Nested} values @param {{index: number[]}[]} axes */
function without(values, axes) {
  return axes.length === 0 ? values : JSON.stringify(axes.reduce((nested, { index }) => withNumber(nested, index, 0), values));
}

/** @param {unknown[]} a @param {unknown[]} b */
function differ(a, b) {
  return a.length !== b.length || a.some((value, at) => !Object.is(value, b[at]));
}

/** @param {Footholds | null} before @param {import("../net/contract.js").FootholdsMessage} message @returns {Footholds} */
function joined(before, { arrays }) {
  const data = Object.fromEntries(arrays.map((array) => [array.name, /** @type {Float64Array} */ (array.data)]));
  const whole = PARTS.map((name) => [name, before ? Float64Array.from([...before[name], ...data[name]]) : data[name]]);
  return Object.fromEntries(whole);
}

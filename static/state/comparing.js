/** Other networks beside the first: one clock, one sequence, each kept level with the engine in a lane of its own. */

import { LOSS } from "./derive.js";
import { risen, same } from "./edit.js";
import { createSession } from "./session.js";

/** @typedef {import("./store.js").Lane} Lane */
/** @typedef {import("./store.js").State} State */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").LaneRecord} LaneRecord */

/** What the server calls them; the first one is "main". */
const NAMES = ["second", "third"];
/** What a session may write of a lane; the rest of the page is not its own. @type {(keyof State)[]} */
const OWN = ["base", "ground", "network", "values", "gradients", "totals", "bounds", "problems"];

/** @param {Core} core @param {Store} store */
export function createComparing({ get, set, commit, look, environment, beside: sessions }, store) {
  /** @param {string} id @param {Partial<Lane>} patch */
  const patch = (id, patch) => set({ lanes: get().lanes.map((lane) => (lane.id === id ? { ...lane, ...patch } : lane)) });
  const laneOf = (/** @type {string} */ id) => get().lanes.find((lane) => lane.id === id);
  /** As what each lane was opened. @type {Map<string, LaneRecord>} */
  const first = new Map();

  /** A store in which the lane is the page's only network; of a wide one the numbers of the present step are enough. @param {string} id @returns {Store} */
  function facade(id) {
    /** @type {{main: Experiment | null, base: unknown, experiment: Experiment | null}} */
    let known = { main: null, base: null, experiment: null };
    return {
      ...store,
      get() {
        const state = get();
        const lane = laneOf(id);
        if (!lane) return state;
        if (known.main !== state.experiment || known.base !== lane.base) {
          known = { main: state.experiment, base: lane.base, experiment: beside(state.experiment, lane) };
        }
        return /** @type {State} */ (/** @type {unknown} */ ({ ...state, ...lane, experiment: known.experiment, sight: null }));
      },
      set(wanted) {
        const own = Object.fromEntries(Object.entries(wanted).filter(([key]) => OWN.includes(/** @type {keyof State} */ (key))));
        if (Object.keys(own).length > 0) patch(id, own);
      },
    };
  }

  /** @param {LaneRecord} record */
  function open(record) {
    const id = /** @type {string} */ (NAMES.find((name) => !sessions.has(name)));
    const lane = /** @type {Lane} */ ({ id, record, base: null, ground: null, network: null, values: {}, gradients: {}, totals: {}, bounds: {}, problems: [] });
    set({ lanes: [...get().lanes, lane] });
    first.set(id, record);
    const own = facade(id);
    const session = createSession(own, (listener) => environment.connect(listener, id), { schedule: environment.schedule, rollBack: () => undefined });
    sessions.set(id, session);
    session.load({ message: { type: "open", experiment: own.get().experiment }, build: (base) => base });
    return id;
  }

  /** The lane is as the record wants it where that differs in its weights alone, which its session then tells. @param {Lane} lane @param {LaneRecord} record  whether it could be */
  function moved(lane, record) {
    const values = weightsOf(lane, /** @type {LaneRecord} */ (first.get(lane.id)), record);
    if (values) patch(lane.id, withWeights(lane, values, record));
    return values !== null;
  }

  /** @param {string} id */
  function close(id) {
    sessions.get(id)?.close();
    sessions.delete(id);
    set({ lanes: get().lanes.filter((lane) => lane.id !== id) });
  }

  /** As many lanes as the experiment has, in its order. */
  function follow() {
    const wanted = get().experiment.lanes.slice(0, NAMES.length);
    const width = get().experiment.sequence.inputs[0]?.length;
    // A lane that could not be opened is tried again when the sequence may fit.
    const retry = (/** @type {Lane} */ { base, problems, record }) => base === null && problems.length > 0 && width === record.network.parts[0].inputs;
    const spare = get().lanes.filter((lane) => !retry(lane));
    const taken = (/** @type {(lane: Lane) => unknown} */ fits) => {
      const at = spare.findIndex(fits);
      return at < 0 ? null : spare.splice(at, 1)[0].id;
    };
    const found = wanted.map((record) => taken((lane) => same(lane.record, record)));
    const kept = wanted.map((record, at) => found[at] ?? taken((lane) => moved(lane, record)));
    for (const { id } of get().lanes) if (!kept.includes(id)) close(id);
    const ids = wanted.map((record, at) => kept[at] ?? open(record));
    if (!same(ids, get().lanes.map(({ id }) => id))) set({ lanes: ids.flatMap((id) => laneOf(id) ?? []) });
    for (const { tell } of sessions.values()) tell();
  }

  /** @param {LaneRecord[]} lanes */
  const compare = (lanes) => commit({ ...get().experiment, lanes });

  store.watch(["experiment"], follow);
  follow();
  return {
    /** The network as it is now, to see what later changes do. */
    addCopy() {
      const { network, parameters, initial, lanes } = get().experiment;
      if (lanes.length < NAMES.length) compare([...lanes, { cell: null, network, parameters, initial }]);
    },
    /** A cell of the library, as large as the network's own. @param {string} name */
    async addCell(name) {
      try {
        const record = await environment.beside(get().experiment, name);
        const { lanes } = get().experiment;
        if (lanes.length < NAMES.length) compare([...lanes, record]);
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** A cell of the library, as large as the network's own, in place of all that stood beside it. @param {string} name */
    async instead(name) {
      try {
        compare([await environment.beside(get().experiment, name)]);
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** @param {number} index of the lanes beside the first */
    remove: (index) => compare(get().experiment.lanes.filter((_, at) => at !== index)),
    stop() {
      set({ panel: null });
      if (get().experiment.lanes.length > 0) compare([]);
    },
    /** A question about a lane beside its run. @type {import("./surface.js").Inquire} */
    inquire: (id, message, heard) => sessions.get(id)?.inquire(message, heard),
    /** @param {boolean} on */
    setDifference: (on) => look({ difference: on ? "on" : "off" }),
  };
}

/** An open lane with other weights, and as the experiment has it then. @param {Lane} lane @param {Record<string, import("../net/contract.js").Nested>} values @param {LaneRecord} record @returns {Lane} */
export function withWeights(lane, values, record) {
  const base = /** @type {Experiment} */ (lane.base);
  return { ...lane, record, base: { ...base, parameters: { ...base.parameters, values } } };
}

/**
 * All weights of an open lane under another record of the same network; null where only the engine knows them.
 * @param {Lane} lane @param {LaneRecord} opened  as what it was opened @param {LaneRecord} record
 */
function weightsOf({ base, ground, record: before }, opened, record) {
  const bare = (/** @type {LaneRecord} */ one) => ({ ...one, parameters: { ...one.parameters, values: null } });
  const named = Object.keys(opened.parameters.values).every((address) => address in record.parameters.values);
  if (!base || !ground || !named || !same(bare(before), bare(record))) return null;
  return { ...ground.own, ...record.parameters.values };
}

/**
 * The experiment that a lane runs: its own network over the first one's sequence. What is differentiated is the value of the same
 * name, or else the last thing that the network says.
 * @param {Experiment} main
 * @param {Lane} lane
 * @returns {Experiment}
 */
export function beside(main, { record, base, network }) {
  const { sequence, carried, step, view, language } = main;
  const origin = { lesson: null, preset: null, variant: null, cell: null, lanes: [] };
  const shared = { version: main.version, sequence, carried, step, view, language };
  if (!base) return { ...shared, ...origin, network: record.network, parameters: record.parameters, initial: record.initial, backward: null };
  /** Of the lane's top what is of the first one's top. @template {{of: string}} Aim @param {Aim} aim */
  const higher = (aim) => ({ ...aim, of: risen(aim.of, main.network, base.network) });
  const loss = (main.loss && network && aimIn(network, higher(main.loss))) ?? null;
  return { ...base, ...shared, loss, backward: main.backward && network && lossIn(network, higher(main.backward), loss !== null) };
}

/** The same loss of the value of that name, if the lane has one as large. @param {import("../net/contract.js").NetworkDocument} network @param {import("../net/contract.js").Loss} wanted */
function aimIn(network, wanted) {
  const own = network.symbols[wanted.of];
  const size = wanted.targets.find(Boolean)?.length;
  return own?.kind === "value" && own.size === size ? wanted : null;
}

/** @param {import("../net/contract.js").NetworkDocument} network @param {import("../net/contract.js").Backward} wanted @param {boolean} loss  it has the same loss */
function lossIn(network, wanted, loss) {
  if (wanted.of === LOSS && loss) return wanted;
  const last = /** @type {import("../net/contract.js").LayerDocument} */ (network.layers.at(-1));
  const own = network.symbols[wanted.of]?.kind === "value" ? wanted.of : `${last.address}.${network.programs[last.program].output}`;
  const fits = wanted.unit !== null && wanted.unit < (network.symbols[own]?.size ?? 1);
  return { of: own, step: wanted.step, unit: fits ? wanted.unit : null };
}

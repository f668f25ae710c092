/** A small network with numbers, and a page around it, for the tests of the page's state. */

import { readSaved } from "../../static/net/saved.js";
import { createActions } from "../../static/state/actions.js";
import { createStore } from "../../static/state/store.js";

export const MAIN = "main.1.forward.";
export const X = "main.0.forward.x";

const gate = (name, label) => ({
  target: name, label, line: 1, expr: ["sigmoid", ["add", ["matmul", `W_${name}`, "x"], `b_${name}`]],
});

export function program() {
  return {
    version: 1, name: "memory-cell", title: "Memory cell", text: "", states: ["c"], output: "y", sizes: ["inputs", "units"], constants: {},
    inputs: [{ name: "x", size: "inputs" }],
    parameters: ["z", "f"].flatMap((name) => [
      { name: `W_${name}`, shape: ["units", "inputs"], used_by: [name] },
      { name: `b_${name}`, shape: ["units"], used_by: [name] },
    ]),
    values: [
      { name: "z", derived: false, role: "value" },
      { name: "f:in", derived: true, of: "f" },
      { name: "f", derived: false, role: "gate" },
      { name: "c", derived: false, role: "state" },
      { name: "y", derived: false, role: "output" },
    ],
    equations: [
      { target: "z", label: "candidate", line: 1, expr: ["add", ["matmul", "W_z", "x"], "b_z"] },
      gate("f", "forget gate"),
      { target: "c", label: "cell state", line: 3, expr: ["add", ["mul", "f", "c_prev"], "z"] },
      { target: "y", label: "output", line: 4, expr: "c" },
    ],
    lowered: [], adjoint: [],
  };
}

export function network() {
  const value = (symbol, role, label, range = null) => ({ symbol, size: 1, role, label, range, kind: "value" });
  return {
    version: 1, description: { parts: [] },
    layers: [{ address: "main.1.forward", part: "main", layer: "1", direction: "forward", program: "memory-cell", sizes: { inputs: 2, units: 1 } }],
    programs: { "memory-cell": program() },
    symbols: {
      [X]: { symbol: "x", size: 2, role: "input", label: null, range: null, kind: "input" },
      [`${MAIN}z`]: value("z", "value", "candidate"),
      [`${MAIN}f`]: value("f", "gate", "forget gate", [0, 1]),
      [`${MAIN}c`]: value("c", "state", "cell state"),
      [`${MAIN}y`]: value("y", "output", "output"),
      [`${MAIN}W_z`]: { symbol: "W_z", shape: [1, 2], kind: "parameter" },
      [`${MAIN}b_z`]: { symbol: "b_z", shape: [1], kind: "parameter" },
      [`${MAIN}W_f`]: { symbol: "W_f", shape: [1, 2], kind: "parameter" },
      [`${MAIN}b_f`]: { symbol: "b_f", shape: [1], kind: "parameter" },
    },
    formulas: {}, symbols_math: {}, diagrams: {},
  };
}

export function experiment(changes = {}) {
  return {
    version: 1, lesson: "cell", preset: "short", variant: "exact", cell: null,
    network: { parts: [{ name: "main", inputs: 2, layers: [{ cell: "memory-cell", text: null, units: 1, direction: "forward", sizes: {} }], readout: null }], tied: {} },
    parameters: { seed: 0, starts: {}, values: { [`${MAIN}W_z`]: [[1, 0]], [`${MAIN}b_z`]: [0], [`${MAIN}W_f`]: [[0, 100]], [`${MAIN}b_f`]: [10] } },
    sequence: { inputs: [[3, 1], [4, 1], [2, 0], [1, -1]] },
    initial: { [`${MAIN}c`]: [0] },
    carried: 0,
    lanes: [],
    backward: { of: `${MAIN}y`, step: 4, unit: null },
    step: 1, view: { direction: "forward" }, language: null,
    ...changes,
  };
}

const both = (text) => ({ en: text, zh: `${text}（中）` });

export function beat(id, step, more = {}) {
  return { id, step, direction: "forward", spotlight: [], title: both(id), text: both(`text ${id}`), try: null, prediction: null, ...more };
}

export function prediction(id, step, more = {}) {
  return { id, of: `${MAIN}c`, step, unit: 0, choices: [1, 2], tolerance: 0.05, question: both("?"), why: both("why"), ...more };
}

export function lesson(changes = {}) {
  return {
    id: "cell", order: 1, title: both("Cell"), chapter: both("Chapter"), summary: both("summary"), introduction: both("hello"),
    beats: [beat("one", 1), beat("two", 2, { prediction: prediction("two", 3) }), beat("three", 3), beat("back", 4, { direction: "backward" })],
    presets: [
      { id: "short", title: both("short"), inputs: [[3, 1], [4, 1], [2, 0], [1, -1]] },
      { id: "long", title: both("long"), inputs: [[1, 0], [1, 0], [1, 0], [1, 0], [1, 0]], backward: { of: `${MAIN}y`, step: 5, unit: null } },
    ],
    variants: [{ id: "exact", title: both("exact"), cell: "memory-cell", parameters: 6, units: 1 }, { id: "rounded", title: both("rounded"), cell: "memory-cell-rounded", parameters: 8, units: 2 }],
    view: { ranges: { [`${MAIN}c`]: 10 } },
    ...changes,
  };
}

export const series = (...numbers) => ({ data: Float64Array.from(numbers), first: 1, steps: numbers.length, units: 1 });

const WORDS = {
  "page.language": "EN", "page.tag": "en",
  "label.input": "input", "label.forget gate": "forget gate", "label.before": "{label} before", "label.argument": "argument of the {label}", "label.argument-of": "argument of {of}", "label.within": "{made} in {of}", "weights.bias": "{label}, bias",
  "weights.weight": "{label}, weight of {of}", "weights.unit": "{label}, unit {unit}", steps: "{count} steps", "steps.one": "{count} step",
  "problem.too-long": "at most {limit}", "problem.large": "more than {megabytes} MB", "problem.unlike": "that is {size}", "problem.over.steps": "{value} steps are too many",
};

export function state(changes = {}) {
  const own = experiment();
  return {
    experiment: own, base: own, ground: { own: own.parameters.values, drawn: {} }, lesson: lesson(), cell: null, network: network(),
    values: { [`${MAIN}c`]: series(3, 7, 9, 1), [`${MAIN}f`]: series(1, 1, 1, 0), [`${MAIN}y`]: series(3, 7, 9, 1), [`${MAIN}z`]: series(3, 4, 2, 1) },
    gradients: { [`${MAIN}c`]: series(0.5, 0.25, 1, 1) }, totals: {}, overtaken: false, pictures: {}, sight: null, surfaces: {}, learning: null, powers: null, memory: 0, bounds: {}, lanes: [],
    status: "live", problems: [], running: false, equation: null, pinned: null, selected: null, playing: false, speed: 1, predictions: {}, carried: "link", draft: null, vocabulary: null, code: null, dropped: null, file: null,
    theme: "light", motion: true, characters: true, panel: null, home: false, seen: {}, miniatures: null, changed: false, blank: false, spotlight: null, undo: 0, redo: 0, notice: null, preferred: "en",
    words: { en: WORDS, zh: { ...WORDS, "page.language": "中文", "page.tag": "zh-Hans", "label.forget gate": "遗忘门", "language.size.a number": "一个数" } },
    lessons: [{ id: "cell" }, { id: "other" }], cells: null, faults: [], limits: { steps: 5 }, plotly: "",
    ...changes,
  };
}

const layer = (address, name = "memory-cell") => {
  const [part, number, direction] = address.split(".");
  return { address, part, layer: number, direction: direction ?? "forward", program: name, sizes: { inputs: 2, units: 1 } };
};

/** Memory cells in layers, and a readout if wanted. */
export function stack(addresses, view = {}, more = {}) {
  const own = network();
  const readout = { ...program(), states: [], output: "y", values: [{ name: "y", derived: false, role: "output" }], equations: [], parameters: [] };
  const symbols = { ...own.symbols };
  for (const address of addresses) for (const name of address.endsWith("readout") ? ["y"] : ["z", "f", "c", "y"]) symbols[`${address}.${name}`] = { symbol: name, size: 1, kind: "value" };
  const built = { ...own, symbols, programs: { ...own.programs, readout }, layers: addresses.map((one) => layer(one, one.endsWith("readout") ? "readout" : "memory-cell")) };
  const base = state();
  return state({ network: built, lesson: null, experiment: { ...base.experiment, view: { ...base.experiment.view, ...view } }, ...more });
}

/** A page without a browser: the engine's answers are given by hand, frames of the clock by `tick`. */
export function page(changes = {}, server = {}) {
  const waiting = [];
  const sent = [];
  const memory = {};
  let id = 0;
  /** @type {Record<string, any>} */
  const listeners = {};
  const schedule = (callback) => waiting.push(callback);
  const tick = () => {
    for (const callback of waiting.splice(0)) callback();
  };
  const store = createStore(state({ experiment: null, base: null, network: null, lesson: null, cell: null, ...changes }), schedule);
  const pushed = [];
  const sought = [];
  const copied = [];
  const library = [];
  const asked = [];
  const small = {};
  const actions = createActions(store, {
    connect(own, lane = "main") {
      listeners[lane] = own;
      return {
        send(message) {
          id += 1;
          sent.push({ ...message, id, ...(lane === "main" ? {} : { lane }) });
          return id;
        },
        close: () => void delete listeners[lane],
      };
    },
    schedule,
    remember: (key, value) => (memory[key] = value),
    sought: (name) => sought.push(name),
    recall: (key) => memory[key] ?? null,
    api: async () => server,
    answers: () => ({}),
    seen: () => JSON.parse(memory.seen ?? "{}"),
    link: () => "link",
    pushed: () => pushed.push(store.get().home ? "home" : store.get().experiment.lesson),
    async miniatures() {
      if (!Object.keys(small).length) throw new Error("offline");
      return small;
    },
    async cells() {
      asked.push(true);
      if (library.length === 0) throw new Error("offline");
      return [...library];
    },
    copy: async (text) => void copied.push(text),
    async beside(own, name) {
      if (name === "gone") throw new Error("refused");
      return { cell: name, network: own.network, parameters: { seed: 81, starts: {}, values: {} }, initial: {} };
    },
    download: (name, record) => copied.push([name, record]),
    read: async (text) => readSaved(text),
  });
  const opened = (own = experiment(), more = {}) =>
    listeners.main.received({ type: "opened", id, lane: "main", experiment: own, network: network(), lesson: lesson(), cell: null, ...more });
  /** The lesson stands open, nothing waits. */
  const ready = (own) => {
    listeners.main.connected();
    actions.open({ lesson: "cell" }, { push: false });
    opened(own);
    store.set({ values: state().values });
    tick();
    sent.length = 0;
  };
  return { actions, store, sent, tick, opened, ready, memory, pushed, sought, copied, library, asked, small, listeners, get listener() { return listeners.main; } };
}

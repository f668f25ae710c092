/**
 * Keeps an engine's knowledge of the experiment level with the page's, and brings what it computes into the store. The page holds
 * the truth: whatever the engine was told before, after a break it is told the whole experiment again.
 */

import { asTold } from "./beats.js";
import { NEAR, WHOLE_SEQUENCE } from "./derive.js";
import { messages } from "./difference.js";
import { isChanged, same } from "./edit.js";
import { hasOrigin, originOf } from "./origin.js";
import { roundBound, seen, withFrames, withGradients } from "./receive.js";
import { groundOf, lean, nest } from "./starts.js";
import { given, remember } from "./seeded.js";
import { windows } from "./windows.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").EnginePort} EnginePort */
/** @typedef {import("../net/contract.js").PortListener} PortListener */
/** @typedef {import("../net/contract.js").ServerMessage} ServerMessage */
/** @typedef {import("../net/contract.js").NetworkDocument} NetworkDocument */
/** @typedef {import("../net/contract.js").OpenMessage} OpenMessage */
/** @typedef {import("../net/contract.js").OpenedMessage} OpenedMessage */
/** @typedef {import("../net/contract.js").Start} Start */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("../net/contract.js").LandscapeMessage | import("../net/contract.js").DescendMessage | import("../net/contract.js").MeasureMessage | import("../net/contract.js").UpdateMessage} Inquiry */
/** @typedef {import("../net/contract.js").RowsMessage | import("../net/contract.js").FootholdsMessage | import("../net/contract.js").MeasuredMessage | import("../net/contract.js").UpdatesMessage | import("../net/contract.js").ProblemsMessage} Answer */

/**
 * A request for a lesson, a cell or a file that becomes the experiment on screen when it is answered.
 * @typedef {object} Request
 * @property {OpenMessage} message
 * @property {(opened: Experiment, found: {network: NetworkDocument, ground: import("./starts.js").Ground}) => Experiment} build  what to show, given the experiment it began as
 * @property {Experiment} [base]  what changes are counted from, where it is not what was opened
 * @property {import("./starts.js").Ground} [ground]  the numbers that they are counted from, where they are known
 * @property {Record<string, Start>} [starts]  how parameters are started, where it is not said by what was opened
 * @property {(opened: Experiment) => Request | null} [next]  another request may follow before anything is shown
 * @property {() => void} [opened]
 * @property {() => void} [refused]
 */

const NOTHING = { values: {}, gradients: {} };

/** Said of what could not be loaded, until the server is there again. */
const UNLOADED = "notice.panel";

/** So many changes may be on their way. */
const REMEMBERED = 100;

/** More characters are not told at once after a break; the server's own limit stands above it. */
const WHOLE = 48_000;

/** What an engine that came back says as before stays the same record: what is drawn of it is not drawn anew under a hand that holds it. @type {<T>(found: T, shown: T) => T} */
const level = (found, shown) => (same(found, shown) ? shown : found);

/**
 * @param {Store} store
 * @param {(listener: PortListener) => EnginePort} connect
 * @param {{schedule: (callback: () => void) => void, rollBack: () => void}} environment
 */
export function createSession(store, connect, { schedule, rollBack }) {
  /** @type {Experiment | null} */
  let told = null;
  /** @type {Request | null} */
  let request = null;
  let requestId = 0;
  let waiting = false;
  let opening = 0;
  let lastChange = 0;
  /** The newest answer for each window. @type {Record<string, number>} */
  let newest = {};
  /** The newest changes, and which of them the values and the gradients that are shown belong to. */
  let changes = [0];
  let answered = { frames: 0, gradients: 0 };
  let measured = false;
  /** What the engine was told is in view, as JSON; null while it has not said what it has opened. @type {string | null} */
  let watched = null;
  /** @type {Map<number, {answer: (drawn: Record<string, Nested>) => void, refused: () => void}>} */
  const asked = new Map();

  /** What is asked beside the run, the newest of each type; `id` 0: not sent yet. @type {Map<string, {message: Inquiry, heard: (answer: Answer) => void, id: number}>} */
  const inquiries = new Map();

  /** They are about what is on screen: the engine has to know that first. */
  const inquireNow = () => {
    if (request || watched === null || told !== store.get().experiment) return;
    for (const own of inquiries.values()) own.id ||= port.send(own.message);
  };

  /** A question beside the run, which is answered in pieces; an older one of its type is dropped. @param {Inquiry} message @param {(answer: Answer) => void} heard */
  const inquire = (message, heard) => {
    inquiries.set(message.type, { message, heard, id: 0 });
    tell();
  };

  /** Whether an answer was to such a question. @param {Answer} answer */
  const isInquired = (answer) => {
    const own = [...inquiries.values()].find(({ id }) => id !== 0 && id === answer.id);
    own?.heard(answer);
    return own !== undefined;
  };

  /** At most one telling in an animation frame, the first at once. */
  const tell = () => {
    const wanted = store.get().experiment;
    const view = watched === null || !told || request ? watched : JSON.stringify(windows(store.get()));
    if (waiting || !told || request || (wanted === told && view === watched)) return inquireNow();
    waiting = true;
    schedule(() => {
      waiting = false;
      tell();
    });
    for (const message of messages(told, wanted, store.get())) {
      const id = port.send(message);
      if (id === 0) return;
      if (message.type === "open") {
        opening = id;
        watched = null;
      }
      lastChange = id;
      changes = [...changes.slice(-REMEMBERED), id];
      store.set({ running: true }, { patient: true });
    }
    told = wanted;
    inquireNow();
    if (watched === null || view === watched || port.send({ type: "subscribe", windows: JSON.parse(view ?? "null") }) === 0) return;
    watched = view;
  };

  /** What parameters would start with. @param {Record<string, Start>} starts @param {(drawn: Record<string, Nested>) => void} answer @param {() => void} [refused] */
  const initialise = (starts, answer, refused = () => undefined) => {
    const id = port.send({ type: "initialise", starts });
    if (id) asked.set(id, { answer, refused });
  };

  const ask = () => {
    if (!request) return;
    watched = null;
    requestId = port.send(request.message);
    if (requestId) opening = requestId;
  };

  /** @param {Request} next */
  const load = (next) => {
    request = next;
    ask();
  };

  /** @type {PortListener} */
  const listener = {
    connected() {
      newest = {};
      changes = [0];
      answered = { frames: 0, gradients: 0 };
      watched = null;
      for (const own of inquiries.values()) own.id = 0;
      if (store.get().notice === UNLOADED) store.set({ notice: null });
      if (request) return ask();
      asked.clear();
      if (!told) return;
      const { experiment, base, ground } = store.get();
      const whole = /** @type {OpenMessage} */ ({ type: "open", experiment: given(lean(experiment, base, ground)) });
      if (hasOrigin(experiment) && JSON.stringify(whole).length > WHOLE) {
        // Too long for one message: what it began as is opened, and then told what differs.
        request = { message: { type: "open", ...originOf(experiment) }, base, ground, build: () => store.get().experiment };
        return ask();
      }
      told = experiment;
      opening = port.send(whole);
    },
    lost() {
      store.set({ status: told || request ? "away" : "connecting", running: false });
    },
    received,
  };

  /** @param {ServerMessage} message */
  function received(message) {
    // What is computed of an experiment that nobody has seen yet is computed again when it is shown.
    if (request && (message.type === "frames" || message.type === "gradients") && message.id >= requestId) return;
    switch (message.type) {
      case "opened":
        return opened(message);
      case "frames": {
        const { values, gradients, memory } = store.get();
        if (!isNewest(message)) return;
        store.set({ memory: message.memory ?? memory });
        if (message.window) return look(message.window, "values", message);
        const next = withFrames(values, message);
        const kept = Object.values(gradients)[0];
        const stale = kept && kept.first + kept.steps - 1 !== message.steps;
        store.set({ values: next, status: "live", ...(stale ? { gradients: {}, totals: {} } : {}) });
        if (!measured && message.first + message.count > message.steps) measure();
        return;
      }
      case "gradients": {
        const { gradients, totals } = store.get();
        if (!isNewest(message)) return;
        if (message.window) return look(message.window, "gradients", message);
        const last = message.first + message.count - 1 === message.steps;
        const sums = message.totals
          ? Object.fromEntries(message.totals.map(({ name, data, shape }) => [name, { data, shape }]))
          : totals;
        store.set({ gradients: withGradients(gradients, message, last), totals: sums });
        return;
      }
      case "rows":
      case "footholds":
      case "measured":
      case "updates":
        return void isInquired(message);
      case "done":
        if (message.kind === "run" && message.id >= lastChange) store.set({ running: false });
        // A whole answer is drawn at once, with all that came together: the next frame then has less to do, and shows it.
        queueMicrotask(store.early);
        return;
      case "initialised": {
        const own = asked.get(message.id);
        asked.delete(message.id);
        return own?.answer(Object.fromEntries(message.arrays.map(({ name, data, shape }) => [name, nest(data, shape)])));
      }
      case "problems":
        return void (isInquired(message) || refused(message));
    }
  }

  /** @param {import("../net/contract.js").FramesMessage | import("../net/contract.js").GradientsMessage} message */
  function isNewest({ type, window, id, steps }) {
    const key = `${type}:${window}`;
    if (id < Math.max(newest[key] ?? 0, opening) || steps !== store.get().experiment.sequence.inputs.length) return false;
    newest[key] = id;
    answered[type] = Math.max(0, ...changes.filter((change) => change <= id));
    store.set({ overtaken: answered.gradients < answered.frames });
    return true;
  }

  /**
   * What is near is numbers, everything else a picture.
   * @param {string} window
   * @param {"values" | "gradients"} kind
   * @param {import("../net/contract.js").FramesMessage | import("../net/contract.js").GradientsMessage} message
   */
  function look(window, kind, message) {
    const found = seen(message);
    const { pictures } = store.get();
    if (window === NEAR) store.set({ [kind]: found, status: "live" });
    else store.set({ pictures: { ...pictures, [window]: { ...(pictures[window] ?? NOTHING), [kind]: found } } });
    if (window === WHOLE_SEQUENCE && kind === "values" && !measured) measure();
  }

  /** @param {OpenedMessage} message */
  function opened(message) {
    const { network, lesson, cell } = message;
    if (request && message.id === requestId) {
      const next = request.next?.(message.experiment);
      if (next) return load(next);
      const own = request;
      const starts = Object.entries(own.starts ?? message.experiment.parameters.starts).filter(([address]) => network.symbols[address]?.kind === "parameter" && network.symbols[address].tied === undefined);
      if (own.ground || starts.length === 0) return settled(own, message, {});
      const unscaled = Object.fromEntries(starts.map(([address, start]) => [address, { ...start, scale: 1 }]));
      initialise(unscaled, (drawn) => {
        if (request === own) settled(own, message, drawn);
      }, own.refused);
    } else if (message.id === opening) {
      watched = "null";
      const { experiment, network: drawn, lesson: before, cell: card } = store.get();
      // What a lesson or a cell says stays while the experiment is its own, even if the server has none of that name.
      store.set({ network: level(network, drawn), lesson: experiment.lesson ? level(lesson ?? before, before) : null, cell: experiment.cell ? cell ?? card : null, memory: message.memory, status: "live" });
      tell();
    }
  }

  /** What was asked for is shown. @param {Request} own @param {OpenedMessage} message @param {Record<string, Nested>} drawn */
  function settled(own, message, drawn) {
    const { network, lesson, cell } = message;
    const base = own.base ?? message.experiment;
    const ground = own.ground ?? groundOf(base, message.experiment.parameters.values, drawn);
    const experiment = own.build(message.experiment, { network, ground });
    if (own.message.experiment) remember(message.experiment, own.message.experiment);
    request = null;
    told = message.experiment;
    watched = "null";
    measured = false;
    store.set({
      base, ground, experiment, network, lesson, cell, values: {}, gradients: {}, totals: {}, pictures: {}, sight: null, memory: message.memory, bounds: {}, problems: [],
      status: "live", changed: isChanged(experiment, asTold({ ...store.get(), lesson, base, experiment })), equation: null, pinned: null, selected: null, playing: false,
    });
    own.opened?.();
    tell();
  }

  /** @param {import("../net/contract.js").ProblemsMessage} message */
  function refused(message) {
    store.set({ problems: message.problems, running: false, status: "live" });
    const waiting = asked.get(message.id ?? 0);
    asked.delete(message.id ?? 0);
    waiting?.refused();
    if (request && message.id === requestId) {
      const { refused: otherwise } = request;
      request = null;
      otherwise?.();
    } else if (told && message.id !== null && message.id === lastChange) {
      rollBack();
      // What is brought back has no problems, but why it is back is to be read.
      store.set({ problems: message.problems });
    }
  }

  /** Colour bounds are measured once and then stay, so that a colour keeps its meaning. */
  function measure() {
    measured = true;
    const { values, pictures } = store.get();
    const known = [values, ...Object.values(pictures).map((picture) => picture.values)].flatMap(Object.entries);
    /** @type {Record<string, number>} */
    const bounds = {};
    for (const [address, series] of known) bounds[address] = Math.max(bounds[address] ?? 0, roundBound(series));
    store.set({ bounds });
  }

  const port = connect(listener);
  return { tell, load, initialise, inquire, close: port.close };
}

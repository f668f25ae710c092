/**
 * Keeps an engine's knowledge of the experiment level with the page's, and brings what it computes into the store. The page holds
 * the truth: whatever the engine was told before, after a break it is told the whole experiment again.
 */

import { messages } from "./difference.js";
import { isChanged } from "./edit.js";
import { hasOrigin, originOf } from "./origin.js";
import { roundBound, withFrames, withGradients } from "./receive.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").EnginePort} EnginePort */
/** @typedef {import("../net/contract.js").PortListener} PortListener */
/** @typedef {import("../net/contract.js").ServerMessage} ServerMessage */
/** @typedef {import("../net/contract.js").OpenMessage} OpenMessage */

/**
 * A request for a lesson, a cell or a file that becomes the experiment on screen when it is answered.
 * @typedef {object} Request
 * @property {OpenMessage} message
 * @property {(base: Experiment) => Experiment} build  what to show, given the experiment it began as
 * @property {() => void} [opened]
 * @property {() => void} [refused]
 */

/** More characters are not told at once after a break; the server's own limit stands above it. */
const WHOLE = 48_000;

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
  let newestFrames = 0;
  let newestGradients = 0;
  let measured = false;

  /** At most one telling in an animation frame, the first at once. */
  const tell = () => {
    const wanted = store.get().experiment;
    if (waiting || !told || request || wanted === told) return;
    waiting = true;
    schedule(() => {
      waiting = false;
      tell();
    });
    for (const message of messages(told, wanted)) {
      const id = port.send(message);
      if (id === 0) return;
      if (message.type === "open") opening = id;
      lastChange = id;
      store.set({ running: true });
    }
    told = wanted;
  };

  const ask = () => {
    if (!request) return;
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
      newestFrames = newestGradients = 0;
      if (request) return ask();
      const { experiment } = store.get();
      if (!told) return;
      const whole = /** @type {OpenMessage} */ ({ type: "open", experiment });
      if (hasOrigin(experiment) && JSON.stringify(whole).length > WHOLE) {
        // Too long for one message: what it began as is opened, and then told what differs.
        request = { message: { type: "open", ...originOf(experiment) }, build: () => store.get().experiment };
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
    switch (message.type) {
      case "opened":
        return opened(message);
      case "frames": {
        const { experiment, values, gradients } = store.get();
        if (message.id < Math.max(newestFrames, opening) || message.steps !== experiment.sequence.inputs.length) return;
        newestFrames = message.id;
        const next = withFrames(values, message);
        const kept = Object.values(gradients)[0];
        const stale = kept && kept.first + kept.steps - 1 !== message.steps;
        store.set({ values: next, status: "live", ...(stale ? { gradients: {}, totals: {} } : {}) });
        if (!measured && message.first + message.count > message.steps) measure();
        return;
      }
      case "gradients": {
        const { experiment, gradients, totals } = store.get();
        if (message.id < Math.max(newestGradients, opening) || message.steps !== experiment.sequence.inputs.length) return;
        const last = message.first + message.count - 1 === message.steps;
        newestGradients = message.id;
        const sums = message.totals
          ? Object.fromEntries(message.totals.map(({ name, data, shape }) => [name, { data, shape }]))
          : totals;
        store.set({ gradients: withGradients(gradients, message, last), totals: sums });
        return;
      }
      case "done":
        if (message.kind === "run" && message.id >= lastChange) store.set({ running: false });
        return;
      case "problems":
        return refused(message);
    }
  }

  /** @param {import("../net/contract.js").OpenedMessage} message */
  function opened(message) {
    const { network, lesson, cell } = message;
    if (request && message.id === requestId) {
      const { build, opened: then } = request;
      const base = message.experiment;
      const experiment = build(base);
      request = null;
      told = base;
      measured = false;
      store.set({
        base, experiment, network, lesson, cell, values: {}, gradients: {}, totals: {}, bounds: {}, problems: [],
        status: "live", changed: isChanged(experiment, base), equation: null, pinned: null, selected: null, playing: false,
      });
      then?.();
      tell();
    } else if (message.id === opening) {
      store.set({ network, lesson: lesson ?? store.get().lesson, cell: cell ?? store.get().cell, status: "live" });
    }
  }

  /** @param {import("../net/contract.js").ProblemsMessage} message */
  function refused(message) {
    store.set({ problems: message.problems, running: false, status: "live" });
    if (request && message.id === requestId) {
      const { refused: otherwise } = request;
      request = null;
      otherwise?.();
    } else if (told && message.id !== null && message.id === lastChange) {
      rollBack();
    }
  }

  /** Colour bounds are measured once and then stay, so that a colour keeps its meaning. */
  function measure() {
    measured = true;
    const bounds = Object.entries(store.get().values).map(([address, series]) => [address, roundBound(series)]);
    store.set({ bounds: Object.fromEntries(bounds) });
  }

  const port = connect(listener);
  return { tell, load, close: port.close };
}

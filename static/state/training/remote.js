/** Runs on the server, which keeps nothing: a line to it for each, what is asked on it and what comes back. The newest record of each is kept here. */

import { begun, isLive, isOver, named, newest, progressed } from "./runs.js";
import { spare } from "./settings.js";

/** @typedef {import("../core.js").Core} Core */
/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./training.js").Training} Training */
/** @typedef {import("../../net/contract.js").EnginePort} EnginePort */
/** @typedef {import("../../net/contract.js").ServerMessage} ServerMessage */
/** @typedef {import("../../net/contract.js").Problem} Problem */
/**
 * @typedef {object} Around
 * @property {() => Training} now
 * @property {(patch: Partial<Training>) => void} put
 * @property {import("./shelf.js").Shelf} shelf
 * @property {() => void} written  the settings of a run have changed
 * @property {(rest: Run[], problems: Problem[]) => void} unread  a record was none; the other runs
 */

/** @param {Core} core @param {Around} around */
export function createRemote({ environment }, { now, put, shelf, written, unread }) {
  /** @type {Map<string, EnginePort>} */
  const ports = new Map();
  /** What is told once a run has begun, by its id. @type {Map<string, {going: boolean, steps: number}>} */
  const wanted = new Map();
  /** Who waits for a run's newest record, by its id. @type {Map<string, () => void>} */
  const leaving = new Map();

  /** @param {string} id @param {(run: Run) => Run} next */
  const alter = (id, next) => put({ runs: now().runs.map((run) => (run.id === id ? next(run) : run)) });
  const runOf = (/** @type {string} */ id) => now().runs.find((run) => run.id === id);

  /** @param {Run} run */
  function close(run) {
    halt(run);
    ports.get(run.lane)?.close();
    ports.delete(run.lane);
    wanted.delete(run.id);
  }

  /** At once. @param {Run} run */
  function halt({ lane, status }) {
    if (isLive({ status })) ports.get(lane)?.send({ type: "cancel", kind: "training" });
  }

  /** @param {Run} run @returns {EnginePort} */
  function portOf({ id, lane }) {
    const found = ports.get(lane);
    if (found) return found;
    const port = environment.connect({
      connected: () => void resume(id),
      lost: () => alter(id, (run) => {
        if (isLive(run)) wanted.set(id, { going: run.status !== "paused", steps: 0 });
        return isLive(run) ? { ...run, status: "away" } : run;
      }),
      received: (message) => received(id, message),
    }, lane);
    ports.set(lane, port);
    return port;
  }

  /** Begins, or goes on from the newest record; of the same settings comes the same run. @param {Run} run @param {boolean} going @param {number} [steps] */
  function start(run, going, steps = 0) {
    wanted.set(run.id, { going, steps });
    const sent = portOf(run).send({ type: "train", ...(run.record === null ? { settings: run.given } : { record: run.record }), paused: true });
    alter(run.id, (before) => ({ ...before, status: sent === 0 ? "away" : "asked", problems: [] }));
  }

  /** @param {string} id */
  function resume(id) {
    const run = runOf(id);
    if (run?.status === "away") start(run, wanted.get(id)?.going ?? false, wanted.get(id)?.steps);
  }

  /** @param {Run} run @param {boolean} going @param {number | null} [steps] */
  function pace(run, going, steps = null) {
    portOf(run).send({ type: "pace", going, most: now().most, steps });
    alter(run.id, (before) => ({ ...before, status: going ? "going" : "paused" }));
  }

  /** @param {string} id @param {ServerMessage} message */
  function received(id, message) {
    const run = runOf(id);
    if (!run) return;
    switch (message.type) {
      case "training": {
        const { going, steps } = wanted.get(id) ?? { going: false, steps: 0 };
        wanted.delete(id);
        const given = spare(now().offer, /** @type {Given} */ (message.settings));
        alter(id, (before) => ({ ...begun(before, message), given }));
        written();
        if (going || steps > 0) pace(/** @type {Run} */ (runOf(id)), going, steps || null);
        return;
      }
      case "progress":
        return alter(id, (before) => progressed(before, message));
      case "example":
        return alter(id, (before) => ({ ...before, example: named(message.arrays) }));
      case "record":
        alter(id, (before) => ({ ...before, record: message.text }));
        void keep(id);
        leaving.get(id)?.();
        return;
      case "done":
        if (message.kind !== "training") return;
        alter(id, (before) => ({ ...before, status: message.why === "cancelled" ? "halted" : message.why, left: null, waiting: 0, problems: message.problem ? [message.problem] : [] }));
        return void keep(id);
      case "problems":
        leaving.get(id)?.();
        // A record that is none leaves no run behind.
        if (run.done === 0 && run.record !== null && !run.about) {
          close(run);
          return unread(now().runs.filter((each) => each.id !== id), message.problems);
        }
        return alter(id, (before) => ({ ...before, status: before.about ? before.status : "refused", problems: message.problems }));
    }
  }

  /** @param {string} id */
  async function keep(id) {
    const run = runOf(id);
    if (!run?.record || run.done === 0) return;
    const { name, given: { weights: _inRecord, ...given }, done, updates, record } = run;
    const kept = { id, race: now().race, name, given, done, updates, loss: newest(run)?.loss ?? null, over: isOver(run), when: Date.now(), place: now().runs.indexOf(run) };
    if (await shelf.put(kept, record)) put({ kept: [kept, ...now().kept.filter((each) => each.id !== id)] });
  }

  return {
    alter, runOf, close, halt, start, pace,
    /** Its newest record is here once this is done. @param {Run} run */
    async renew(run) {
      if (isLive(run) && portOf(run).send({ type: "keep" }) !== 0) await new Promise((done) => leaving.set(run.id, () => done(leaving.delete(run.id))));
    },
  };
}

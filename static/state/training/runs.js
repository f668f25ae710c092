/** One run of a race, and what each answer of the server makes of it. Pure but for its history, which grows in place. */

import { createHistory } from "./history.js";
import { differing, fields } from "./settings.js";

/** @typedef {import("./settings.js").Given} Given */
/** @typedef {import("./settings.js").Offer} Offer */
/** @typedef {import("../../net/contract.js").Problem} Problem */
/** @typedef {import("../../net/contract.js").NamedArray} NamedArray */
/** new: not begun; asked: on its way; going, paused; finished: all updates made; stopped: no further one can be made; halted: its process was ended; refused: never begun; away: nobody answers. @typedef {"new" | "asked" | "going" | "paused" | "finished" | "stopped" | "halted" | "refused" | "away"} Status */
/**
 * @typedef {object} Run
 * @property {string} id  under which it is kept
 * @property {string} lane  its name on the wire
 * @property {string} name  that a person gave it; "": its settings say it
 * @property {Given} given
 * @property {Status} status
 * @property {import("./history.js").History} history
 * @property {number} done  updates made
 * @property {number} updates  that it is to make
 * @property {number} perSecond
 * @property {number | null} left  seconds
 * @property {number} waiting  its place in the queue; 0: it is served
 * @property {import("../../net/contract.js").TrainingMessage | null} about  what the server said when it began
 * @property {Record<string, NamedArray> | null} example  one held-out sequence as the network answers it, and all parameters
 * @property {string | null} record  the newest: from it the run goes on
 * @property {Problem[]} problems
 */

/** @param {string} id @param {number} at  its place in the race @param {Given} given @param {{name?: string, record?: string | null}} [more] @returns {Run} */
export function newRun(id, at, given, { name = "", record = null } = {}) {
  return {
    id, lane: `run-${"abcd"[at]}`, name, given, record, status: "new", history: createHistory(), done: 0, updates: 0, perSecond: 0, left: null,
    waiting: 0, about: null, example: null, problems: [],
  };
}

/** Whether it has a process on the server. @param {Pick<Run, "status">} run */
export const isLive = ({ status }) => status === "asked" || status === "going" || status === "paused";
/** Whether there is something that a change of its settings would lose. @param {Run} run */
export const isBegun = ({ status, done }) => done > 0 || status === "asked" || status === "going";
/** @param {Pick<Run, "status">} run */
export const isOver = ({ status }) => status === "finished" || status === "stopped";

/** It has begun, or goes on from its record. @param {Run} run @param {import("../../net/contract.js").TrainingMessage} message @returns {Run} */
export function begun(run, message) {
  const history = createHistory();
  const { loss, norm, held_out } = named(message.arrays);
  history.take(1, { loss: loss.data, norm: norm.data });
  history.hold(looks(held_out));
  return { ...run, about: message, history, done: message.done, updates: Number(message.settings.updates), status: "paused", problems: [], waiting: 0, left: null };
}

/** @param {Run} run @param {import("../../net/contract.js").ProgressMessage} message @returns {Run} */
export function progressed(run, message) {
  const { held_out, ...lists } = named(message.arrays);
  run.history.take(message.first, Object.fromEntries(Object.entries(lists).map(([name, { data }]) => [name, data])));
  run.history.hold(looks(held_out));
  return {
    ...run, done: message.done, updates: message.updates, perSecond: message.per_second, left: message.seconds_left, waiting: message.waiting,
    status: isLive(run) ? (message.going ? "going" : "paused") : run.status,
  };
}

/** @param {NamedArray[]} arrays @returns {Record<string, NamedArray>} */
export function named(arrays) {
  return Object.fromEntries(arrays.map((array) => [array.name, array]));
}

/** @param {NamedArray | undefined} array  (n, 3) @returns {import("./history.js").HeldOut[]} */
function looks(array) {
  return rows(array).map(([update, loss, accuracy]) => ({ update, loss, accuracy }));
}

/** A matrix row by row. @param {NamedArray | undefined} array @returns {number[][]} */
function rows(array) {
  if (!array) return [];
  const [count, width] = array.shape;
  return Array.from({ length: count }, (_, row) => Array.from(array.data.subarray(row * width, (row + 1) * width)));
}

/** The newest that held-out sequences said. @param {Run} run */
export const newest = ({ history }) => history.held.at(-1) ?? null;

/** The first update after which the task was solved. @param {Run} run @param {number} share  of right answers @returns {number | null} */
export function solvedAt({ history }, share) {
  return history.held.find(({ accuracy }) => accuracy >= share)?.update ?? null;
}

/**
 * By which settings each run is known: those that differ, of one run or of equal ones its cell. Who has equations of one's own is known by
 * these, whatever cell they were begun with.
 * @param {Offer} offer @param {Given[]} runs @returns {{key: string, value: string | number}[][]}
 */
export function legends(offer, runs) {
  const different = differing(offer, runs);
  const keys = different.length > 0 ? different : ["cell"];
  return runs.map((given) => {
    const [shown, left] = given.equations ? ["equations", "cell"] : ["cell", "equations"];
    return fields(offer, given).filter(({ key }) => key !== left && (keys.includes(key) || (key === shown && keys.includes(left)))).map(({ key, value }) => ({ key, value }));
  });
}

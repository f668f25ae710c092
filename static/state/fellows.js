/** The networks beside the first while it learns: each makes as many updates by the same rule, in a lane of its own. A copy stays as it was. */

import { beside, withWeights } from "./comparing.js";
import { LEARNT } from "./difference.js";
import { nest } from "./starts.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("../net/contract.js").UpdateMessage} UpdateMessage */
/** @typedef {import("../net/contract.js").LaneRecord} LaneRecord */
/** By lane: the losses before each update and after the last, and the weights, null where none has come. @typedef {Map<string, {losses: number[], values: Record<string, Nested> | null}>} Led */

/** The weights that an answer ends with, over those that they were. @param {import("../net/contract.js").UpdatesMessage} answer @param {Record<string, Nested>} from */
export function ledTo(answer, from) {
  const now = answer.arrays.filter(({ name }) => name.startsWith("now:")).map(({ name, data, shape }) => [name.slice("now:".length), nest(data, shape)]);
  const values = { ...from, ...Object.fromEntries(now) };
  LEARNT.set(values, { id: answer.id, from });
  return values;
}

/** @param {Core} core */
export function createFellows({ get, set, beside: sessions }) {
  /** Those that can learn no more. @type {Set<string>} */
  let out = new Set();

  return {
    begin() {
      out = new Set();
    },
    /** @param {UpdateMessage} message @param {(led: Led) => void} done  when all have answered */
    ask(message, done) {
      const { experiment, lanes } = get();
      const able = lanes.filter((lane) => lane.record.cell !== null && !out.has(lane.id) && lane.base && beside(experiment, lane).loss);
      /** @type {Led} */
      const led = new Map();
      let waiting = able.length;
      if (waiting === 0) return done(led);
      for (const { id, base } of able) {
        const from = /** @type {import("../net/contract.js").Experiment} */ (base).parameters.values;
        /** @type {number[]} */
        let losses = [];
        let over = false;
        sessions.get(id)?.inquire(message, (answer) => {
          if (over || (answer.type !== "updates" && answer.type !== "problems")) return;
          const stopped = answer.type === "problems" || answer.stop !== null;
          if (answer.type === "updates") losses = [...losses, ...(answer.arrays.find(({ name }) => name === "loss")?.data ?? [])];
          if (!stopped && losses.length <= (message.updates ?? 1)) return;
          over = true;
          if (stopped) out.add(id);
          led.set(id, { losses, values: answer.type === "updates" ? ledTo(answer, from) : null });
          waiting -= 1;
          if (waiting === 0) done(led);
        });
      }
    },
    /** The lanes are where the updates have led; as the experiment has them. @param {Led} led @returns {LaneRecord[]} */
    arrive(led) {
      const { experiment, lanes } = get();
      if (led.size === 0) return experiment.lanes;
      const moved = lanes.map((lane) => {
        const values = led.get(lane.id)?.values;
        if (!values || !lane.base) return lane;
        return withWeights(lane, values, { ...lane.record, parameters: { ...lane.record.parameters, values } });
      });
      set({ lanes: moved });
      return experiment.lanes.map((record, at) => moved[at]?.record ?? record);
    },
  };
}

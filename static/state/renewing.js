/** The experiment over another network: the engine builds it, what has the same name and shape is kept. One change to take back. */

import { lasting } from "./knots.js";
import { bareOf, fitted } from "./rebuilding.js";
import { keeping, untouched } from "./starts.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").Nested} Nested */
/** @typedef {import("../net/contract.js").Sequence} Sequence */
/**
 * @typedef {object} Renewal
 * @property {Sequence} [sequence]
 * @property {(values: Record<string, Nested>) => Record<string, Nested>} [held]  the numbers that are kept, where they are not those of the same name
 * @property {(fresh: Experiment, values: Record<string, Nested>, before: Record<string, Nested>) => void} [built]
 */

/** @param {Core} core */
export function createRenewing({ get, set, record, session, history }) {
  /** @param {Experiment["network"]} network @param {Renewal} [more] */
  return function renew(network, { sequence = get().experiment.sequence, held = (values) => values, built } = {}) {
    const { experiment, base } = get();
    const { starts } = experiment.parameters;
    const { tied = {} } = network;
    const request = {
      base,
      starts,
      /** @type {import("./session.js").Request["build"]} */
      build(fresh, { network: document, ground }) {
        const now = get().experiment;
        record();
        const still = Object.fromEntries(Object.entries(starts).filter(([address]) => address in ground.drawn));
        const parameters = { ...now.parameters, starts: still };
        const values = keeping(held(now.parameters.values), untouched(parameters, ground));
        built?.(fresh, values, now.parameters.values);
        const step = Math.min(now.step, fresh.sequence.inputs.length);
        return { ...fitted({ ...now, step, sequence: fresh.sequence }, fresh, document), parameters: { ...parameters, values } };
      },
      opened: () => set(history.counts()),
    };
    const asked = (/** @type {Record<string, string>} */ ties) => bareOf({ ...experiment, network: { ...network, tied: ties }, sequence });
    session.load({
      ...request,
      message: asked({}),
      /** Of another network not every tie may be left. */
      next(loose) {
        const kept = lasting(tied, loose.parameters.values);
        return Object.keys(kept).length === 0 ? null : { ...request, message: asked(kept) };
      },
    });
  };
}

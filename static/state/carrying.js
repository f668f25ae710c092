/** The sequence is read again, from the states that the last reading left. */

import { readsOn, withCarried } from "./edit.js";

/** @param {import("./core.js").Core} core */
export function createCarrying({ get, commit }) {
  return {
    /** So many readings come before the one that is shown; 0 starts from the numbers given. @param {number} carried */
    carry(carried) {
      const { experiment, limits } = get();
      if (carried < 0 || carried >= (limits.readings ?? Infinity) || !readsOn(experiment.network)) return;
      commit(withCarried(experiment, carried));
    },
  };
}

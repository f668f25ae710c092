/** What the network is asked for at a step. */

import { withTargets } from "./edit.js";

/** @param {import("./core.js").Core} core */
export function createAiming({ get, commit }) {
  return {
    /** @param {number} step @param {number[] | null} row  null: nothing is asked there */
    setTarget: (step, row) => commit(withTargets(get().experiment, (targets) => targets.map((own, index) => (index === step - 1 ? row : own)))),
  };
}

/** Two parameters become one and come apart again. The engine builds the network anew; all other numbers stay. */

import { tie, untie } from "./knots.js";
import { createRenewing } from "./renewing.js";
import { sourceOf } from "./ties.js";

/** @typedef {import("./core.js").Core} Core */

/** @param {Core} core */
export function createTying(core) {
  const { get } = core;
  const renew = createRenewing(core);

  return {
    /** The first takes the numbers of the other, and both change together from then on. @param {string} address @param {string} other */
    tie(address, other) {
      const { network } = get().experiment;
      if (sourceOf(get(), address) !== sourceOf(get(), other)) renew({ ...network, tied: tie(network.tied ?? {}, address, other) });
    },
    /** It keeps the numbers, and changes alone from then on. @param {string} address */
    untie(address) {
      const { network } = get().experiment;
      const apart = untie(network.tied ?? {}, address);
      renew({ ...network, tied: apart.tied }, {
        held: (values) => ({ ...values, ...Object.fromEntries(Object.entries(apart.same).map(([one, source]) => [one, values[source]])) }),
      });
    },
  };
}

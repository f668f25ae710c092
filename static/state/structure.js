/** Another network for the same sequence: layers, units, directions, cells. The engine builds it; what has the same name and shape is kept. */

import { same } from "./edit.js";
import { partOf, readoutOf } from "./notation.js";
import { bareOf } from "./rebuilding.js";
import { createRenewing } from "./renewing.js";
import { shape } from "./starts.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").LayerDescription} LayerDescription */
/** @typedef {import("../net/contract.js").PartDescription} PartDescription */
/** @typedef {import("../net/contract.js").Sequence} Sequence */
/** @typedef {{kept: number, all: number, asked: boolean, network: Experiment["network"]}} Told  how many numbers of which network are as they were, and whether there had been targets */

/** @param {Core} core */
export function createStructure(core) {
  const { get, set, environment } = core;
  const renew = createRenewing(core);
  /** @type {Told | null} */
  let told = null;

  /** @param {Partial<PartDescription>} change @param {Sequence} [sequence] */
  const rebuild = (change, sequence) => {
    const { experiment } = get();
    const part = { ...partOf(experiment), ...change };
    // What is pressed already changes nothing, and there is nothing to take back.
    if (!sequence && same(part, partOf(experiment))) return;
    renew({ ...experiment.network, parts: [part] }, {
      sequence,
      built(fresh, values, before) {
        told = { kept: count(values, before), all: count(values, values), asked: Boolean(get().experiment.loss), network: fresh.network };
      },
    });
  };

  /** @param {number} at @param {Partial<LayerDescription>} change */
  const setLayer = (at, change) => {
    const { layers } = partOf(get().experiment);
    rebuild({ layers: layers.map((layer, index) => (index === at ? { ...layer, ...change } : layer)) });
  };

  return {
    rebuild,
    setLayer,
    /** A layer like the top one, over it. */
    addLayer() {
      const { layers } = partOf(get().experiment);
      rebuild({ layers: [...layers, layers[layers.length - 1]] });
    },
    /** @param {number} at */
    removeLayer: (at) => rebuild({ layers: partOf(get().experiment).layers.filter((_, index) => index !== at) }),
    /** @param {boolean} on */
    setReadout(on) {
      const { base, experiment } = get();
      const own = partOf(base);
      const sizes = own.readout === null ? { outputs: partOf(experiment).inputs } : own.sizes;
      rebuild(on ? { readout: readoutOf(base), sizes } : { readout: null, sizes: {} });
    },
    /** The library knows which further sizes a cell needs. @param {number} at @param {string} name */
    async setCell(at, name) {
      const { experiment } = get();
      const part = partOf(experiment);
      const bare = bareOf({ ...experiment, lanes: [], network: { parts: [{ ...part, layers: [part.layers[at]] }], tied: {} } });
      try {
        const lane = await environment.beside(/** @type {Experiment} */ (bare.experiment), name);
        const [found] = lane.network.parts;
        const layers = part.layers.map((layer, index) => (index === at ? { ...found.layers[0], direction: layer.direction } : layer));
        const top = at === part.layers.length - 1;
        rebuild({ layers, ...(top ? { readout: found.readout, sizes: found.sizes ?? {} } : {}) });
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** @returns {Told | null} of the network that is shown */
    told: () => (told?.network === get().experiment.network ? told : null),
  };
}

/** How many numbers stand in both, parameter by parameter. @param {Record<string, any>} values @param {Record<string, any>} others */
function count(values, others) {
  return Object.entries(values)
    .filter(([address, nested]) => others[address] === nested)
    .reduce((sum, [, nested]) => sum + shape(nested).reduce((product, size) => product * size, 1), 0);
}

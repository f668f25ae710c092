/** Runs that start from the weights that the stage shows: what their networks need is asked of the server, once for each. */

import { GIVEN } from "./settings.js";
import { misfit, networkKey, networkOf, stageWeights, taken } from "./starting.js";

/** @typedef {import("./training.js").Training} Training */
/** @typedef {import("./settings.js").Given} Given */

/**
 * @param {import("../core.js").Core} core
 * @param {{now: () => Training, put: (patch: Partial<Training>) => void, lay: (all: Given[], more?: Partial<Training>) => void}} place
 */
export function createStageStart({ get, environment }, { now, put, lay }) {
  /** @type {Set<string>} */
  const asked = new Set();
  return {
    /** What could not be answered is no longer offered; it is asked again when the settings have changed. */
    async askWeights() {
      if (!get().experiment) return;
      const fresh = [...new Map(now().runs.map(({ given }) => [networkKey(given), given]))].filter(([key]) => !asked.has(key));
      await Promise.all(fresh.map(async ([key, given]) => {
        asked.add(key);
        const found = await (await environment.api()).wanted(networkOf(given)).catch(() => null);
        put({ wanted: { ...now().wanted, [key]: found } });
      }));
    },
    /** Of all runs, or of the one whose settings are shown: all of them fit. */
    startFromStage() {
      const { runs, edited, wanted } = now();
      const own = stageWeights(get());
      if (!own) return;
      const all = runs.map(({ given }, at) => {
        const shapes = wanted[networkKey(given)];
        const meant = (edited === null || edited === at) && shapes && misfit(own, shapes) === null;
        return meant ? { ...given, start: GIVEN, weights: taken(own) } : given;
      });
      lay(all, { edited });
    },
  };
}

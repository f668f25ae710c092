/** The layers whose inside can be shown. */

import { layerLabel } from "./labels.js";
import { stacked } from "./layers.js";
import { say } from "./words.js";

/** @typedef {import("./store.js").State} State */

/**
 * The layers between which one can choose, from the lowest up; of one layer alone its two directions.
 * @param {State} state
 * @returns {{address: string, name: string, spoken: string}[]}  `spoken`: in full
 */
export function layerNames(state) {
  const all = stacked(state).reverse();
  const alone = all.every(({ layer }) => layer === all[0].layer);
  return all.map(({ address, direction }) => ({ address, name: alone ? say(state, `layers.${direction}`) : layerLabel(state, address, "short"), spoken: layerLabel(state, address) }));
}

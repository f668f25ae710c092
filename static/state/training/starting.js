/** Weights that a run starts from, taken from the stage: whether they fit, and as settings have them. Pure. */

import { weightsOf } from "../ties.js";
import { packed } from "./record.js";

/** @typedef {import("../../net/contract.js").Nested} Nested */
/** @typedef {import("./settings.js").Given} Given */
/** By full address. @typedef {Record<string, import("./record.js").Packed>} Weights */
/** What a network needs, by full address. @typedef {Record<string, number[]>} Shapes */
/** What is in the way: not on the stage, of another shape there, not in this network, or no finite number. @typedef {{why: "missing" | "shape" | "extra" | "infinite", name: string, found: string, wanted: string}} Misfit */

/** All that decides which weights a network has. */
const NETWORK = ["task", "options", "readout", "cell", "equations", "units", "layers", "direction"];

/** @param {Given} given @returns {Given} */
export function networkOf(given) {
  return /** @type {Given} */ (Object.fromEntries(NETWORK.filter((key) => given[key] !== undefined).map((key) => [key, given[key]])));
}

/** What its shapes are kept under. @param {Given} given */
export const networkKey = (given) => JSON.stringify(networkOf(given));

/** The stage's own, tied ones too; null where nothing is on it. @param {import("../store.js").State} state */
export const stageWeights = (state) => (state.experiment ? weightsOf(state) : null);

/** @param {Record<string, Nested>} own  the stage's @param {Shapes} wanted @returns {Misfit | null} the first */
export function misfit(own, wanted) {
  for (const [address, sizes] of Object.entries(wanted)) {
    const asked = { name: brief(address), found: "", wanted: said(sizes) };
    if (own[address] === undefined) return { why: "missing", ...asked };
    const { shape } = packed(own[address]);
    if (String(shape) !== String(sizes)) return { why: "shape", ...asked, found: said(shape) };
    if (!numbers(own[address]).every(Number.isFinite)) return { why: "infinite", ...asked };
  }
  const extra = Object.keys(own).find((address) => !(address in wanted));
  return extra === undefined ? null : { why: "extra", name: brief(extra), found: "", wanted: "" };
}

/** @param {Record<string, Nested>} own @returns {Weights} */
export function taken(own) {
  return Object.fromEntries(Object.keys(own).sort().map((address) => [address, packed(own[address])]));
}

/** @param {Weights} one @param {Weights} other */
export function alike(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name].f8 === other[name]?.f8);
}

/** How many numbers there are. @param {Weights} weights */
export function count(weights) {
  return Object.values(weights).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

/** Without what is alone anyway. @param {string} address */
const brief = (address) => address.replace(/^main\./, "").replace("forward.", "");

/** @param {number[]} shape */
const said = (shape) => shape.join(" × ") || "1";

/** @param {Nested} nested @returns {number[]} */
const numbers = (nested) => /** @type {number[]} */ ([nested].flat(2));

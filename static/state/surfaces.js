/** An error surface's settings as the experiment's view holds them, and what they mean for its network. Pure. */

import { steps } from "./derive.js";
import { numberAt } from "./edit.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Sweep} Sweep */
/** @typedef {import("../net/contract.js").Loss} Loss */
/** One number of one parameter, with the range that it is looked at in. @typedef {{address: string, index: number[], low: number, high: number}} Axis */
/** `until`: the step whose loss it is; `clip` 0: not clipped. @typedef {{across: Axis, down: Axis, target: number, until: number, rate: number, clip: number, updates: number, side: number}} Settings  `side`: points along each axis */

/** Points along each side: the most of which not too many values have to be computed. */
const SIDES = [161, 81, 41, 21];
const MOST_VALUES = 2e7;
/** Menus of more numbers than this would help nobody. */
const MOST_NUMBERS = 400;
const USUAL = { target: 0, rate: 0.1, clip: 0, updates: 0 };

/** All numbers of all parameters. @param {State} state @returns {{address: string, index: number[]}[]} */
export function numbers(state) {
  /** @type {{address: string, index: number[]}[]} */
  const found = [];
  /** @param {string} address @param {any} nested @param {number[]} index */
  const walk = (address, nested, index) => {
    if (found.length >= MOST_NUMBERS) return;
    if (Array.isArray(nested)) nested.forEach((inner, at) => walk(address, inner, [...index, at]));
    else found.push({ address, index });
  };
  for (const [address, nested] of Object.entries(state.experiment.parameters.values)) walk(address, nested, []);
  return found;
}

/** @param {State} state @returns {Settings | null}  null where there are no two numbers */
export function settings(state) {
  const { view } = state.experiment;
  const given = [readAxis(state, view.across), readAxis(state, view.down)];
  const free = numbers(state).filter((place) => !given.some((axis) => axis && samePlace(axis, place)));
  const [across, down] = given.map((axis) => axis ?? usualAxis(state, free.shift()));
  if (!across || !down || samePlace(across, down)) return null;
  const number = (/** @type {keyof typeof USUAL} */ name) => (typeof view[name] === "number" ? Number(view[name]) : USUAL[name]);
  const rate = number("rate") > 0 ? number("rate") : USUAL.rate;
  const until = typeof view.until === "number" ? Math.max(1, Math.min(steps(state), Math.round(view.until))) : steps(state);
  const updates = Math.max(0, Math.min(state.limits.updates ?? Infinity, Math.round(number("updates"))));
  const values = Object.values(state.network.symbols).reduce((sum, { kind, size = 1 }) => sum + (kind === "value" ? size : 0), 0) * steps(state);
  const side = SIDES.find((points) => points ** 2 * values <= MOST_VALUES) ?? SIDES[SIDES.length - 1];
  return { across, down, until, rate, updates, side, target: number("target"), clip: Math.max(0, number("clip")) };
}

/** As the view of an experiment, and an address, has it. @param {Axis} axis */
export function writeAxis({ address, index, low, high }) {
  return `${[address, ...index].join(".")}:${low}:${high}`;
}

/** @param {State} state @param {unknown} text @returns {Axis | null} */
function readAxis(state, text) {
  const match = /^(.+):([^:]+):([^:]+)$/.exec(String(text ?? ""));
  if (!match) return null;
  const place = numbers(state).find(({ address, index }) => [address, ...index].join(".") === match[1]);
  const [low, high] = [Number(match[2]), Number(match[3])];
  return place && Number.isFinite(low) && Number.isFinite(high) && low < high ? { ...place, low, high } : null;
}

/** As far to both sides of the number that it began as. @param {State} state @param {{address: string, index: number[]} | undefined} place @returns {Axis | null} */
export function usualAxis(state, place) {
  if (!place) return null;
  const middle = numberAt((state.base.parameters.values[place.address] ?? state.experiment.parameters.values[place.address]), place.index);
  const reach = Math.max(1, Math.abs(middle));
  return { ...place, low: round(middle - reach), high: round(middle + reach) };
}

/** @param {{address: string, index: number[]}} a @param {{address: string, index: number[]}} b */
export function samePlace(a, b) {
  return a.address === b.address && a.index.join() === b.index.join();
}

/** b, or W 2 1 where there are several numbers: rows and columns from 1. @param {State} state @param {{address: string, index: number[]}} place */
export function numberName(state, { address, index }) {
  const name = address.slice(address.lastIndexOf(".") + 1);
  const alone = typeof state.experiment.parameters.values[address] === "number" || sizeOf(state.experiment.parameters.values[address]) === 1;
  const layers = new Set(state.network.layers.map((layer) => layer.layer));
  const layer = layers.size > 2 || (layers.size === 2 && !layers.has("readout")) ? ` (${address.split(".").slice(-3, -1).join(" ")})` : "";
  return `${name}${alone ? "" : `[${index.map((at) => at + 1).join(",")}]`}${layer}`;
}

/** @param {any} nested @returns {number} */
function sizeOf(nested) {
  return Array.isArray(nested) ? nested.reduce((sum, inner) => sum + sizeOf(inner), 0) : 1;
}

/** Where the network is. @param {State} state @param {Axis} axis */
export function standing(state, axis) {
  return numberAt(state.experiment.parameters.values[axis.address], axis.index);
}

/** The squared distance of what leaves the last layer, at one step, from the target. @param {State} state @param {Settings} own @returns {Loss} */
export function lossOf(state, { target, until }) {
  const layer = state.network.layers.filter((each) => each.layer !== "readout").at(-1);
  const of = layer ? `${layer.address}.${state.network.programs[layer.program].output}` : "";
  const size = state.network.symbols[of]?.size ?? 1;
  return { kind: "squared", of, targets: [...Array(until - 1).fill(null), Array(size).fill(target)] };
}

/** The value at a point of an axis, as a person would write it. @param {Axis} axis @param {number} at  from 0 @param {number} side */
export function valueAt({ low, high }, at, side) {
  return round(low + ((high - low) * at) / (side - 1));
}

/** The nearest point of an axis. @param {Axis} axis @param {number} value @param {number} side */
export function nearest({ low, high }, value, side) {
  return Math.max(0, Math.min(side - 1, Math.round(((value - low) / (high - low)) * (side - 1))));
}

/** Without the digits that only a double has. @param {number} value */
function round(value) {
  return Number(value.toPrecision(12));
}

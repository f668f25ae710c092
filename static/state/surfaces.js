/** An error surface's settings as the experiment's view holds them, and what they mean for its network. Pure. */

import { layerLabel, steps } from "./derive.js";
import { numberAt } from "./edit.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Sweep} Sweep */
/** @typedef {import("../net/contract.js").Loss} Loss */
/** One number of one parameter, with the range that it is looked at in. @typedef {{address: string, index: number[], low: number, high: number}} Axis */
/** `until`: the last step whose loss counts; `clip` 0: not clipped. @typedef {{across: Axis, down: Axis, target: number, until: number, rate: number, clip: number, updates: number, side: number}} Settings  `side`: points along each axis */

/** A network whose surface is looked at: the page's own, or one beside it. @typedef {State & {id: string}} Side */

/** Points along each side, the most of which not more than so many values have to be computed: what is drawn in a moment, and what there is patience for. @type {[number, number][]} */
const POINTS = [[161, 4e6], [101, 3e7], [61, 1e8], [31, Infinity]];
/** What the names of the axes end in, in the order of the networks. */
const ENDINGS = ["", "2", "3"];
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

/** All networks that are looked at, the page's own first: each as a state in which it is the only one. @param {State} state @returns {Side[]} */
export function sides(state) {
  const { sequence, loss, step, view, language } = state.experiment;
  const others = state.lanes.filter(({ network, base }) => network && base).map((lane) => {
    const experiment = { .../** @type {import("../net/contract.js").Experiment} */ (lane.base), sequence, loss, step, view, language };
    return /** @type {Side} */ (/** @type {unknown} */ ({ ...state, ...lane, experiment }));
  });
  return [{ ...state, id: "main" }, ...others];
}

/** What the view calls an axis of a network. @param {State} state @param {string} id @param {"across" | "down"} way */
export function axisName(state, id, way) {
  return `${way}${ENDINGS[state.lanes.findIndex((lane) => lane.id === id) + 1]}`;
}

/** @param {Side} state @returns {Settings | null}  null where there are no two numbers */
export function settings(state) {
  const { view } = state.experiment;
  const given = [readAxis(state, view[axisName(state, state.id, "across")]), readAxis(state, view[axisName(state, state.id, "down")])];
  const free = numbers(state).filter((place) => !given.some((axis) => axis && samePlace(axis, place)));
  const [across, down] = given.map((axis) => axis ?? usualAxis(state, free.shift()));
  if (!across || !down || samePlace(across, down)) return null;
  const number = (/** @type {keyof typeof USUAL} */ name) => (typeof view[name] === "number" ? Number(view[name]) : USUAL[name]);
  const rate = number("rate") > 0 ? number("rate") : USUAL.rate;
  const until = typeof view.until === "number" ? Math.max(firstAsked(state), Math.min(steps(state), Math.round(view.until))) : steps(state);
  const updates = Math.max(0, Math.min(state.limits.updates ?? Infinity, Math.round(number("updates"))));
  const values = Object.values(state.network.symbols).reduce((sum, { kind, size = 1 }) => sum + (kind === "value" ? size : 0), 0) * until;
  const [side] = /** @type {[number, number]} */ (POINTS.find(([points, most]) => points ** 2 * values <= most));
  return { across, down, until, rate, updates, side, target: number("target"), clip: Math.max(0, number("clip")) };
}

/** As the view of an experiment, and an address, has it. @param {Axis} axis */
export function writeAxis({ address, index, low, high }) {
  return `${[address, ...index].join(".")}:${low}:${high}`;
}

/** @param {State} state @param {unknown} text @returns {Axis | null} */
export function readAxis(state, text) {
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
  return { ...place, low: written(middle - reach), high: written(middle + reach) };
}

/** @param {{address: string, index: number[]}} a @param {{address: string, index: number[]}} b */
export function samePlace(a, b) {
  return a.address === b.address && a.index.join() === b.index.join();
}

/** b, or W[2,1] where there are several numbers: rows and columns from 1; with its layer where there are several. @param {State} state @param {{address: string, index: number[]}} place */
export function numberName(state, { address, index }) {
  const name = address.slice(address.lastIndexOf(".") + 1);
  const alone = typeof state.experiment.parameters.values[address] === "number" || sizeOf(state.experiment.parameters.values[address]) === 1;
  const layer = layerLabel(state, address);
  return `${name}${alone ? "" : `[${index.map((at) => at + 1).join(",")}]`}${layer && ` (${layer})`}`;
}

/** @param {any} nested @returns {number} */
function sizeOf(nested) {
  return Array.isArray(nested) ? nested.reduce((sum, inner) => sum + sizeOf(inner), 0) : 1;
}

/** Where the network is. @param {State} state @param {Axis} axis */
export function standing(state, axis) {
  return numberAt(state.experiment.parameters.values[axis.address], axis.index);
}

/** The first step at which something is asked; 1 where the experiment has no loss. @param {State} state */
export function firstAsked({ experiment: { loss } }) {
  return (loss?.targets.findIndex((row) => row !== null) ?? 0) + 1;
}

/**
 * The experiment's own loss as far as the steps count; where it has none, the squared distance of what leaves the last layer, at one
 * step, from the target.
 * @param {State} state @param {Settings} own @returns {Loss}
 */
export function lossOf(state, { target, until }) {
  const { loss } = state.experiment;
  const layer = state.network.layers.filter((each) => each.layer !== "readout").at(-1);
  const leaving = layer ? `${layer.address}.${state.network.programs[layer.program].output}` : "";
  if (loss) return { ...loss, of: state.network.symbols[loss.of] ? loss.of : leaving, targets: loss.targets.slice(0, until) };
  const size = state.network.symbols[leaving]?.size ?? 1;
  return { kind: "squared", of: leaving, targets: [...Array(until - 1).fill(null), Array(size).fill(target)] };
}

/** The value at a point of an axis, as a person would write it. @param {Axis} axis @param {number} at  from 0 @param {number} side */
export function valueAt({ low, high }, at, side) {
  return round(low + ((high - low) * at) / (side - 1));
}

/** The nearest point of an axis. @param {Axis} axis @param {number} value @param {number} side */
export function nearest({ low, high }, value, side) {
  return Math.max(0, Math.min(side - 1, Math.round(((value - low) / (high - low)) * (side - 1))));
}

/** As short as an end of an axis is written. @param {number} value */
function written(value) {
  return Number(value.toPrecision(3));
}

/** Without the digits that only a double has. @param {number} value */
function round(value) {
  return Number(value.toPrecision(12));
}

/** The way down an error surface: its places on the picture, the arrow at its beginning, and what it did in words. */

import { number, result } from "../../draw/format.js";
import { clamp } from "../../draw/scale.js";
import { spoken } from "../../draw/symbol.js";
import { numberName } from "../../state/surfaces.js";
import { joined, say } from "../../state/words.js";

/** @typedef {import("../../state/surfaces.js").Side} Side */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */
/** @typedef {{a: number, b: number, loss: number, norm: number, spot: import("../../draw/surfacefield.js").Spot}} Stand */

/** How long an arrow is that stands for a gradient of so many powers of ten above a thousandth, in pixels. */
const ARROW = { decade: 18, least: 12, most: 130 };

/** Where on the picture a pair of numbers lies. @param {Settings} own @param {number} a @param {number} b */
export function spotOf({ across, down }, a, b) {
  return { x: (a - across.low) / (across.high - across.low), y: (b - down.low) / (down.high - down.low) };
}

/** @param {Side} side */
function pathOf({ surfaces, id }) {
  return surfaces[id]?.path ?? null;
}

/** As far as it is known, from where the network is. @param {Side} side @param {Settings} own @returns {Stand[]} */
export function wayDown(side, own) {
  const path = pathOf(side);
  if (!path) return [];
  return Array.from(path.loss, (loss, at) => {
    const [a, b] = [path.at[2 * at], path.at[2 * at + 1]];
    return { a, b, loss, norm: path.norm[at], spot: spotOf(own, a, b) };
  });
}

/** After which of its places it leaves the picture; -1: it does not. @param {Stand[]} way */
export function thrownOut(way) {
  return way.findIndex(({ spot }, at) => at + 1 < way.length && isInside(spot) && !isInside(way[at + 1].spot));
}

/** Whether no further update would lead anywhere. @param {Stand[]} way */
export function isAtRest(way) {
  return way.at(-1)?.norm === 0;
}

/** @param {import("../../draw/surfacefield.js").Spot} spot */
export function isInside({ x, y }) {
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

/**
 * Downhill on the screen.
 * @param {Side} side @param {Settings} own @param {number} width @param {number} height
 * @returns {import("../../draw/surfacefield.js").Arrow | null}
 */
export function arrowOf(side, { across, down, clip }, width, height) {
  const path = pathOf(side);
  const norm = path?.norm[0] ?? 0;
  if (!path || !(norm > 0) || !Number.isFinite(norm)) return null;
  const x = (-path.gradient[0] * width) / (across.high - across.low);
  const y = (path.gradient[1] * height) / (down.high - down.low);
  const long = Math.hypot(x, y);
  const length = (/** @type {number} */ size) => clamp((Math.log10(size) + 3) * ARROW.decade, ARROW.least, ARROW.most);
  return { x: x / long, y: y / long, length: length(norm), clipped: clip > 0 && norm > clip ? length(clip) : null, text: `|g| = ${result(norm)}` };
}

/** What the descent did, in words. @param {Side} state @param {Settings} own @param {Stand[]} way */
export function account(state, own, way) {
  const last = way.at(-1);
  const rest = isAtRest(way) ? [say(state, "surface.at-rest")] : [];
  if (own.updates === 0 || !last || way.length < 2) return rest[0] ?? say(state, "surface.not-begun");
  const moved = say(state, "surface.moved", { count: way.length - 1, from: result(way[0].loss), to: result(last.loss) });
  const thrown = thrownOut(way);
  if (thrown >= 0) {
    const { a, b, loss } = way[thrown + 1];
    const names = { across: spoken(numberName(state, own.across)), down: spoken(numberName(state, own.down)) };
    const out = say(state, thrown === 0 ? "surface.thrown-first" : "surface.thrown", { ...names, step: thrown, norm: result(way[thrown].norm), a: hundredths(a), b: hundredths(b), loss: result(loss) });
    return joined(state, [out, ...(rest.length > 0 || thrown + 2 === way.length ? rest : [moved])]);
  }
  const cut = way.slice(0, -1).flatMap(({ norm }, step) => (own.clip > 0 && norm > own.clip ? [step] : []));
  const clipped = cut.slice(0, 1).map((step) =>
    say(state, step === 0 ? "surface.clipped-first" : "surface.clipped", { count: cut.length, step, norm: result(way[step].norm), most: number(own.clip) }));
  return joined(state, [moved, ...clipped, ...rest]);
}

/** @param {number} value */
function hundredths(value) {
  return number(Math.abs(value) < 1e4 ? Number(value.toFixed(2)) : value);
}

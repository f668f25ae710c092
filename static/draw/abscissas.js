/** How far apart the columns of a drawing stand, and where between them its wires bend: as near as what stands at the same height allows. */

import { CHANNEL, MARGIN, NARROW, attached, rooms } from "./noderoom.js";

/** @typedef {import("./layout.js").Spot} Spot */
/** @typedef {import("./noderoom.js").Room} Room */
/** @typedef {{from: Spot, to: Spot, right: number, left: number}} Step  of a wire from one column to the next: how far what it passes reaches from the one and from the other */

/** Between two words in one line, and between a word and a wire that bends. */
const APART = 3;
const CLEAR = 3;
/** Half a wire through which much flows. */
const THICK = 2;
/** The least way of a wire from one thing to the next. */
const LEAST = 10;

/**
 * @param {Spot[][]} columns
 * @param {Spot[][]} chains  the things and the bends that a wire comes by
 * @returns {{at: number[], width: number, bend: (from: Spot, to: Spot) => [number, number]}}  `at`: the middles of the columns; `bend`: between which two abscissas a wire does so
 */
export function abscissas(columns, chains) {
  const taken = columns.map((column) => column.flatMap(rooms));
  const reach = (/** @type {number} */ rank, /** @type {"left" | "right"} */ side) => Math.max(NARROW, ...taken[rank].map((room) => room[side]));
  const at = [MARGIN + reach(0, "left")];
  /** @type {Map<Spot, Map<Spot, [number, number]>>} */
  const bends = new Map();
  for (let rank = 1; rank < columns.length; rank++) {
    const [before, here] = [taken[rank - 1], taken[rank]];
    const steps = stepsInto(rank, chains, before, here);
    const level = (/** @type {Step} */ { from, to }) => Math.abs(attached(from) - attached(to)) < 0.5;
    const apart = Math.max(
      reach(rank - 1, "right"), reach(rank, "left"),
      ...before.flatMap((one) => here.filter((other) => overlap(one, other)).map((other) => one.right + other.left + APART)),
      ...steps.map((step) => step.right + step.left + (level(step) ? LEAST : CHANNEL + 2 * CLEAR)),
    );
    at.push(at[rank - 1] + apart);
    // All at one place as far as they can: so they look like one bundle.
    const bent = steps.filter((step) => !level(step));
    const common = (Math.max(0, ...bent.map(({ right }) => right)) + apart - Math.max(0, ...bent.map(({ left }) => left))) / 2;
    for (const { from, to, right, left } of steps) {
      const middle = at[rank - 1] + Math.min(Math.max(common, right + CLEAR + CHANNEL / 2), apart - left - CLEAR - CHANNEL / 2);
      bends.set(from, (bends.get(from) ?? new Map()).set(to, [middle - CHANNEL / 2, middle + CHANNEL / 2]));
    }
  }
  const last = columns.length - 1;
  return { at, width: at[last] + reach(last, "right") + MARGIN, bend: (from, to) => bends.get(from)?.get(to) ?? [0, 0] };
}

/** @param {number} rank @param {Spot[][]} chains @param {Room[]} before @param {Room[]} here @returns {Step[]} */
function stepsInto(rank, chains, before, here) {
  return chains.flatMap((chain) => {
    const index = chain.findIndex((spot) => spot.rank === rank);
    if (index < 1) return [];
    const [from, to] = [chain[index - 1], chain[index]];
    const way = { top: Math.min(attached(from), attached(to)), bottom: Math.max(attached(from), attached(to)) };
    const most = (/** @type {Room[]} */ side, /** @type {"left" | "right"} */ which) => Math.max(0, ...side.filter((room) => overlap(room, way)).map((room) => room[which]));
    return [{ from, to, right: most(before, "right"), left: most(here, "left") }];
  });
}

/** @param {{top: number, bottom: number}} one @param {{top: number, bottom: number}} other */
function overlap(one, other) {
  return one.top < other.bottom + THICK && other.top < one.bottom + THICK;
}

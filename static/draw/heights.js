/** In which order, and how high, things stand in the columns of a drawing: near their neighbours, with few crossings. */

import { attached, extent, lift } from "./noderoom.js";

/** @typedef {import("./layout.js").Spot} Spot */

const SWEEPS = 8;

/**
 * A wire that passes several columns does so at one height where there is room for it.
 * @param {Spot[][]} chains
 * @param {Spot[][]} columns
 */
export function straighten(chains, columns) {
  for (const chain of chains) {
    const bends = chain.slice(1, -1);
    if (bends.length < 2) continue;
    const wishes = [attached(chain[0]), attached(chain[chain.length - 1]), bends.reduce((sum, bend) => sum + bend.y, 0) / bends.length, ...bends.map((bend) => bend.y)];
    const free = (/** @type {Spot} */ bend, /** @type {number} */ y) => columns[bend.rank].every((other) =>
      other === bend || ((other.y < bend.y) === (other.y < y) && Math.abs(other.y - y) >= (extent(other).height + extent(bend).height) / 2));
    const found = wishes.find((y) => bends.every((bend) => free(bend, y)));
    if (found !== undefined) for (const bend of bends) bend.y = found;
  }
}

/**
 * What one thing alone is read by stands level with it where there is room for that, so that their wire has no bend.
 * @param {Spot[][]} columns
 */
export function level(columns) {
  const most = Math.max(...columns.flat().map((spot) => Math.abs(spot.y) + extent(spot).height / 2));
  for (const column of columns) {
    column.forEach((spot, index) => {
      const [from, other] = spot.before;
      if (!spot.node || !from || other) return;
      const y = attached(from) + lift(spot);
      const clear = (/** @type {Spot | undefined} */ next, /** @type {1 | -1} */ side) => !next || side * (next.y - y) >= (extent(next).height + extent(spot).height) / 2;
      if (Math.abs(y) + extent(spot).height / 2 <= most && clear(column[index - 1], -1) && clear(column[index + 1], 1)) spot.y = y;
    });
  }
}

/** @param {Spot[][]} columns */
export function order(columns) {
  const place = new Map(columns.flatMap((column) => column.map((spot, index) => [spot, index])));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      const wish = new Map(column.map((spot) => {
        const around = forward ? spot.before : spot.after;
        const sum = around.reduce((total, other) => total + (place.get(other) ?? 0), 0);
        return [spot, around.length ? sum / around.length : place.get(spot) ?? 0];
      }));
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
      column.forEach((spot, index) => place.set(spot, index));
    }
  }
}

/** Heights: everything moves towards its neighbours as far as the room above and below allows. @param {Spot[][]} columns */
export function settle(columns) {
  const room = Math.max(...columns.map((column) => column.reduce((sum, spot) => sum + extent(spot).height, 0))) / 2;
  for (const column of columns) spread(column, column.map(() => 0), room);
  for (let sweep = 0; sweep < 3 * SWEEPS; sweep++) {
    for (const column of sweep % 2 ? [...columns].reverse() : columns) {
      const wishes = column.map((spot) => {
        const around = [...spot.before, ...spot.after];
        // Not their rooms but their wires are to be level.
        return around.length ? around.reduce((sum, other) => sum + attached(other), 0) / around.length + lift(spot) : spot.y;
      });
      spread(column, wishes, room);
    }
  }
}

/**
 * As near to the wishes as the order and the heights permit.
 * @param {Spot[]} column
 * @param {number[]} wishes
 * @param {number} room  above and below the middle
 */
function spread(column, wishes, room) {
  const apart = column.map((spot, index) => (index ? (extent(spot).height + extent(column[index - 1]).height) / 2 : 0));
  let y = -Infinity;
  const down = wishes.map((wish, index) => (y = Math.max(wish, y + apart[index])));
  y = Infinity;
  const up = wishes.map((_, back) => {
    const index = wishes.length - 1 - back;
    y = Math.min(wishes[index], y - (apart[index + 1] ?? 0));
    return y;
  }).reverse();
  column.forEach((spot, index) => {
    spot.y = (down[index] + up[index]) / 2;
  });
  // No column is higher than the highest has to be.
  y = room;
  for (const spot of [...column].reverse()) {
    spot.y = Math.min(spot.y, y - extent(spot).height / 2);
    y = spot.y - extent(spot).height / 2;
  }
  y = -room;
  for (const spot of column) {
    spot.y = Math.max(spot.y, y + extent(spot).height / 2);
    y = spot.y + extent(spot).height / 2;
  }
}

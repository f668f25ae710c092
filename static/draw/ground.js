/**
 * Ground that one picture leaves free for another, which may come later: where it may draw, and how the paper around it is divided.
 */

/** @typedef {{plan: import("./plan.js").Plan, group: SVGGElement, names: SVGElement}} Ground  `group`: to draw in; `names`: the gutter at the left */
/** @typedef {{ground: Ground | null, hear: ((ground: Ground) => void) | null}} Place */

/** @type {WeakMap<Node, Place>} */
const places = new WeakMap();

/** @param {Node} node @returns {Place} */
function placeOf(node) {
  const found = places.get(node) ?? { ground: null, hear: null };
  places.set(node, found);
  return found;
}

/** The paper was divided anew. @param {Node} node  of the view that may draw @param {Ground} ground */
export function leave(node, ground) {
  const place = placeOf(node);
  place.ground = ground;
  place.hear?.(ground);
}

/** Hears of the ground, now and whenever it changes. @param {Node} node @param {(ground: Ground) => void} hear */
export function settleOn(node, hear) {
  const place = placeOf(node);
  place.hear = hear;
  if (place.ground) hear(place.ground);
}

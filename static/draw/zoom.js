/**
 * From one depth to the next: the numbers of a step grow out of their column into the cell, and shrink back into it. What flies is a copy,
 * so that neither picture has to wait for the other.
 */

import { svg } from "./dom.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{node: SVGGraphicsElement, from: Box, to: Box}} Flight */

/**
 * How a thing is moved and scaled so that its own box comes to lie on another.
 * @param {{x: number, y: number, width: number, height: number}} own  in its own coordinates
 * @param {Box} box  in the window
 */
export function onto(own, box) {
  const [x, y] = [box.width / Math.max(own.width, 1), box.height / Math.max(own.height, 1)];
  return `translate(${(box.left - own.x * x).toFixed(2)}px, ${(box.top - own.y * y).toFixed(2)}px) scale(${x.toFixed(4)}, ${y.toFixed(4)})`;
}

/**
 * @param {Document} document
 * @param {Flight[]} flights
 * @param {number} duration  milliseconds
 */
export function fly(document, flights, duration) {
  if (flights.length === 0) return;
  const air = svg(document, "svg", { class: "cell-figure zoom", "aria-hidden": "true" });
  const runs = flights.map(({ node, from, to }) => {
    const own = node.getBBox();
    const copy = /** @type {SVGGElement} */ (node.cloneNode(true));
    copy.removeAttribute("transform");
    const holder = svg(document, "g", {}, copy);
    air.append(holder);
    return holder.animate([{ transform: onto(own, from) }, { transform: onto(own, to) }], { duration, easing: "ease-in-out", fill: "both" });
  });
  document.body.append(air);
  void Promise.allSettled(runs.map((run) => run.finished)).then(() => air.remove());
}

/**
 * Where the numbers of a step stand in the strip, and where in the cell.
 * @param {Document} document
 * @param {{drawn: {node: SVGGElement}, group: SVGGElement}[]} places
 * @param {number} step
 * @param {boolean} into  from the strip into the cell
 * @returns {Flight[]}
 */
export function between(document, places, step, into) {
  return places.flatMap(({ drawn: { node }, group }) => {
    const strip = document.querySelector(`[data-view="strip"] [data-address="${group.getAttribute("data-address")}"][data-step="${step}"]`)?.getBoundingClientRect();
    const cell = node.getBoundingClientRect();
    // What is drawn in one of the two alone has nowhere to fly to.
    if (!strip?.width || !cell.width) return [];
    return [into ? { node, from: strip, to: cell } : { node, from: cell, to: strip }];
  });
}

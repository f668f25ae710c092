/**
 * What moves when an equation is executed: numbers run along the wires to the signs where they meet, what comes out runs on, and all of it is in view.
 */

import { svg } from "./dom.js";
import { enlarged } from "./enlarged.js";

/** @typedef {{wire: import("./layouts.js").Wire, text: string, phase: number}} Load */

/** Of a number on its way: its height, and its width by its length. */
const PILL = { height: 20, each: 7.4, least: 22 };

/**
 * In which order the wires of one equation are run along: a wire leaves an operation when all that it reads has arrived.
 * @param {{from: string, to: string}[]} wires
 * @returns {number[]}  the phase of each
 */
export function phases(wires) {
  /** @type {(id: string, seen: string[]) => number} */
  const depth = (id, seen) => (seen.includes(id) ? 0 : Math.max(-1, ...wires.filter(({ to }) => to === id).map(({ from }) => depth(from, [...seen, id]))) + 1);
  return wires.map(({ from }) => depth(from, []));
}

/**
 * @param {Document} document
 * @param {SVGSVGElement} figure
 * @param {Load[]} loads
 * @param {{duration: number, back: boolean}} how
 */
export function carry(document, figure, loads, { duration, back }) {
  const count = Math.max(0, ...loads.map(({ phase }) => phase)) + 1;
  const each = duration / count;
  for (const { wire, text, phase } of loads) {
    if (!text) continue;
    const width = Math.max(PILL.least, text.length * PILL.each + 8);
    const bead = svg(document, "g", { class: back ? "bead is-back" : "bead", "aria-hidden": "true" },
      svg(document, "rect", { x: -width / 2, y: -PILL.height / 2, width, height: PILL.height, rx: PILL.height / 2 }),
      svg(document, "text", { y: 4.5, text }));
    bead.style.setProperty("offset-path", `path("${wire.d}")`);
    figure.append(bead);
    const way = [{ offsetDistance: "0%", opacity: 1 }, { offsetDistance: "100%", opacity: 1 }];
    const run = bead.animate(back ? way.reverse() : way, { duration: each, delay: (back ? count - 1 - phase : phase) * each, easing: "ease-in-out", fill: "none" });
    run.onfinish = run.oncancel = () => bead.remove();
  }
}

/**
 * One equation: its numbers run, and what comes out is not there before it has arrived.
 * @param {Document} document
 * @param {import("./cellfigure.js").CellFigure} figure
 * @param {{wires: import("./cellfigure.js").DrawnWire[], isResult: (id: string) => boolean, textOf: (wire: import("./layouts.js").Wire) => string, duration: number, back: boolean}} how
 */
export function execute(document, { figure, places }, { wires, isResult, textOf, duration, back }) {
  const order = phases(wires.map(({ wire }) => wire));
  // Of the input there is no single number: it is read whole.
  carry(document, figure, wires.map(({ wire }, at) => ({ wire, phase: order[at], text: wire.stub ? "" : textOf(wire) })), { duration, back });
  if (back) return;
  for (const { node, group } of places) {
    if (node.kind !== "value" || node.id.includes(":") || !isResult(node.id)) continue;
    for (const part of group.querySelectorAll(".figure, .number, .disc, .half")) part.animate([{ opacity: 0 }, { opacity: 0, offset: 0.92 }, { opacity: 1 }], { duration });
  }
}

/** What is kept between the equation that is executed and the edge of the room. */
const EDGE = 16;

/**
 * Where a drawing scrolls, what is executed comes into view, and where that is broader than the room, its result.
 * @param {HTMLElement} stage
 * @param {boolean} motion
 */
export function follow(stage, motion) {
  const room = stage.getBoundingClientRect();
  const present = [...stage.querySelectorAll(".standing.is-present")].map((group) => group.getBoundingClientRect());
  if (!present.length) return;
  const by = enlarged(stage);
  const past = (/** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ size) => (last > size - EDGE ? last - size + EDGE : first < EDGE ? first - EDGE : 0) / by;
  stage.scrollBy({
    left: past(Math.min(...present.map(({ left }) => left)) - room.left, Math.max(...present.map(({ right }) => right)) - room.left, room.width),
    top: past(Math.min(...present.map(({ top }) => top)) - room.top, Math.max(...present.map(({ bottom }) => bottom)) - room.top, room.height),
    behavior: motion ? "smooth" : "instant",
  });
}

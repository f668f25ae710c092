/**
 * A column of very many units inside the cell: bands of colour, all of one shade in one shape, so that a hundred units cost little more than ten.
 * Its points, unlike the way of a path, are no style: a browser asks no style sheet about them.
 */

import { gate, role, signed } from "./colour.js";
import { set, setStyle, setText, svg, toggle } from "./dom.js";
import { share } from "./scale.js";

const SHADES = 8;
const PAD = 4;
/** Bands that are at least so high stand apart. */
const APART = 3;
const GAP = 0.5;
/** An open gate is a long bar as well as a full one; the shortest can still be seen. */
const SHORTEST = 1;
/** From the wire above a gate to what shut and open mean. */
const TICK = 8;

/** Beside the unit that is spoken of: without a point, which on a wire would be that of an arrow. @param {number} width @param {number} y @param {number} each  how high a unit is */
export function cursorAt(width, y, each) {
  const half = Math.min(5, Math.max(3, each / 2 - 1));
  return `M${-width / 2 - 7} ${y - half} h3 v${2 * half} h-3 z`;
}

/**
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {import("./layouts.js").Place} place
 * @param {{units: number, role: string}} what
 */
export function heatColumn(document, node, { width = 44, height: room = 88, share: shared, ticks: marked, tap }, { units, role: kind }) {
  const gated = kind === "gate";
  const high = room - 2 * PAD;
  const each = high / units;
  const inner = width - 2 * PAD;
  const thick = each < APART ? each : each - GAP;
  /** Where bands of every length begin. */
  const [side, on] = tap && shared === "kept" ? [inner / 2, -1] : [-inner / 2, 1];
  const shell = svg(document, "rect", { class: "shell", x: -width / 2, y: -room / 2, width, height: room, rx: 9 });
  setStyle(shell, "stroke", kind === "state" ? "var(--line-state)" : role(kind));
  const track = svg(document, "rect", { class: shared ? "rest" : "track", x: -inner / 2, y: -high / 2, width: inner, height: high });
  const ticks = marked ? [-1, 1].map((end) => svg(document, "text", { class: "tick", x: end * TICK, y: -room / 2 - 6, "text-anchor": end < 0 ? "end" : "start" })) : [];
  const shades = Array.from({ length: 2 * SHADES + 1 }, (_, index) => {
    const shape = svg(document, "polygon", { class: "shade" });
    const part = index / SHADES - 1;
    setStyle(shape, "fill", gated ? gate((part + 1) / 2) : signed(part));
    return shape;
  });
  const endless = svg(document, "polygon", { class: "shade" });
  setStyle(endless, "fill", "var(--alarm)");
  const hidden = svg(document, "text", { class: "figure", y: 5, "font-size": 14.5 });
  const cursor = svg(document, "path", { class: "cursor", visibility: "hidden" });
  node.append(shell, ...(gated ? [track] : []), ...ticks, ...shades, endless, hidden, cursor);
  return {
    full: false,
    /** @param {{value: (unit: number) => number, bound: number, known: boolean, unit: number, ticks?: string[]}} paint */
    paint({ value, bound, known, unit, ticks: meant = [] }) {
      toggle(node, "is-hidden", !known);
      setText(hidden, known ? "" : "?");
      ticks.forEach((tick, at) => setText(tick, meant[at] ?? ""));
      const ways = shades.map(() => "");
      let alarm = "";
      for (let at = 0; known && at < units; at++) {
        const now = value(at);
        if (now !== now) continue;
        const long = gated ? Math.max(SHORTEST, inner * share(Math.max(0, now), 1)) : inner;
        const end = (side + on * long).toFixed(1);
        const [top, bottom] = [at * each - high / 2, at * each - high / 2 + thick].map((y) => y.toFixed(2));
        // From band to band along the side at which all begin: nothing is filled between them.
        const band = `${side},${top} ${end},${top} ${end},${bottom} ${side},${bottom} `;
        if (now === Infinity || now === -Infinity) alarm += band;
        else ways[Math.round((gated ? 2 * share(now, 1) - 1 : share(now, bound)) * SHADES) + SHADES] += band;
      }
      shades.forEach((shade, index) => set(shade, "points", ways[index]));
      set(endless, "points", alarm);
      set(cursor, "visibility", unit < units ? "visible" : "hidden");
      set(cursor, "d", cursorAt(width, (unit + 0.5) * each - high / 2, each));
    },
  };
}

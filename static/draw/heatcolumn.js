/** A column of very many units inside the cell: bands of colour, all of one shade in one path, so that a hundred units cost little more than ten. */

import { gate, role, signed } from "./colour.js";
import { set, setStyle, svg, toggle } from "./dom.js";
import { share } from "./scale.js";

const SHADES = 8;
const PAD = 4;

/**
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {{width?: number, height?: number}} place
 * @param {{units: number, role: string}} what
 */
export function heatColumn(document, node, { width = 44, height: room = 88 }, { units, role: kind }) {
  const gated = kind === "gate";
  const high = room - 2 * PAD;
  const each = high / units;
  const inner = width - 2 * PAD;
  const shell = svg(document, "rect", { class: "shell", x: -width / 2, y: -room / 2, width, height: room, rx: 9 });
  setStyle(shell, "stroke", kind === "state" ? "var(--line-state)" : role(kind));
  const shades = Array.from({ length: 2 * SHADES + 1 }, (_, index) => {
    const path = svg(document, "path", { class: "shade" });
    const part = index / SHADES - 1;
    setStyle(path, "fill", gated ? gate((part + 1) / 2) : signed(part));
    return path;
  });
  const endless = svg(document, "path", { class: "shade" });
  setStyle(endless, "fill", "var(--alarm)");
  const hidden = svg(document, "text", { class: "figure", y: 5, "font-size": 14.5 });
  const cursor = svg(document, "path", { class: "cursor", visibility: "hidden" });
  node.append(shell, ...shades, endless, hidden, cursor);
  return {
    full: false,
    /** @param {{value: (unit: number) => number, bound: number, known: boolean, unit: number}} paint */
    paint({ value, bound, known, unit }) {
      toggle(node, "is-hidden", !known);
      hidden.textContent = known ? "" : "?";
      const ways = shades.map(() => "");
      let alarm = "";
      for (let at = 0; known && at < units; at++) {
        const now = value(at);
        if (now !== now) continue;
        const band = `M${-inner / 2} ${(at * each - high / 2).toFixed(2)}h${inner}v${each.toFixed(2)}h${-inner}z`;
        if (now === Infinity || now === -Infinity) alarm += band;
        else ways[Math.round((gated ? 2 * share(now, 1) - 1 : share(now, bound)) * SHADES) + SHADES] += band;
      }
      shades.forEach((shade, index) => set(shade, "d", ways[index]));
      set(endless, "d", alarm);
      set(cursor, "visibility", unit < units ? "visible" : "hidden");
      const y = (unit + 0.5) * each - high / 2;
      set(cursor, "d", `M${-width / 2 - 8} ${y - 4} l5 4 l-5 4 z`);
    },
  };
}

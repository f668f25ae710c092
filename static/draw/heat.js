/**
 * Very many units at one step: bands of colour, all bands of one shade in one path, so that a hundred units cost as little as eleven.
 */

import { gate, gradient, signed } from "./colour.js";
import { set, setStyle, svg, toggle } from "./dom.js";
import { magnitude, share } from "./scale.js";

/** @typedef {import("./slots.js").Size} Size */
/** @typedef {import("./slots.js").Slot} Slot */
/** @typedef {import("./slots.js").Paint} Paint */

/** From this many units on. */
export const CROWDED = 17;
const SHADES = 5;

/**
 * @param {Document} document
 * @param {Size} size
 * @param {"value" | "memory" | "gate" | "gradient"} kind
 * @returns {Slot}
 */
export function heatSlot(document, size, kind) {
  const high = size.units * (size.height + size.gap) - size.gap;
  const node = svg(document, "g", { class: `slot slot-${kind}` });
  const unit = svg(document, "g");
  const track = svg(document, "rect", { class: "track", width: size.width, height: high, rx: 4 });
  const shades = Array.from({ length: 2 * SHADES + 1 }, (_, index) => {
    const path = svg(document, "path", { class: "shade" });
    const part = (index - SHADES) / SHADES;
    setStyle(path, "fill", kind === "gate" ? gate((part + 1) / 2) : kind === "gradient" ? gradient((part + 1) / 2) : signed(part));
    return path;
  });
  const label = svg(document, "text", { class: "figure question", x: size.width / 2, y: high / 2 });
  unit.append(track, ...shades, label);
  node.append(unit);
  return {
    node, units: [unit],
    paint({ value, reach, question, bound = 1, top = 0 }) {
      toggle(node, "is-later", reach === "later");
      toggle(node, "is-hidden", reach === "hidden");
      label.textContent = question ? "?" : "";
      const ways = shades.map(() => "");
      let endless = false;
      for (let at = 0; reach !== "hidden" && at < size.units; at++) {
        const now = value(at);
        if (now !== now) continue;
        endless ||= now === Infinity || now === -Infinity;
        const part = kind === "gradient" ? 2 * magnitude(now, top) - 1 : kind === "gate" ? 2 * share(now, 1) - 1 : share(now, bound);
        ways[Math.round(part * SHADES) + SHADES] += `M0 ${(at * (size.height + size.gap)).toFixed(1)}h${size.width}v${size.height.toFixed(1)}h-${size.width}z`;
      }
      shades.forEach((shade, index) => set(shade, "d", ways[index]));
      toggle(node, "is-overflow", endless);
    },
  };
}

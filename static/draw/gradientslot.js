/**
 * The gradient of one symbol at one step: a column of its units.
 */

import { gradient, onGradient } from "./colour.js";
import { set, setStyle, setText, svg, toggle } from "./dom.js";
import { tight } from "./format.js";
import { magnitude } from "./scale.js";
import { asking, column, roomFor } from "./slots.js";

/** @typedef {import("./slots.js").Size} Size */

/** Beyond the end of its scale a gradient is marked, never drawn longer. */
const MARK = 8;

/**
 * Gradients: size by depth of colour on a logarithmic scale; the number carries the sign. A bar grows from the right, the way they travel.
 * @param {Document} document
 * @param {Size} size
 */
export function gradientSlot(document, size) {
  const room = roomFor(size);
  const corner = Math.min(6, size.height / 3);
  return asking(document, size, column(document, size, "gradient", (unit, at) => {
    const track = svg(document, "rect", { class: "track", width: size.width, height: size.height, rx: corner });
    const box = svg(document, "rect", { class: "box", height: size.height, rx: corner });
    const label = svg(document, "text", { x: size.width / 2, y: size.height / 2 + size.type * 0.36, "font-size": size.type, class: "figure" });
    const clip = svg(document, "path", { class: "clip", d: `M0 0 h${MARK} l${-MARK} ${MARK} z`, visibility: "hidden" });
    unit.append(track, box, clip, label);
    return ({ value, reach, top = 0, whole }) => {
      const now = value(at);
      const known = reach !== "hidden" && now === now;
      const part = known ? magnitude(now, top) : 0;
      const long = room ? size.width : Math.max(1, part * size.width);
      set(box, "width", long.toFixed(1));
      set(box, "x", (size.width - long).toFixed(1));
      setStyle(box, "fill", known ? gradient(part) : "");
      set(clip, "visibility", known && Math.abs(now) > 10 ** top && Math.abs(now) < Infinity ? "visible" : "hidden");
      toggle(unit, "is-overflow", reach !== "hidden" && (now === Infinity || now === -Infinity));
      setText(label, known && room ? tight(now, room, whole) : "");
      setStyle(label, "fill", known && reach === "shown" ? onGradient(part) : "");
    };
  }));
}

/**
 * One symbol at one step of the strip: a column of its units. Made once, painted often.
 */

import { gate, onSigned, signed } from "./colour.js";
import { set, setStyle, setText, svg, toggle } from "./dom.js";
import { decimals, fit, length, remnant } from "./format.js";
import { share } from "./scale.js";

/** @typedef {"shown" | "later" | "hidden"} Reach */
/**
 * @typedef {object} Size
 * @property {number} width
 * @property {number} height  of one unit
 * @property {number} gap  between units
 * @property {number} units
 * @property {number} type  size of the digits, 0 when there is no room for any
 */
/**
 * @typedef {object} Paint
 * @property {(unit: number) => number} value
 * @property {Reach} reach
 * @property {boolean} [question]  a hidden value that is asked for
 * @property {number} [bound]  of the signed scale
 * @property {number} [top]  of the logarithmic scale
 * @property {boolean} [whole]
 * @property {boolean} [faded]  what is left of it became little by little less
 * @property {(opening: number) => string} [word]
 */
/** @typedef {{node: SVGGElement, units: SVGGElement[], paint: (paint: Paint) => void}} Slot */

/** Digits of the text face, as a share of its size; the bold ones of a memory are broader. */
const DIGIT = 0.61;
const BOLD = 0.65;
/** What digits, and a word in a bar, need beside themselves. */
const BESIDE = 6;
const CLOSE = 6;

/**
 * @param {Document} document
 * @param {Size} size
 * @param {string} kind
 * @param {(unit: SVGGElement, at: number) => (paint: Paint) => void} make
 * @returns {Slot}
 */
export function column(document, size, kind, make) {
  const node = svg(document, "g", { class: `slot slot-${kind}` });
  /** @type {SVGGElement[]} */
  const units = [];
  const painters = Array.from({ length: size.units }, (_, at) => {
    const unit = svg(document, "g", { transform: `translate(0 ${at * (size.height + size.gap)})` });
    units.push(unit);
    node.append(unit);
    return make(unit, at);
  });
  return {
    node, units,
    paint(paint) {
      toggle(node, "is-later", paint.reach === "later");
      toggle(node, "is-hidden", paint.reach === "hidden");
      for (const each of painters) each(paint);
    },
  };
}

/** @param {Size} size */
export function roomFor(size) {
  return size.type ? (size.width - BESIDE) / (size.type * DIGIT) : 0;
}

/** The largest digits, in tenths, with which a text has room. @param {number} width @param {string} text */
export function typeFor(width, text) {
  return Math.floor((10 * (width - BESIDE)) / (length(text) * BOLD)) / 10;
}

/**
 * Signed values: a coloured box with its number, or, without room for one, a bar from the left.
 * @param {Document} document
 * @param {Size} size
 * @param {"value" | "memory"} kind
 */
export function valueSlot(document, size, kind) {
  const room = roomFor(size);
  const alone = kind === "memory" && size.units === 1;
  const corner = Math.min(kind === "memory" ? 8 : 6, size.height / 3);
  const slot = column(document, size, kind, (unit, at) => {
    const box = svg(document, "rect", { class: "box", width: size.width, height: size.height, rx: corner });
    const clip = svg(document, "path", { class: "clip", d: `M${size.width - 8} 0 h8 v8 z`, visibility: "hidden" });
    const label = svg(document, "text", { x: size.width / 2, y: size.height / 2 + size.type * 0.36, "font-size": size.type, class: "figure" });
    const back = room ? null : svg(document, "rect", { class: "track", width: size.width, height: size.height, rx: corner });
    if (back) unit.append(back);
    unit.append(box, clip, label);
    return ({ value, reach, bound = 1, whole, faded }) => {
      const now = value(at);
      const known = reach !== "hidden" && now === now;
      const most = decimals(bound);
      const part = share(now, bound);
      setStyle(box, "fill", known ? signed(part) : "");
      if (back) set(box, "width", known ? Math.max(1, Math.abs(part) * size.width) : size.width);
      set(clip, "visibility", known && Math.abs(now) > bound ? "visible" : "hidden");
      toggle(unit, "is-overflow", reach !== "hidden" && (now === Infinity || now === -Infinity));
      setText(label, !known || !room ? "" : alone ? remnant(now, room, { whole, most, faded }) : fit(now, room, whole, most));
      setStyle(label, "fill", known && reach === "shown" ? onSigned(part) : "");
    };
  });
  return asking(document, size, slot);
}

/**
 * A slot that can ask for what it hides.
 * @param {Document} document
 * @param {Size} size
 * @param {ReturnType<typeof column>} slot
 */
export function asking(document, size, slot) {
  const high = size.units * (size.height + size.gap) - size.gap;
  const mark = svg(document, "text", { class: "figure question", x: size.width / 2, y: high / 2 });
  slot.node.append(mark);
  return {
    ...slot,
    /** @param {Paint} paint */
    paint(paint) {
      slot.paint(paint);
      setText(mark, paint.question ? "?" : "");
    },
  };
}

/**
 * Gates: a bar as long as the gate is open. One unit alone also says its word.
 * @param {Document} document
 * @param {Size} size
 * @param {string} clip  id of a clip path in the shape of the pill
 */
export function gateSlot(document, size, clip) {
  const room = roomFor(size);
  return asking(document, size, column(document, size, "gate", (unit, at) => {
    const radius = size.units === 1 ? size.height / 2 : Math.min(4, size.height / 3);
    const track = svg(document, "rect", { class: "track", width: size.width, height: size.height, rx: radius });
    const bar = svg(document, "rect", { class: "bar", height: size.height });
    const label = svg(document, "text", { y: size.height / 2 + size.type * 0.36, "font-size": size.type, class: "word" });
    unit.append(track, svg(document, "g", { "clip-path": `url(#${clip})` }, bar), label);
    return ({ value, reach, word }) => {
      const now = value(at);
      const known = reach !== "hidden" && now === now;
      const opening = known ? Math.min(1, Math.max(0, now)) : 0;
      const text = !known || !room ? "" : word?.(now) ?? fit(now, room);
      const wide = text.length * size.type * DIGIT;
      const [filled, free] = [opening * size.width, (1 - opening) * size.width];
      const left = filled >= wide + CLOSE;
      const right = free >= wide + CLOSE;
      // Where it fits closely, it stands in the middle of its side.
      const inset = (/** @type {number} */ side, /** @type {number} */ edge) => Math.min(edge, (side - wide) / 2);
      const between = Boolean(text) && !left && !right;
      const foot = size.height / 2 + size.type * 0.36 - (between ? 1.5 : 0);
      set(bar, "width", (opening * size.width).toFixed(1));
      // Below it the bar is a line, in a low row a thin one: it does not touch the digits.
      set(bar, "y", between ? Math.max(size.height - 4, foot + 1.5) : 0);
      setStyle(bar, "fill", room ? "var(--gate-open)" : gate(0.35 + 0.65 * opening));
      setText(label, text);
      set(label, "x", between ? size.width / 2 : left ? inset(filled, 9) : size.width - inset(free, 8));
      set(label, "y", foot);
      set(label, "text-anchor", between ? "middle" : left ? "start" : "end");
      toggle(label, "on-bar", left && reach === "shown");
    };
  }));
}

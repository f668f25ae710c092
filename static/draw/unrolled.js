/**
 * The nodes of the strip: made once for a plan, afterwards only repainted.
 */

import { role } from "./colour.js";
import { svg } from "./dom.js";
import { CROWDED, heatSlot } from "./heat.js";
import { FOOT, leftOf } from "./plan.js";
import { isWord, letters } from "./symbol.js";
import { gateSlot, valueSlot } from "./slots.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Row} Row */
/** @typedef {import("./slots.js").Slot} Slot */
/** @typedef {{row: Row, slots: Slot[], links: SVGGElement[]}} DrawnRow  a link leads into the step of its place */
/**
 * @typedef {object} Unrolled
 * @property {SVGSVGElement} plot
 * @property {SVGRectElement} frame
 * @property {DrawnRow[]} rows
 * @property {SVGTextElement[]} steps
 * @property {Map<string, SVGTextElement>} starts  the number a state begins with, by address
 */

/** From a memory's first step to where it starts. */
const START = 18;

/**
 * @param {Document} document
 * @param {Plan} plan
 * @param {{steps: number, id: string, under: SVGGElement, over: SVGGElement[]}} what  `under` and `over`: ground for others, below and above the rows
 * @returns {Unrolled}
 */
export function unrolled(document, plan, { steps, id, under, over }) {
  const height = plan.bottom + FOOT;
  const plot = svg(document, "svg", { class: "strip-plot", role: "grid", width: plan.full, height, viewBox: `0 0 ${plan.full} ${height}` });
  const frame = svg(document, "rect", {
    class: "strip-frame", x: plan.left - 8, y: 2, width: plan.width + 16, height: plan.bottom + 10, rx: 12,
  });
  plot.append(frame, under);

  /** @type {Map<string, SVGTextElement>} */
  const starts = new Map();
  const headed = plan.rows.some(({ kind, reverse }) => kind === "memory" && reverse);
  const rows = plan.rows.filter(({ kind }) => !BACKWARD.includes(kind)).map((row) => {
    const group = rowGroup(document, row);
    const links = row.kind === "memory" ? memory(document, plan, row, { steps, headed, group, starts }) : [];
    const clip = `${id}-${row.y}`;
    if (row.kind === "gate") {
      group.append(svg(document, "clipPath", { id: clip },
        svg(document, "rect", { width: row.size.width, height: row.size.height, rx: row.units === 1 ? row.size.height / 2 : Math.min(4, row.size.height / 3) })));
    }
    const slots = cells(plan, row, group, steps, () => {
      const slot = row.units >= CROWDED ? heatSlot(document, row.size, /** @type {"value" | "memory" | "gate"} */ (row.kind === "input" ? "value" : row.kind))
        : row.kind === "gate" ? gateSlot(document, row.size, clip)
        : valueSlot(document, row.size, row.kind === "memory" ? "memory" : "value");
      if (row.kind === "memory") {
        const by = row.units > 1 ? 3 : 0;
        slot.node.append(svg(document, "rect", { class: "shell", x: -by, y: -by, width: row.size.width + 2 * by, height: row.height + 2 * by, rx: by ? 7 : Math.min(8, row.height / 3) }));
      }
      return slot;
    });
    plot.append(group);
    return { row, slots, links };
  });

  const heads = svg(document, "g", { role: "row", class: "strip-steps" });
  const labels = Array.from({ length: steps }, (_, index) => {
    const label = svg(document, "text", { x: leftOf(plan, index + 1) + plan.width / 2, y: plan.bottom + 30 });
    heads.append(svg(document, "g", { role: "columnheader", "data-step": index + 1 }, label));
    return label;
  });
  plot.append(...over, heads);
  return { plot, frame, rows, steps: labels, starts };
}

/** Rows that wait for the views of gradients and losses. @type {import("./plan.js").Kind[]} */
const BACKWARD = ["gradient", "loss", "reach", "target", "cost"];
/** Those of them that are named there too. @type {import("./plan.js").Kind[]} */
const UNNAMED = ["loss", "reach", "target", "cost"];

/** @param {Document} document @param {Row} row */
export function rowGroup(document, row) {
  return svg(document, "g", { role: "row", class: `strip-row row-${row.kind}` });
}

/**
 * The line that carries a memory, from where it starts through every step in the order in which its layer reads them.
 * @param {Document} document
 * @param {Plan} plan
 * @param {Row} row
 * @param {{steps: number, headed: boolean, group: SVGGElement, starts: Map<string, SVGTextElement>}} what  `headed`: with the points of arrows, as there are two ways to go
 */
function memory(document, plan, row, { steps, headed, group, starts }) {
  const middle = row.y + row.height / 2;
  const [first, by] = row.reverse ? [steps, -1] : [1, 1];
  /** The side at which a step is entered, and the one at which it is left. @param {number} step @param {boolean} entered */
  const side = (step, entered) => leftOf(plan, step) + (entered === Boolean(row.reverse) ? plan.width : 0);
  const knot = side(first, true) - by * START;
  const links = Array.from({ length: steps }, (_, index) => {
    const step = index + 1;
    const from = step === first ? knot : side(step - by, false);
    const to = side(step, true);
    return svg(document, "g", { class: "link", "data-name": `${row.address}_prev` }, svg(document, "path", { d: `M${from} ${middle} H${to}` }),
      headed && svg(document, "path", { class: "point", d: `M${to - by * 10} ${middle - 6} L${to - by * 3} ${middle} L${to - by * 10} ${middle + 6}` }));
  });
  const start = svg(document, "text", { class: "start", x: knot, y: middle - 9 });
  starts.set(row.address, start);
  group.append(svg(document, "g", { "aria-hidden": "true" }, ...links, svg(document, "circle", { class: "knot", cx: knot, cy: middle, r: 4 }), start));
  return links;
}

/**
 * A cell of the grid for each step.
 * @template {{node: SVGGElement, units: SVGGElement[]}} S
 * @param {Plan} plan
 * @param {Row} row
 * @param {SVGGElement} group
 * @param {number} steps
 * @param {(step: number) => S} make
 * @returns {S[]}
 */
export function cells(plan, row, group, steps, make) {
  const name = nameOf(row);
  return Array.from({ length: steps }, (_, index) => {
    const slot = make(index + 1);
    for (const [key, value] of Object.entries({
      transform: `translate(${leftOf(plan, index + 1)} ${row.y})`, role: "gridcell", tabindex: "-1", "data-name": name, "data-address": row.address, "data-step": String(index + 1),
    })) slot.node.setAttribute(key, value);
    slot.units.forEach((unit, at) => unit.setAttribute("data-unit", String(at)));
    group.append(slot.node);
    return slot;
  });
}

/** Lower than this, the units of an input share one name. */
const NAMED = 13;
/** Beside rows that are lower, names are smaller; so are words. */
const LOW = 11;
/** On a wall letters are so high; and so broad is one with ∂ before it. */
const [LARGE, BROAD] = [14, 20];
/** Rows that follow sooner leave no room for an index below its letter. */
const HANGING = 18;
/** And in those that follow sooner than this the tail of an f meets the dot of an i, unless both are smaller. */
const TAILED = 17;

/** A row's address; that of a gradient has ∂ before its symbol. @param {{kind: string, address: string}} row */
function nameOf({ kind, address }) {
  return kind === "gradient" ? address.replace(/[^.]+$/, "∂$&") : address;
}

/** @param {string} address */
function bare(address) {
  return address.slice(address.lastIndexOf(".") + 1);
}

/**
 * The names at the left, which stay in view while the steps scroll.
 * @param {Document} document
 * @param {Plan} plan
 * @param {{width: number, roles: (address: string) => string, input: (unit: number) => string, words: boolean, after: string, mark: (layer: string) => string, wall?: boolean}} how  `words`: inputs are words, also of one letter; `mark`: which of several layers a gradient is of
 */
export function names(document, plan, { width, roles, input, words, after, mark, wall }) {
  const node = svg(document, "svg", { class: "strip-names", width, height: plan.bottom + FOOT, "aria-hidden": "true" });
  const right = width - 6;
  /** The letter above, as long as it stands at the right. */
  let above = -Infinity;
  const named = plan.rows.filter(({ kind }) => !UNNAMED.includes(kind));
  for (const [at, row] of named.entries()) {
    const gradient = row.kind === "gradient";
    const name = nameOf(row);
    const middle = row.y + row.height / 2;
    // Closer than they are high, letters stand by turns in two columns.
    const left = middle - above < (wall ? LARGE : LOW);
    const x = left ? right - (gradient ? BROAD : LOW) : right;
    above = left ? -Infinity : middle;
    if (row.kind === "input" && row.units <= 4 && row.size.height >= NAMED) {
      for (let unit = 0; unit < row.units; unit++) {
        const y = row.y + unit * (row.size.height + row.size.gap) + row.size.height / 2 + 5;
        const word = words || isWord(input(unit));
        node.append(svg(document, "text", { class: `name name-unit${word ? " is-word" : ""}`, x: word ? width - 1 : x, y, "data-name": name, "data-unit": unit, fill: role("input"), text: input(unit) }));
      }
      continue;
    }
    const { letter, sub } = letters(bare(name));
    const close = !wall && [named[at - 1], named[at + 1]].some((other) => other && Math.abs(other.y + other.height / 2 - middle) < TAILED);
    const label = svg(document, "text", { class: row.height < LOW || close || isWord(letter) ? "name is-low" : "name", x, y: middle + 5, "data-name": name, fill: role(gradient ? "gradient" : roles(row.address)) });
    label.append(letter, ...(sub ? [svg(document, "tspan", { class: "name-sub", dy: named[at + 1]?.y - row.y < HANGING ? 1 : 4, text: sub })] : []));
    node.append(label);
    const layer = gradient ? mark(row.layer) : "";
    if (layer) node.append(svg(document, "text", { class: "name-mark", x: 2, y: middle + 4, text: layer }));
    if (row.kind === "memory" && row.height >= 34 && after) {
      label.setAttribute("y", String(middle + 1));
      // Chinese stands as high as its line: a letter's tail would go through it.
      node.append(svg(document, "text", { class: "name-note", x, y: middle + (/[gjpqy]/.test(letter) ? 17 : 14), text: after }));
    }
  }
  return node;
}

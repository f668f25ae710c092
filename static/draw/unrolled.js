/**
 * The nodes of the strip: made once for a plan, afterwards only repainted.
 */

import { role } from "./colour.js";
import { svg } from "./dom.js";
import { CROWDED, heatSlot } from "./heat.js";
import { FOOT, leftOf } from "./plan.js";
import { isWord, letters } from "./symbol.js";
import { gateSlot, gradientSlot, valueSlot } from "./slots.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Row} Row */
/** @typedef {import("./slots.js").Slot} Slot */
/** @typedef {{row: Row, slots: Slot[], links: SVGPathElement[], heads: SVGPathElement[]}} DrawnRow */
/**
 * @typedef {object} Unrolled
 * @property {SVGSVGElement} plot
 * @property {SVGRectElement} frame
 * @property {DrawnRow[]} rows
 * @property {SVGTextElement[]} steps
 * @property {Map<string, SVGTextElement>} starts  the number a state begins with, by address
 */

/**
 * @param {Document} document
 * @param {Plan} plan
 * @param {{steps: number, roles: (address: string) => string, id: string}} what
 * @returns {Unrolled}
 */
export function unrolled(document, plan, { steps, roles, id }) {
  const height = plan.bottom + FOOT;
  const plot = svg(document, "svg", { class: "strip-plot", role: "grid", width: plan.full, height, viewBox: `0 0 ${plan.full} ${height}` });
  const frame = svg(document, "rect", {
    class: "strip-frame", x: plan.left - 8, y: 2, width: plan.width + 16, height: plan.bottom + 10, rx: 12,
  });
  plot.append(frame);

  /** @type {Map<string, SVGTextElement>} */
  const starts = new Map();
  const rows = plan.rows.map((row) => {
    const group = svg(document, "g", { role: "row", class: `strip-row row-${row.kind}` });
    const middle = row.y + row.height / 2;
    /** @type {SVGPathElement[]} */
    const links = [];
    /** @type {SVGPathElement[]} */
    const heads = [];
    if (row.kind === "memory") {
      for (let step = 1; step <= steps; step++) {
        const to = leftOf(plan, step);
        const from = step === 1 ? to - 18 : leftOf(plan, step - 1) + plan.width;
        links.push(svg(document, "path", { class: "link", d: `M${from} ${middle} H${to}`, "data-name": `${row.address}_prev` }));
      }
      const start = svg(document, "text", { class: "start", x: plan.left - 18, y: middle - 9 });
      starts.set(row.address, start);
      group.append(svg(document, "g", { "aria-hidden": "true" }, ...links, svg(document, "circle", { class: "knot", cx: plan.left - 18, cy: middle, r: 4 }), start));
    }
    if (row.kind === "gradient" && roles(row.address) === "state") {
      for (let step = 1; step < steps; step++) {
        const from = leftOf(plan, step + 1) - 2;
        const to = leftOf(plan, step) + plan.width + 2;
        links.push(svg(document, "path", { class: "link", d: `M${from} ${middle} H${to + 4}` }));
        heads.push(svg(document, "path", { class: "head", d: `M${to + 7} ${middle - 5.5} L${to} ${middle} L${to + 7} ${middle + 5.5}` }));
      }
      group.append(svg(document, "g", { "aria-hidden": "true" }, ...links, ...heads));
    }
    const clip = `${id}-${row.kind}-${Math.round(row.size.width)}`;
    if (row.kind === "gate") {
      group.append(svg(document, "clipPath", { id: `${clip}-${row.y}` },
        svg(document, "rect", { width: row.size.width, height: row.size.height, rx: row.units === 1 ? row.size.height / 2 : Math.min(4, row.size.height / 3) })));
    }
    const slots = Array.from({ length: steps }, (_, index) => {
      const slot = row.units >= CROWDED ? heatSlot(document, row.size, row.kind === "input" ? "value" : row.kind)
        : row.kind === "gradient" ? gradientSlot(document, row.size)
        : row.kind === "gate" ? gateSlot(document, row.size, `${clip}-${row.y}`)
        : valueSlot(document, row.size, row.kind === "memory" ? "memory" : "value");
      slot.node.setAttribute("transform", `translate(${leftOf(plan, index + 1)} ${row.y})`);
      if (row.kind === "memory") {
        const by = row.units > 1 ? 3 : 0;
        slot.node.append(svg(document, "rect", { class: "shell", x: -by, y: -by, width: row.size.width + 2 * by, height: row.height + 2 * by, rx: by ? 7 : Math.min(8, row.height / 3) }));
      }
      for (const [key, value] of Object.entries({
        role: "gridcell", tabindex: "-1", "data-name": row.kind === "gradient" ? `${prefix(row.address)}.∂${bare(row.address)}` : row.address,
        "data-address": row.address, "data-step": String(index + 1),
      })) slot.node.setAttribute(key, value);
      slot.units.forEach((unit, at) => unit.setAttribute("data-unit", String(at)));
      group.append(slot.node);
      return slot;
    });
    plot.append(group);
    return { row, slots, links, heads };
  });

  const heads = svg(document, "g", { role: "row", class: "strip-steps" });
  const labels = Array.from({ length: steps }, (_, index) => {
    const label = svg(document, "text", { x: leftOf(plan, index + 1) + plan.width / 2, y: plan.bottom + 33 });
    heads.append(svg(document, "g", { role: "columnheader", "data-step": index + 1 }, label));
    return label;
  });
  plot.append(heads);
  return { plot, frame, rows, steps: labels, starts };
}

/** Lower than this, the units of an input share one name. */
const NAMED = 13;

/** @param {string} address */
function prefix(address) {
  return address.slice(0, address.lastIndexOf("."));
}

/** @param {string} address */
function bare(address) {
  return address.slice(address.lastIndexOf(".") + 1);
}

/**
 * The names at the left, which stay in view while the steps scroll.
 * @param {Document} document
 * @param {Plan} plan
 * @param {{roles: (address: string) => string, input: (unit: number) => string, after: string, layerMark: (layer: string) => string}} words
 */
export function names(document, plan, { roles, input, after, layerMark }) {
  const node = svg(document, "svg", { class: "strip-names", width: 34, height: plan.bottom + FOOT, "aria-hidden": "true" });
  for (const row of plan.rows) {
    const gradient = row.kind === "gradient";
    const symbol = gradient ? `∂${bare(row.address)}` : bare(row.address);
    const middle = row.y + row.height / 2;
    const name = gradient ? `${prefix(row.address)}.${symbol}` : row.address;
    if (row.kind === "input" && row.units <= 4 && row.size.height >= NAMED) {
      for (let unit = 0; unit < row.units; unit++) {
        const y = row.y + unit * (row.size.height + row.size.gap) + row.size.height / 2 + 5;
        const word = isWord(input(unit));
        node.append(svg(document, "text", { class: `name name-unit${word ? " is-word" : ""}`, x: word ? 33 : 28, y, "data-name": name, "data-unit": unit, fill: role("input"), text: input(unit) }));
      }
      continue;
    }
    const label = svg(document, "text", { class: "name", x: 28, y: middle + 5, "data-name": name, fill: role(gradient ? "gradient" : roles(row.address)) });
    const { letter, sub } = letters(symbol);
    label.append(letter, ...(sub ? [svg(document, "tspan", { class: "name-sub", dy: 4, text: sub })] : []));
    const mark = layerMark(row.layer);
    if (mark) label.append(svg(document, "tspan", { class: "name-layer", dy: -6, text: mark }));
    node.append(label);
    if (row.kind === "memory" && row.height >= 34 && after) {
      label.setAttribute("y", String(middle + 1));
      node.append(svg(document, "text", { class: "name-note", x: 28, y: middle + 14, text: after }));
    }
  }
  return node;
}

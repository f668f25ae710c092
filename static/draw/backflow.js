/**
 * The gradients below the strip: against time, from the step at which the error enters. Made once for a plan, afterwards only repainted.
 */

import { set, setText, svg, toggle } from "./dom.js";
import { CROWDED, heatSlot } from "./heat.js";
import { gradientSlot } from "./gradientslot.js";
import { leftOf } from "./plan.js";
import { cells, rowGroup } from "./unrolled.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Row} Row */
/** @typedef {import("./slots.js").Slot} Slot */
/** @typedef {{row: Row, slots: Slot[], flows: SVGPathElement[]}} DrawnGradient  a flow leads out of the step of its place */
/** @typedef {{node: SVGGElement, units: SVGGElement[], paint: (chosen: boolean, label: string, above?: boolean) => void}} Choice */
/** @typedef {{node: SVGGElement, units: SVGGElement[], paint: (norm: string, share: string, part: number, marked: boolean) => void}} Part */

/** The point of an arrow, and its least and greatest thickness. */
const POINT = { long: 9, wide: 4 };
const THICK = { least: 1.5, most: 30 };
/** Of the places where the error may enter. */
const RING = { chosen: 8.5, free: 5, off: 15, near: 12, clear: 2, above: 15 };
/** So wide is a letter of a step's name, and a character that is as wide as high. */
const LETTER = { narrow: 6.8, wide: 12.5 };
/** From these widths on a step has a name and not only a number, and both norm and share have room. */
const SPELT = 49;
const BOTH = 84;

/**
 * An arrow between two neighbours, as thick at each end as its gradient is large.
 * @param {Plan} plan
 * @param {Row} row
 * @param {number} step  that it leaves
 * @param {number} from  share of the scale there
 * @param {number} to  and where it arrives
 */
export function arrow(plan, row, step, from, to) {
  const middle = row.y + row.height / 2;
  const most = Math.min(THICK.most, row.height);
  const half = (/** @type {number} */ share) => Math.max(THICK.least, share * most) / 2;
  const [near, far] = [half(from), half(to)];
  const way = row.reverse ? 1 : -1;
  const start = leftOf(plan, step) + (row.reverse ? plan.width + 1 : -1);
  const end = start + way * (plan.pitch - plan.width - 2);
  const neck = end - way * Math.min(POINT.long, (plan.pitch - plan.width) / 2);
  const wing = Math.min(far + POINT.wide, row.height / 2 + POINT.wide);
  return `M${start} ${middle - near} L${neck} ${middle - far} V${middle - wing} L${end} ${middle} L${neck} ${middle + wing} V${middle + far} L${start} ${middle + near}Z`;
}

/**
 * @param {Document} document
 * @param {Plan} plan
 * @param {{steps: number, carried: (address: string) => boolean}} what  `carried`: read one step later, so that its gradient flows between steps
 */
export function backflow(document, plan, { steps, carried }) {
  /** @type {DrawnGradient[]} */
  const rows = [];
  /** @type {Choice[]} */
  let losses = [];
  /** @type {Part[]} */
  let parts = [];
  const groups = plan.rows.flatMap((row) => {
    if (row.kind !== "gradient" && row.kind !== "loss" && row.kind !== "reach") return [];
    const group = rowGroup(document, row);
    if (row.kind === "loss") losses = cells(plan, row, group, steps, () => choice(document, row));
    else if (row.kind === "reach") parts = cells(plan, row, group, steps, () => part(document, row));
    else {
      const way = row.reverse ? 1 : -1;
      const flows = Array.from({ length: steps }, (_, index) => svg(document, "path", { class: "flow", visibility: index + 1 + way < 1 || index + 1 + way > steps ? "hidden" : null }));
      if (carried(row.address)) group.append(svg(document, "g", { "aria-hidden": "true" }, ...flows));
      const slots = cells(plan, row, group, steps, () => (row.units >= CROWDED ? heatSlot(document, row.size, "gradient") : gradientSlot(document, row.size)));
      rows.push({ row, slots, flows: carried(row.address) ? flows : [] });
    }
    return [group];
  });
  return { groups, rows, losses, parts };
}

/** @param {string} text */
function widthOf(text) {
  return [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? LETTER.wide : LETTER.narrow), 0);
}

/** @param {number} width of a column */
const offName = (width) => (width >= SPELT ? RING.off : RING.near);

/** Whether a ring beside its name would stand against the name before: then all stand above theirs. @param {Plan} plan @param {string[]} names */
export function isTight({ pitch, width }, names) {
  return names.some((name, index) => index > 0 && pitch - (widthOf(names[index - 1]) + widthOf(name)) / 2 - offName(width) < RING.chosen + RING.clear);
}

/** Where the error may enter: a ring beside or above the name of each step, full at the one that is chosen. @param {Document} document @param {Row} row @returns {Choice} */
function choice(document, row) {
  const y = row.height / 2;
  const area = svg(document, "rect", { class: "area", x: -y, width: 2 * y, height: 2 * y });
  const ring = svg(document, "circle", { class: "ring", cy: y });
  const label = svg(document, "text", { class: "loss-name", y: y + 4.5 });
  const place = svg(document, "g", {}, area, ring, label);
  const node = svg(document, "g", { class: "loss" }, place);
  const { width } = row.size;
  return {
    node, units: [],
    paint(chosen, name, above = false) {
      const x = above ? width / 2 : (width - widthOf(name)) / 2 - offName(width);
      set(place, "transform", `translate(${x.toFixed(1)} ${above ? -RING.above : 0})`);
      toggle(node, "is-chosen", chosen);
      set(node, "aria-selected", String(chosen));
      set(ring, "r", chosen ? RING.chosen : RING.free);
      setText(label, chosen ? "L" : "");
    },
  };
}

/** What is left of it at one step: a bar, the norm, the share. @param {Document} document @param {Row} row @returns {Part} */
function part(document, row) {
  const { width } = row.size;
  const bar = svg(document, "rect", { class: "bar", height: 4, rx: 2, y: 2 });
  const wide = width >= BOTH;
  const norm = svg(document, "text", { class: "norm", x: width / 2 - 5, y: 18, "text-anchor": "end" });
  const share = svg(document, "text", { class: "share", x: wide ? width / 2 + 5 : width / 2, y: 18, "text-anchor": wide ? "start" : "middle" });
  const node = svg(document, "g", { class: "part" },
    svg(document, "rect", { class: "area", width, height: row.height }), svg(document, "rect", { class: "track", width, height: 4, rx: 2, y: 2 }), bar, wide && norm, share);
  return {
    node, units: [],
    paint(length, left, filled, marked) {
      const long = Math.max(0, Math.min(1, filled)) * width;
      set(bar, "width", long.toFixed(1));
      set(bar, "x", (width - long).toFixed(1));
      setText(norm, length);
      setText(share, wide ? left : left || length);
      toggle(node, "is-marked", marked);
    },
  };
}

/** Weights of many units: each equation's as one picture, a row for each unit, a column for each number that it is multiplied with. */

import { element, replace, setStyle } from "./dom.js";
import { layer } from "./layer.js";
import { paletteOf } from "./palette.js";
import { picture } from "./picture.js";
import { room } from "./room.js";

/** @typedef {{address: string, index: number[]}} Place */
/** @typedef {{name: string, address: string, role: string, label: string, parts: string[], columns: string}} Line  `parts`: addresses of its parameters, side by side; `columns`: what they are multiplied with */
/** @typedef {number | number[] | number[][]} Nested */

/** Pixels: of all pictures together, of one at most, of one at least, and of a single unit. */
const TOGETHER = 120;
const MOST = 44;
const LEAST = 24;
const ALONE = 14;

/** @param {Nested} part */
const unitsOf = (part) => (Array.isArray(part) ? part.length : 1);

/**
 * All numbers of some parameters, column by column.
 * @param {Nested[]} parts  matrices (units, width), vectors (units,), single numbers
 * @returns {{data: Float64Array, steps: number, units: number, widths: number[]}}
 */
export function together(parts) {
  const units = Math.max(1, ...parts.map(unitsOf));
  const widths = parts.map((part) => (Array.isArray(part) && Array.isArray(part[0]) ? part[0].length : 1));
  const steps = widths.reduce((sum, width) => sum + width, 0);
  const data = new Float64Array(steps * units).fill(NaN);
  let start = 0;
  parts.forEach((part, at) => {
    const rows = Array.isArray(part) ? part : [part];
    rows.forEach((row, unit) => {
      const list = Array.isArray(row) ? row : [row];
      for (let column = 0; column < list.length; column++) data[(start + column) * units + unit] = list[column];
    });
    start += widths[at];
  });
  return { data, steps, units, widths };
}

/**
 * @param {Document} document
 * @param {(place: Place) => void} choose
 */
export function weightPictures(document, choose) {
  const node = element(document, "div", { class: "weight-pictures" });
  /** @type {ReturnType<typeof line>[]} */
  let lines = [];
  let built = "";
  /** @type {Parameters<typeof paint>[0] | null} */
  let last = null;
  let width = 0;
  const size = room(node, () => {
    width = 0;
    if (last) paint(last);
  });

  const line = (/** @type {Line} */ what) => {
    const paper = layer(document, "weight-paper");
    const mark = element(document, "span", { class: "weight-mark", "aria-hidden": "true" });
    const field = element(document, "div", { class: "weight-field", tabindex: "0", role: "application", "aria-label": what.label }, paper.node, mark);
    const own = picture(document);
    let numbers = together([]);
    /** @type {Nested[]} */
    let held = [];
    /** @type {Place | null} */
    let chosen = null;
    /** @type {unknown[]} */
    let painted = [];

    /** @param {number} unit @param {number} column */
    const pick = (unit, column) => {
      let start = 0;
      const at = numbers.widths.findIndex((width) => column < (start += width));
      if (at < 0) return;
      const within = column - start + numbers.widths[at];
      const nested = held[at];
      const index = !Array.isArray(nested) ? [] : Array.isArray(nested[0]) ? [unit, within] : [unit];
      choose({ address: what.parts[at], index });
    };
    /** Where the chosen number stands; null when it is another equation's. */
    const place = () => {
      const at = chosen ? what.parts.indexOf(chosen.address) : -1;
      if (!chosen || at < 0) return null;
      const start = numbers.widths.slice(0, at).reduce((sum, width) => sum + width, 0);
      return { unit: chosen.index[0] ?? 0, column: start + (chosen.index[1] ?? 0) };
    };
    field.addEventListener("click", (event) => {
      const box = field.getBoundingClientRect();
      const unit = Math.floor(((event.clientY - box.top) / box.height) * numbers.units);
      pick(Math.min(numbers.units - 1, Math.max(0, unit)), Math.floor(((event.clientX - box.left) / box.width) * numbers.steps));
    });
    field.addEventListener("keydown", (event) => {
      /** @type {Record<string, [number, number]>} */
      const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -Infinity], End: [0, Infinity] };
      if (!(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      const now = place() ?? { unit: 0, column: 0 };
      const [down, right] = moves[event.key];
      pick(Math.min(numbers.units - 1, Math.max(0, now.unit + down)), Math.min(numbers.steps - 1, Math.max(0, now.column + right)));
    });
    return {
      node: element(document, "div", { class: "weight-line" }, element(document, "span", { class: "symbol matrix-name in-role", "data-name": what.address, "data-role": what.role, text: what.name }), field),
      /** @param {Record<string, Nested>} values */
      isAlone: (values) => what.parts.every((address) => unitsOf(values[address]) === 1),
      /** @param {Record<string, Nested>} values @param {Place | null} now @param {number} bound @param {number} width @param {number} height */
      paint(values, now, bound, width, height) {
        chosen = now;
        const parts = what.parts.map((address) => values[address]);
        if (parts.some((part, index) => part !== held[index])) {
          held = parts;
          numbers = together(parts);
        }
        const palette = paletteOf(document);
        const state = [numbers, bound, palette];
        if (paper.resize(width, height) || state.some((one, index) => one !== painted[index])) {
          painted = state;
          own.update({ ...numbers, first: 1 }, "signed", bound, palette);
          paper.context.clearRect(0, 0, width, height);
          own.paint(paper.context, { x: 0, y: 0, width, height });
        }
        const at = place();
        mark.hidden = at === null;
        if (at) setStyle(mark, "translate", `${((at.column + 0.5) / numbers.steps) * width}px ${((at.unit + 0.5) / numbers.units) * height}px`);
      },
    };
  };

  /** @param {{lines: Line[], values: Record<string, Nested>, chosen: Place | null, bound: number}} what */
  function paint(what) {
    last = what;
    const key = JSON.stringify(what.lines);
    if (key !== built) {
      built = key;
      lines = what.lines.map(line);
      replace(node, ...lines.flatMap((one, at) => {
        const { columns } = what.lines[at];
        return columns === what.lines[at - 1]?.columns ? [one.node] : [element(document, "p", { class: "wide-scale weight-columns", text: columns }), one.node];
      }));
      width = 0;
    }
    width ||= lines[0]?.node.lastElementChild?.clientWidth || size.width;
    const many = lines.filter((one) => !one.isAlone(what.values)).length;
    const high = Math.min(MOST, Math.max(LEAST, Math.floor(TOGETHER / Math.max(1, many))));
    for (const one of lines) one.paint(what.values, what.chosen, what.bound, Math.max(1, width), one.isAlone(what.values) ? ALONE : high);
  }

  return { node, paint, stop: size.stop };
}

/** What the wide view is painted on: its bands, and what moves over them on a layer of its own. */

import { ticks } from "../../draw/axis.js";
import { layer } from "../../draw/layer.js";
import { marks } from "../../draw/marks.js";
import { paletteOf } from "../../draw/palette.js";
import { picture } from "../../draw/picture.js";
import { clamp } from "../../draw/scale.js";
import * as derive from "../../state/derive.js";
import { top } from "./said.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../draw/panorama.js").Band} Band */
/** @typedef {import("../../draw/palette.js").Palette} Palette */
/** @typedef {{layout: Band[], view: {pitch: number, first: number, count: number}, width: number}} Plan  the bands, and the steps in view */

/** Below the bands stand the steps. */
export const FOOT = 18;
/** Words closer to each other read as one. */
const BETWEEN = 5;
/** How strong gradients are that belong to earlier numbers, while those of these are computed. */
const OVERTAKEN = 0.3;
/** A theme's colours change in a style sheet, not in the store. */
const GROUNDS = ["--paper", "--hollow", "--card", "--accent", "--ink", "--muted"];

/** How high the bands are together. @param {Band[]} layout */
export const highOf = (layout) => (layout.at(-1)?.y ?? 0) + (layout.at(-1)?.height ?? 0);

/** @param {Document} document */
export function paper(document) {
  const base = layer(document, "wide-picture");
  const over = layer(document, "wide-marks");
  /** @type {Map<string, ReturnType<typeof picture>>} by kind and address */
  const pictures = new Map();
  /** @type {Palette | null} */
  let colours = null;
  /** @type {Record<string, string>} */
  let tokens = {};
  let dressed = "";
  /** @type {unknown[]} */
  let painted = [];

  const token = (/** @type {string} */ name) => tokens[name] ?? "";

  /** The theme's colours, read once. @param {State} state @param {HTMLElement} field */
  function dress(state, field) {
    const key = [state.theme, derive.direction(state), document.documentElement.dataset.theme].join();
    if (key === dressed && colours) return;
    dressed = key;
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(field);
    const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    tokens = Object.fromEntries([...GROUNDS, "--alarm"].map((name) => [name, read(name)]));
    tokens.font = `${style.fontSize} ${style.fontFamily}`;
    colours = paletteOf(document);
  }

  /** @param {State} state @param {Band} band */
  function scaleOf(state, band) {
    if (band.kind === "gradient") return { scale: /** @type {const} */ ("gradient"), bound: top(state) };
    if (band.kind === "gate") return { scale: /** @type {const} */ ("gate"), bound: 1 };
    return { scale: /** @type {const} */ ("signed"), bound: derive.range(state, band.address) };
  }

  /** @param {State} state @param {Plan} plan */
  function paint(state, { layout, view, width }) {
    const seen = state.pictures[derive.VIEW];
    const height = highOf(layout);
    const sized = base.resize(width, height + FOOT);
    const bounds = layout.map((band) => scaleOf(state, band).bound).join();
    const words = state.experiment.sequence.vocabulary ? Array.from({ length: view.count }, (_, at) => derive.wordAt(state, view.first + at) ?? "") : [];
    const now = [seen?.values, seen?.gradients, state.overtaken, colours, view.first, view.pitch, layout.map(({ y }) => y).join(), bounds, words.join()];
    if (!sized && now.every((one, index) => one === painted[index])) return;
    painted = now;
    const { context } = base;
    context.clearRect(0, 0, width, height + FOOT);
    for (const band of layout) {
      const key = `${band.kind} ${band.address}`;
      const numbers = (band.kind === "gradient" ? seen?.gradients : seen?.values)?.[band.address];
      if (!numbers || !colours) continue;
      const own = pictures.get(key) ?? picture(document);
      pictures.set(key, own);
      const { scale, bound } = scaleOf(state, band);
      own.update(numbers, scale, bound, colours);
      context.globalAlpha = band.kind === "gradient" && state.overtaken ? OVERTAKEN : 1;
      own.paint(context, { x: (numbers.first - view.first) * view.pitch, y: band.y, width: numbers.steps * view.pitch, height: band.height });
    }
    context.globalAlpha = 1;
    context.fillStyle = token("--muted");
    context.font = token("font");
    context.textAlign = "center";
    const middle = (/** @type {number} */ step) => (step - view.first + 0.5) * view.pitch;
    const write = (/** @type {string} */ text, /** @type {number} */ x) => context.fillText(text, x, height + FOOT - 5);
    // Words are the steps' names where each of them has room, as in the strip of few units.
    if (words.some(Boolean) && words.every((word) => context.measureText(word).width + BETWEEN <= view.pitch)) {
      words.forEach((word, at) => write(word, middle(view.first + at)));
      return;
    }
    for (const at of ticks(view.first, view.first + view.count - 1, Math.max(2, width / 90))) {
      const step = Math.max(1, Math.round(at));
      const x = middle(step);
      if (x > 8 && x < width - 12) write(String(step), x);
    }
  }

  /** @param {State} state @param {Plan} plan @param {{band: Band, unit: number, step: number}} cursor */
  function mark(state, { layout, view, width }, { band, unit, step: at }) {
    const height = highOf(layout);
    over.resize(width, height + FOOT);
    const { step } = state.experiment;
    const x = (/** @type {number} */ at) => (at - view.first) * view.pitch;
    const back = derive.direction(state) === "backward";
    const values = layout.filter(({ kind }) => kind !== "gradient");
    const gradients = layout.filter(({ kind }) => kind === "gradient");
    const box = (/** @type {Band[]} */ list, /** @type {number} */ left, /** @type {number} */ right) => ({ left: clamp(left, 0, width), right: clamp(right, 0, width), top: list[0].y, bottom: list[list.length - 1].y + list[list.length - 1].height });
    const concealed = derive.concealed(state);
    const secret = layout.filter(({ kind }) => (concealed?.gradient ? kind === "gradient" : kind !== "input" && kind !== "gradient"));
    const tall = Math.max(3, band.height / band.units);
    const y = band.y + ((unit + 0.5) * band.height) / band.units;
    marks(over.context, { width: width, height: height + FOOT }, token, {
      present: { left: x(step), right: x(step + 1), top: 1, bottom: height - 1 },
      later: back ? (gradients.length ? box(gradients, 0, x(step)) : null) : box(values.filter(({ kind }) => kind !== "input"), x(step + 1), width),
      hidden: concealed === null ? [] : secret.map((one) => (concealed.gradient ? box([one], 0, x(concealed.step + 1)) : box([one], x(concealed.step), width))),
      pointed: { left: x(at), right: x(at + 1), top: y - tall / 2, bottom: y + tall / 2 },
    });
  }

  return { nodes: [base.node, over.node], dress, paint, mark, colours: () => colours };
}

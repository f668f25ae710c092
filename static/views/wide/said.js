/** What is said of the wide view: the names of its bands, what their colours stand for, the number that is pointed at. */

import { element, setStyle } from "../../draw/dom.js";
import { tenTo } from "../../draw/format.js";
import { DECADES, decadeAbove } from "../../draw/scale.js";
import { letters, spoken } from "../../draw/symbol.js";
import * as derive from "../../state/derive.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../draw/panorama.js").Band} Band */

/** Bands that are lower, in px, have smaller names: else these would touch. */
const LEGIBLE = 24;

/** @param {State} state */
export const top = (state) => decadeAbove(derive.gradientBound(state));

/** @param {Document} document @param {State} state @param {Band} band */
export function bandName(document, state, band) {
  const gradient = band.kind === "gradient";
  const { letter, sub } = letters(`${gradient ? "∂" : ""}${derive.bare(band.address)}`);
  const bottom = derive.layerOf(state, band.address)?.layer ?? "";
  const several = new Set(state.network.layers.map((one) => one.layer).filter((layer) => /^\d+$/.test(layer))).size > 1 && /^\d+$/.test(bottom) && bottom !== "0";
  const node = element(document, "span", { class: band.height < LEGIBLE ? "wide-name is-tight in-role" : "wide-name in-role", "data-role": gradient ? "gradient" : derive.roleOf(state, band.address), "data-name": band.address },
    element(document, "var", { text: letter }), sub ? element(document, "sub", { text: sub }) : null, several ? element(document, "sup", { text: bottom }) : null);
  setStyle(node, "top", `${band.y + band.height / 2}px`);
  return node;
}

/** What each colour stands for. @param {State} state @param {Band[]} layout */
export function scales(state, layout) {
  /** @type {Map<number, string[]>} */
  const signed = new Map();
  for (const band of layout) {
    if (band.kind === "gradient" || band.kind === "gate") continue;
    const bound = derive.range(state, band.address);
    signed.set(bound, [...(signed.get(bound) ?? []), spoken(derive.bare(band.address))]);
  }
  const said = [...signed].map(([bound, list]) => say(state, "wide.signed", { names: list.join(", "), low: `−${bound}`, high: bound }));
  if (layout.some(({ kind }) => kind === "gate")) said.push(say(state, "wide.gate"));
  if (layout.some(({ kind }) => kind === "gradient")) said.push(say(state, "wide.gradient", { low: tenTo(top(state) - DECADES), high: tenTo(top(state)) }));
  return said.join(" · ");
}

/** Whether a number in view is so large that no scale has its colour. @param {State} state @param {Band[]} layout */
export function hasEndless({ pictures: { [derive.VIEW]: seen } }, layout) {
  return layout.some(({ kind, address }) => derive.extent((kind === "gradient" ? seen?.gradients : seen?.values)?.[address]).endless);
}

/** @param {State} state @param {string} address @returns {Band["kind"]} */
export function kindOf(state, address) {
  const role = derive.roleOf(state, address);
  return role === "state" ? "memory" : role === "gate" || role === "input" ? role : "value";
}

/** @param {State} state */
export function units(state) {
  return derive.mainLayer(state)?.sizes.units ?? 1;
}

/** The number under the pointer, once it has come. @param {State} state @param {boolean} gradient @param {string} address @param {number} step @param {number} unit */
export function pointed(state, gradient, address, step, unit) {
  const series = (gradient ? state.pictures[derive.POINT]?.gradients : state.pictures[derive.POINT]?.values)?.[address];
  return series?.first === step ? series.data[unit] : undefined;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  const size = bytes / 1e6;
  if (size < 0.1) return size.toFixed(2);
  return size < 10 ? size.toFixed(1) : String(Math.round(size));
}

/** Whether a prediction keeps a number back. @param {State} state @param {Band} band @param {number} step */
export function isKept(state, { kind, address }, step) {
  return (kind === "gradient" ? derive.isGradientHidden : derive.isHidden)(state, step, address);
}

/** What was measured, in numbers beside the picture: each curve with what is left of it; values of the weight that can be chosen. */

import { element, replace, set, setText } from "../../draw/dom.js";
import { exact, number, power } from "../../draw/format.js";
import { MARKS, NAMES, TOLD } from "../../state/powers.js";
import { numberName, standing } from "../../state/surfaces.js";
import { say } from "../../state/words.js";
import { left, lookOf, perStep } from "./pictures.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/powers.js").Settings} Settings */
/** @typedef {import("./pictures.js").Curves} Curves */

/** Digits of the numbers that are read one by one. */
const MANY = 8;

/** What is 0, or too small for a double to tell from 0, and what is beyond one, say so. @param {State} state @param {number | undefined} value @param {number} [digits] */
export function amount(state, value, digits = 3) {
  if (value === undefined) return "…";
  if (value === 0) return say(state, "powers.underflow");
  if (!Number.isFinite(value)) return say(state, Number.isNaN(value) ? "powers.unknown" : "powers.overflow");
  const size = Math.abs(value);
  return size >= 10 ** (digits + 1) || size < 1e-3 ? power(value, digits - 1) : exact(Number(value.toPrecision(digits)));
}

/** @param {Document} document @param {(value: number) => void} choose */
export function powersTold(document, choose) {
  const reading = element(document, "p", { class: "powers-reading number", role: "status" });
  const table = element(document, "table", { class: "powers-told number" });
  const note = element(document, "p", { class: "powers-note" });
  let shown = "";

  /** @param {(string | Node)[]} head @param {(string | Node)[][]} rows */
  const fill = (head, rows) =>
    replace(table, element(document, "thead", {}, element(document, "tr", {}, ...head.map((text) => element(document, text ? "th" : "td", { scope: text ? "col" : null }, text)))),
      element(document, "tbody", {}, ...rows.map(([first, ...others]) => element(document, "tr", {}, element(document, "th", { scope: "row" }, first), ...others.map((text) => element(document, "td", {}, text))))));

  /** @param {string} name @param {string} text */
  const named = (name, text) => {
    const { token, dash } = lookOf(name);
    const swatch = element(document, "span", { class: "powers-swatch", "data-dashed": dash.length > 0, "aria-hidden": "true" });
    swatch.style.setProperty("--own", `var(${token})`);
    return element(document, "span", { class: "powers-name" }, swatch, text);
  };

  /** @param {State} now @param {Settings} own @param {Curves} curves @returns {[(string | Node)[], (string | Node)[][]]} */
  function rows(now, own, curves) {
    if (own.question === "weight") {
      const { marks } = curves;
      const weight = own.across ? numberName(now, own.across) : "";
      const chosen = own.across ? standing(now, own.across) : NaN;
      const buttons = Array.from(marks?.at ?? MARKS, (value, at) => [
        element(document, "button", { type: "button", class: "powers-mark quiet number", "aria-pressed": String(value === chosen), text: number(value), onclick: () => choose(value) }),
        amount(now, marks?.values[at], 5), amount(now, marks?.slopes[at], 5),
      ]);
      return [[weight, say(now, "powers.output-short"), say(now, "powers.slope-short")], buttons];
    }
    if (own.question === "depth") return [[say(now, "powers.activation"), say(now, "powers.first"), say(now, "powers.per-layer")], NAMES.depth.map((name) => {
      const share = curves[name]?.shares[0];
      return [named(name, say(now, `powers.${name}`)), amount(now, share), share === undefined ? "…" : `× ${(share ** (1 / Math.max(1, own.layers - 1))).toFixed(2)}`];
    })];
    if (own.question === "causes") return [["", say(now, "powers.repeated"), say(now, "powers.fresh")], ["linear", "tanh", "sigmoid"].map((name) => [
      named(name, say(now, `powers.${name}`)), ...["repeated", "fresh"].map((kind) => (curves[`${name}-${kind}`] ? perStep(now, curves[`${name}-${kind}`]) : "…")),
    ])];
    return [["", ...TOLD.map((lag) => number(lag))], NAMES[own.question].map((name) => [named(name, say(now, `powers.${name}`)), ...TOLD.map((lag) => (left(curves, name, lag) === 0 ? "0" : amount(now, left(curves, name, lag), 2)))])];
  }

  /** @param {State} now @param {Settings} own @param {Curves} curves */
  function read(now, own, { time }) {
    if (own.question !== "weight") return say(now, `powers.${own.question}-reading`);
    if (!own.across || !time) return "…";
    return say(now, "powers.reading", {
      weight: numberName(now, own.across), value: number(standing(now, own.across)), step: own.until,
      output: amount(now, time.values[time.values.length - 1], MANY), slope: amount(now, time.slope[0], MANY), back: amount(now, time.gradients[0], MANY),
    });
  }

  return {
    nodes: [reading, table, note],
    /** @param {State} now @param {Settings} own @param {Curves} curves */
    paint(now, own, curves) {
      setText(reading, read(now, own, curves));
      setText(note, now.powers?.problems.length ? "" : say(now, `powers.${own.question}-note`));
      const [head, body] = rows(now, own, curves);
      const text = JSON.stringify([head, body.map((row) => row.map((cell) => (typeof cell === "string" ? cell : [cell.textContent, /** @type {Element} */ (cell).getAttribute("aria-pressed")])))]);
      set(table, "aria-label", say(now, own.question === "weight" || own.question === "depth" || own.question === "causes" ? "powers.title" : "powers.left-after"));
      if (text === shown) return;
      shown = text;
      const held = [...table.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
      fill(head, body);
      if (held >= 0) table.querySelectorAll("button")[held]?.focus();
    },
  };
}

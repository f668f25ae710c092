/**
 * A symbol's letters: `W_f` is W with f below, `c_prev` is c with t−1 below, `f:in` (what the gate's function is taken of) is f with in below.
 */

import { element, svg } from "./dom.js";

/** Names of Greek letters are written as these, as in the typeset formulas. @type {Record<string, string>} */
const GREEK = { alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", eta: "η", theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", psi: "ψ", omega: "ω" };

/**
 * @param {string} name  bare: no address
 * @param {boolean} [reversed]  of a layer that reads from the end: what it has stored before is at the later step
 * @returns {{letter: string, sub: string}}
 */
export function letters(name, reversed = false) {
  const gradient = name.startsWith("∂") ? "∂" : "";
  const [own, ...derived] = name.slice(gradient.length).split(":");
  const cut = own.indexOf("_");
  const stem = cut < 0 ? own : own.slice(0, cut);
  const letter = gradient + (GREEK[stem] ?? stem);
  const sub = [cut < 0 ? "" : own.slice(cut + 1).replace(/(_?)prev$/, (_, more) => `${more && ", "}${reversed ? "t+1" : "t−1"}`), ...derived].filter(Boolean).join(" ");
  return { letter, sub };
}

/** Whether an address is of a layer that reads from the end. @param {string} address */
export function isReversed(address) {
  return address.includes(".backward.");
}

/** Whether a name is a word (in Chinese of one character, too), which needs smaller type than a letter and an index. @param {string} name */
export function isWord(name) {
  return /\p{L}{2}|\p{Lo}/u.test(name);
}

/** @param {string} name @param {boolean} [reversed] */
export function spoken(name, reversed) {
  const { letter, sub } = letters(name, reversed);
  return sub ? `${letter} ${sub}` : letter;
}

/**
 * The names in a short text, each with its letters: `U_n ·` is U, n below, and a dot.
 * @param {string} text
 * @returns {{text: string, sub: boolean}[]}
 */
export function pieces(text) {
  return text.split(/([A-Za-z]\w*)/).filter(Boolean).flatMap((part) => {
    if (!/^[A-Za-z]/.test(part)) return [{ text: part, sub: false }];
    const { letter, sub } = letters(part);
    return [{ text: letter, sub: false }, ...(sub ? [{ text: sub, sub: true }] : [])];
  });
}

/** The same as parts of a paragraph. @param {Document} document @param {string} text @returns {(string | HTMLElement)[]} */
export function inline(document, text) {
  return pieces(text).map(({ text: part, sub }) => (sub ? element(document, "sub", { text: part }) : part));
}

/** The same as parts of an SVG text. @param {Document} document @param {string} text */
export function written(document, text) {
  return pieces(text).map(({ text: part, sub }, index, all) => svg(document, "tspan", {
    class: sub ? "sub" : null, dy: sub ? 3 : all[index - 1]?.sub ? -3 : null, text: part,
  }));
}

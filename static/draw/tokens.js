/**
 * Lines of arithmetic as text in the page.
 */

import { element } from "./dom.js";
import { addressed } from "./markup.js";
import { isReversed, letters } from "./symbol.js";

/** @typedef {import("./written.js").Token} Token */

/**
 * @param {Document} document
 * @param {string} name
 * @param {(name: string) => string} full
 */
export function symbol(document, name, full) {
  const { letter, sub } = letters(name, isReversed(full(name)));
  return element(document, "var", { "data-name": addressed(name, full) }, letter, sub ? element(document, "sub", { text: sub }) : null);
}

/**
 * @param {Document} document
 * @param {Token[]} line
 * @param {{full: (name: string) => string, more: (count: number, value: string) => string}} how
 * @returns {Node[]}
 */
export function tokens(document, line, { full, more }) {
  return line.map((token) => {
    if (token.kind === "symbol") {
      const node = symbol(document, token.name ?? token.text, full);
      if (token.next) node.append(element(document, "sub", { text: `${letters(token.text).sub && ", "}${isReversed(full(token.text)) ? "t−1" : "t+1"}` }));
      return node;
    }
    if (token.kind === "more") return element(document, "span", { class: "token-more", text: more(token.count ?? 0, token.text) });
    return element(document, "span", { class: `token-${token.kind}`, text: token.text });
  });
}

/** What a line says, for telling whether it changed. @param {Token[][]} lines */
export function textOf(lines) {
  return lines.map((line) => line.map((token) => token.text).join("")).join("\n");
}

/**
 * The only place where markup from the server enters the page: typeset formulas and the lesson's own text.
 */

import { isReversed } from "./symbol.js";

/**
 * @param {Element} node
 * @param {string} html
 * @param {(name: string) => string} [full]  the address of a bare symbol
 */
export function insert(node, html, full) {
  node.innerHTML = full && isReversed(full("h")) ? fromTheEnd(html) : html;
  if (!full) return;
  for (const named of node.querySelectorAll("[data-name]")) {
    const name = named.getAttribute("data-name") ?? "";
    if (!name.includes(".")) named.setAttribute("data-name", addressed(name, full));
  }
}

/** A layer that reads from the end has its step before at t+1. @param {string} html */
function fromTheEnd(html) {
  return html.replace(/(<mi>t<\/mi><mo>)([+−])/g, (_, time, sign) => time + (sign === "+" ? "−" : "+"));
}

/**
 * The gradient of `c` is called `∂c` where `c` would be.
 * @param {string} name
 * @param {(name: string) => string} full
 */
export function addressed(name, full) {
  if (!name.startsWith("∂")) return full(name);
  const address = full(name.slice(1));
  const cut = address.lastIndexOf(".") + 1;
  return `${address.slice(0, cut)}∂${address.slice(cut)}`;
}

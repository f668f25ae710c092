/** A number that is typed at an error surface; what cannot be is put back, and said. */

import { element } from "../../draw/dom.js";
import { number } from "../../draw/format.js";

/** @param {Document} document @param {string} name  its class @param {(text: string) => void} take @param {() => void} redraw */
export function entry(document, name, take, redraw) {
  const own = element(document, "input", { class: `surface-entry number ${name}`, type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
    take(own.value);
    fill(own, NaN);
    redraw();
  } });
  return own;
}

/** What is being typed is left alone; NaN: what stands there is no longer being typed. @param {HTMLInputElement} node @param {number} value */
export function fill(node, value) {
  const text = Number.isNaN(value) ? "" : number(value);
  if (node !== node.ownerDocument.activeElement || Number.isNaN(value) || node.value === "") node.value = text;
}

/**
 * A drawing of the page as a drawing that stands alone: what the style sheets say is written into every node, in words that any
 * program for pictures knows.
 */

import { svg } from "./dom.js";

/** Presentation that a picture needs; the rest is the page's own business. */
const PLAIN = [
  "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight",
  "font-style", "text-anchor", "dominant-baseline", "visibility", "marker-end", "marker-start",
  "paint-order",
];
const KEPT = new Set([
  "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "viewBox", "transform", "id", "clip-path",
  "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "orient", "dx", "dy", "preserveAspectRatio", "offset", "href", "textLength", "lengthAdjust",
]);
const LEFT_OUT = new Set(["desc", "title", "animate", "foreignObject"]);

/** @typedef {(text: string) => {colour: string, alpha: number}} Colours */

/**
 * @param {Document} document
 * @param {SVGElement} node  in the page, so that its style is known
 * @param {{colours: Colours, prefix: string}} how  `prefix`: sets the ids of this drawing apart from others
 * @returns {SVGElement | null}  null: not to be seen
 */
export function freeze(document, node, { colours, prefix }) {
  const view = /** @type {Window} */ (document.defaultView);
  const style = view.getComputedStyle(node);
  if (style.display === "none" || LEFT_OUT.has(node.tagName)) return null;
  const copy = /** @type {SVGElement} */ (svg(document, /** @type {any} */ (node.tagName)));
  for (const { name, value } of [...node.attributes]) if (KEPT.has(name)) copy.setAttribute(name, named(value, name, prefix));
  if (style.transform !== "none" && node.tagName !== "svg") copy.setAttribute("transform", style.transform);
  for (const name of PLAIN) {
    const value = style.getPropertyValue(name);
    if (value && value !== "none" && value !== "auto" && !(name === "paint-order" && value === "normal")) copy.setAttribute(name, named(value, name, prefix));
  }
  for (const name of ["fill", "stroke"]) {
    const value = style.getPropertyValue(name);
    if (!value || value === "none" || value.startsWith("url(")) {
      copy.setAttribute(name, named(value || "none", name, prefix));
      continue;
    }
    const { colour, alpha } = colours(value);
    copy.setAttribute(name, colour);
    const share = alpha * Number(style.getPropertyValue(`${name}-opacity`) || 1);
    if (share < 1) copy.setAttribute(`${name}-opacity`, share.toFixed(3));
  }
  for (const child of [...node.childNodes]) {
    if (child.nodeType === 3) copy.append(child.nodeValue ?? "");
    else if (child.nodeType === 1) copy.append(...[freeze(document, /** @type {SVGElement} */ (child), { colours, prefix })].flatMap((one) => one ?? []));
  }
  return copy;
}

/** References inside a drawing get its prefix. @param {string} value @param {string} name @param {string} prefix */
function named(value, name, prefix) {
  if (name === "id") return prefix + value;
  return value.replace(/url\("?[^#]*#([^")]+)"?\)/g, `url(#${prefix}$1)`);
}

/**
 * Reads colours off a pixel, so that whatever a browser can mix becomes three bytes and a share.
 * @param {Document} document
 * @returns {Colours}
 */
export function pixelColours(document) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  /** @type {Map<string, {colour: string, alpha: number}>} */
  const known = new Map();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    const made = { colour: `#${[red, green, blue].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`, alpha: alpha / 255 };
    known.set(text, made);
    return made;
  };
}

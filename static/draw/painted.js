/** What the page paints on canvases, as a drawing that stands alone: its pixels as one image, the names beside it as letters. */

import { svg } from "./dom.js";
import { enlarged } from "./enlarged.js";

/** How small letters below or above the line are, and how far from it. */
const SMALL = 0.6;
const SHIFT = 0.25;

/**
 * @param {Document} document
 * @param {HTMLElement} node  holds canvases, or names that stand at their heights
 * @param {import("./freeze.js").Colours} colours
 * @returns {SVGElement}
 */
export function painted(document, node, colours) {
  const view = /** @type {Window} */ (document.defaultView);
  const own = node.getBoundingClientRect();
  const paper = svg(document, "svg");
  for (const canvas of node.querySelectorAll("canvas")) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    paper.append(svg(document, "image", { href: canvas.toDataURL("image/png"), x: left - own.left, y: top - own.top, width, height, preserveAspectRatio: "none" }));
  }
  for (const name of node.querySelectorAll("[data-name]")) {
    const { right, top, height } = name.getBoundingClientRect();
    const style = view.getComputedStyle(name);
    const size = Number.parseFloat(style.fontSize) * enlarged(name);
    const parts = [...name.children].map((part) => {
      const by = part.tagName === "SUB" ? SHIFT : part.tagName === "SUP" ? -SHIFT : 0;
      return svg(document, "tspan", { "font-size": by ? size * SMALL : size, "font-style": by ? null : "italic", dy: by ? by * size : null, text: part.textContent });
    });
    paper.append(svg(document, "text", {
      x: right - own.left, y: top - own.top + height / 2, "text-anchor": "end", "dominant-baseline": "central", "font-family": style.fontFamily, fill: colours(style.color).colour,
    }, ...parts));
  }
  return paper;
}

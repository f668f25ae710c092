/** A canvas as sharp as the screen, drawn on in CSS pixels. */

import { element } from "./dom.js";

/**
 * @param {Document} document
 * @param {string} name  its class
 */
export function layer(document, name) {
  const node = element(document, "canvas", { class: name, "aria-hidden": "true" });
  const context = /** @type {CanvasRenderingContext2D} */ (node.getContext("2d"));
  return {
    node,
    context,
    /** Whether it had another size, and so is empty. @param {number} width @param {number} height @param {number} [zoom]  how much the page enlarges it */
    resize(width, height, zoom = 1) {
      const ratio = (document.defaultView?.devicePixelRatio ?? 1) * zoom;
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (node.width === wide && node.height === high) return false;
      node.width = wide;
      node.height = high;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return true;
    },
  };
}

/** A canvas as sharp as the screen, drawn on in CSS pixels. */

import { element } from "./dom.js";
import { enlarged } from "./enlarged.js";

/**
 * @param {Document} document
 * @param {string} name  its class
 */
export function layer(document, name) {
  const node = element(document, "canvas", { class: name, "aria-hidden": "true" });
  const context = /** @type {CanvasRenderingContext2D} */ (node.getContext("2d"));
  let last = "";
  return {
    node,
    context,
    /**
     * Whether it had another size, and so is empty. How much the page enlarges it is asked only then.
     * @param {number} width @param {number} height
     */
    resize(width, height) {
      const screen = document.defaultView?.devicePixelRatio ?? 1;
      const size = [width, height, screen].join();
      if (size === last) return false;
      last = size;
      const ratio = screen * enlarged(node);
      node.width = Math.round(width * ratio);
      node.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return true;
    },
  };
}

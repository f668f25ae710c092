/** On a wall the stage is enlarged: rectangles and pointers are then told in the window's pixels, styles and drawings in pixels of their own. */

/** How many of the window's pixels one of a node's own takes. To answer, the browser works all styles out. @param {Element} node @returns {number} */
export const enlarged = (node) => /** @type {any} */ (node).currentCSSZoom ?? 1;

/** Where a pointer is, from a node's corner, in the node's own pixels. @param {Element} node @param {{clientX: number, clientY: number}} event */
export function within(node, { clientX, clientY }) {
  const { left, top } = node.getBoundingClientRect();
  const by = enlarged(node);
  return { x: (clientX - left) / by, y: (clientY - top) / by };
}

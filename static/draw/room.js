/**
 * How much room a node has, measured when that changes and not when it is needed: to ask in the midst of drawing makes the browser lay
 * the whole page out on the spot.
 */

/**
 * @param {Element} node
 * @param {() => void} changed  called after each change, and once soon after the start
 * @returns {{readonly width: number, readonly height: number, stop(): void}}
 */
export function room(node, changed) {
  const measured = { width: node.clientWidth, height: node.clientHeight, stop: () => watcher.disconnect() };
  const watcher = new ResizeObserver(() => {
    measured.width = node.clientWidth;
    measured.height = node.clientHeight;
    changed();
  });
  watcher.observe(node);
  return measured;
}

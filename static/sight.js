/** What was asked for comes into sight when it is shown: on a phone it may stand far from what was pressed. */

/** Its top, where it is higher than the window. @param {HTMLElement | null} node @param {Window & typeof globalThis} window */
export function intoSight(node, window) {
  if (!node) return;
  const go = () => void window.requestAnimationFrame(() => node.scrollIntoView({ block: node.offsetHeight > window.innerHeight ? "start" : "nearest" }));
  if (!node.hidden) return go();
  const shown = new window.MutationObserver(() => {
    if (node.hidden) return;
    shown.disconnect();
    go();
  });
  shown.observe(node, { attributeFilter: ["hidden"] });
}

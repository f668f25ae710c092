/**
 * One place in the tab order for a whole figure; the arrows up and down move within it. Only a focus that came by keyboard takes keys: after a
 * click they belong to the stage.
 * @param {KeyboardEvent} event
 * @param {Element[]} places
 * @param {(event: Event) => void} open
 * @returns {boolean} whether the key was meant for the figure
 */
export function rove(event, places, open) {
  const reachable = places.filter((place) => place.hasAttribute("tabindex"));
  const at = reachable.findIndex((place) => place === event.target);
  if (at < 0 || !reachable[at].matches(":focus-visible") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by) {
    const next = /** @type {SVGElement} */ (reachable[(at + by + reachable.length) % reachable.length]);
    reachable[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    return true;
  }
  if (event.key !== "Enter" && event.key !== " ") return false;
  open(event);
  return true;
}

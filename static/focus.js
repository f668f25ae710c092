/**
 * Pointing at a symbol anywhere lights it everywhere. Kept out of the store: it changes with every move of the pointer and is
 * nothing to restore.
 */

const LIT = "is-lit";
const SPOT = "is-spot";

/** A gradient of a symbol and its value one step earlier are the same thing to look at. @param {string} name */
export function plainName(name) {
  return name.replace(".∂", ".").replace(/_prev$/, "");
}

/**
 * @param {Document} document
 * @param {() => {addresses: string[], dim: boolean}} spotlight
 */
export function watchFocus(document, spotlight) {
  let lit = "";
  let spotted = false;

  /** @param {string} mark @param {(name: string) => boolean} wanted */
  const paint = (mark, wanted) => {
    for (const node of document.querySelectorAll("[data-name]")) {
      const on = wanted(plainName(/** @type {HTMLElement} */ (node).dataset.name ?? ""));
      if (node.classList.contains(mark) !== on) node.classList.toggle(mark, on);
    }
  };
  const light = (/** @type {string} */ name) => {
    if (name === lit) return;
    lit = name;
    paint(LIT, (candidate) => candidate === lit && lit !== "");
  };
  const nameAt = (/** @type {EventTarget | null} */ target) => {
    const node = target instanceof Element ? target.closest("[data-name]") : null;
    return plainName(node?.getAttribute("data-name") ?? "");
  };

  document.addEventListener("pointerover", (event) => light(nameAt(event.target)));
  document.addEventListener("focusin", (event) => light(nameAt(event.target)));
  document.addEventListener("pointerleave", () => light(""));

  return {
    /** Views have drawn anew: their new nodes are lit like the old ones. */
    refresh() {
      const { addresses, dim } = spotlight();
      const wanted = new Set(addresses.map(plainName));
      const root = document.documentElement;
      const kind = dim ? "dim" : "mark";
      if (root.dataset.spotlight !== kind) root.dataset.spotlight = kind;
      // Views draw anew in every frame of a drag: without a spotlight there is nothing to look for.
      if (spotted || wanted.size > 0) paint(SPOT, (name) => wanted.has(name));
      spotted = wanted.size > 0;
      if (lit) paint(LIT, (name) => name === lit);
    },
  };
}

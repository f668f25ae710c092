/** A finger that goes up or down scrolls: what is set by going sideways waits until one does, or is lifted where it was put. */

/** What is set so and lets the page scroll. */
const SIDEWAYS = ".field, .powers-picture, [type=range]";
/** Pixels within which no direction shows yet. */
const NEAR = 3;

/** @param {Document} document */
export function watchFinger(document) {
  /** A finger that has not yet gone sideways. `moved`: a slider already follows it. @type {{node: HTMLInputElement, value: string, x: number, y: number, moved: boolean} | null} */
  let put = null;
  /** Before those hear it to whom it happens. @param {string} kind @param {(event: any) => void} act */
  const listen = (kind, act) => document.addEventListener(kind, act, { capture: true });

  listen("pointerdown", ({ pointerType, target, clientX: x, clientY: y }) => {
    const node = pointerType === "mouse" ? null : target.closest(SIDEWAYS);
    put = node && { node, value: node.value, x, y, moved: false };
  });
  listen("pointermove", (event) => {
    if (!put) return;
    const across = Math.abs(event.clientX - put.x);
    if (across >= NEAR && across >= Math.abs(event.clientY - put.y)) put = null;
    else event.stopPropagation();
  });
  listen("input", (event) => {
    if (!put || event.target !== put.node) return;
    put.moved = true;
    event.stopPropagation();
  });
  listen("pointerup", () => {
    const lifted = put;
    put = null;
    if (lifted?.moved) lifted.node.dispatchEvent(new Event("input", { bubbles: true }));
  });
  listen("pointercancel", () => {
    if (put?.moved) put.node.value = put.value;
    put = null;
  });
}

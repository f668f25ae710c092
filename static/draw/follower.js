/** Where more steps stand beside each other than there is room for, the present one comes into view. */

/**
 * @param {HTMLElement} scroll  what is scrolled, with the row in it
 * @param {(step: number) => HTMLElement | null | undefined} at  what stands at a step
 * @returns {(step: number) => void}
 */
export function follower(scroll, at) {
  let followed = 0;
  return (step) => {
    if (step === followed) return;
    followed = step;
    // To ask for a place in the midst of drawing would have the whole page laid out twice.
    requestAnimationFrame(() => {
      const node = at(step);
      if (!node) return;
      const begin = /** @type {HTMLElement} */ (scroll.firstElementChild).offsetLeft;
      const left = node.offsetLeft - begin - scroll.scrollLeft;
      // Ten steps are seen, and none of them is cut.
      if (left < 0 || left + node.offsetWidth > scroll.clientWidth) scroll.scrollLeft = (at(step - 5)?.offsetLeft ?? 0) - begin;
    });
  };
}

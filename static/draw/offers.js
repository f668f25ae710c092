/** A list of names over a text that is being written: arrows choose, Enter and Tab take, Esc closes. It knows nothing of what they mean. */

import { element, replace, set, setStyle } from "./dom.js";

/** @typedef {{text: string, said: string}} Offer  `said`: what it is, in a word */

/** Before so many letters nothing is chosen: Enter then ends the line, as everywhere. */
const SURE = 2;

/**
 * @param {Document} document
 * @param {HTMLTextAreaElement} field
 * @param {{id: string, take: (text: string) => void}} how
 */
export function offers(document, field, { id, take }) {
  const list = element(document, "ul", { class: "offers", id, role: "listbox", popover: "manual", translate: "no" });
  /** @type {Offer[]} */
  let shown = [];
  let chosen = -1;

  /** @param {number} next */
  const choose = (next) => {
    chosen = next;
    [...list.children].forEach((node, index) => set(node, "aria-selected", String(index === chosen)));
    set(field, "aria-activedescendant", chosen < 0 ? null : `${id}-${chosen}`);
    list.children[chosen]?.scrollIntoView?.({ block: "nearest" });
  };
  const hide = () => {
    if (shown.length === 0) return;
    shown = [];
    list.hidePopover();
    choose(-1);
  };
  const press = (/** @type {number} */ index) => {
    const { text } = shown[index];
    hide();
    take(text);
  };

  /** @type {Record<string, () => void>} */
  const moves = {
    ArrowDown: () => choose((chosen + 1) % shown.length),
    ArrowUp: () => choose((Math.max(chosen, 0) + shown.length - 1) % shown.length),
    Tab: () => press(Math.max(0, chosen)),
    Escape: hide,
  };

  // A field of several lines stays a text box: that is what its keys are.
  set(field, "aria-autocomplete", "list");
  set(field, "aria-haspopup", "listbox");
  set(field, "aria-controls", id);
  // The caret stays where it is.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  return {
    list, hide,
    /** @param {string} label  of the list */
    name: (label) => set(list, "aria-label", label),
    /** @param {Offer[]} next @param {string} written  what stands there already @param {{x: number, y: number}} place  below which they stand */
    show(next, written, place) {
      shown = next;
      replace(list, ...next.map(({ text, said }, index) => element(document, "li", { class: "offer", id: `${id}-${index}`, role: "option", onclick: () => press(index) },
        element(document, "span", { class: "offer-name", text }), element(document, "span", { class: "offer-said", text: said }))));
      setStyle(list, "--offers-x", `${Math.round(place.x)}px`);
      setStyle(list, "--offers-y", `${Math.round(place.y)}px`);
      if (!list.matches(":popover-open")) list.showPopover();
      choose(written.length >= SURE && next.every(({ text }) => text !== written) ? 0 : -1);
    },
    /** @param {KeyboardEvent} event @returns {boolean} whether the list has taken it */
    key(event) {
      if (shown.length === 0 || event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
      const move = event.key === "Enter" && chosen >= 0 ? () => press(chosen) : moves[event.key];
      if (!move) return false;
      event.preventDefault();
      event.stopPropagation();
      move();
      return true;
    },
  };
}

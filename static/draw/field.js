/**
 * A number that can be dragged sideways, typed, or stepped through by keyboard. It knows nothing of what the number means.
 */

import { onSigned, signed } from "./colour.js";
import { element, set, setStyle, setText, toggle } from "./dom.js";
import { narrow, number, tight } from "./format.js";

/** How far the pointer moves before a press becomes a drag, and how far it moves for the whole bound. */
const THRESHOLD = 3;
const TRAVEL = 160;
/** Shift makes a drag finer. */
const FINE = 0.1;

/** Characters that fit where nobody says otherwise; where fewer do, two decimals are enough. */
const ROOM = 7;
/** With less room than this a nought before the point is left out. */
const SPARE = 4;

/**
 * @typedef {object} FieldOptions
 * @property {() => void} [select]  pointed at or focused
 * @property {(value: number, gesture: {live: boolean}) => void} change
 * @property {() => void} [release]  a drag has ended
 * @property {() => void} [refuse]  what was typed is no number
 * @property {Record<string, string | number>} [attrs]
 */
/**
 * @typedef {object} FieldState
 * @property {number} value
 * @property {number} bound  the value of full colour
 * @property {number} [reach]  what a drag of some length covers; the bound unless said otherwise
 * @property {string} label
 * @property {boolean} [selected]
 * @property {boolean} [bare]  too small for digits: only the colour is shown
 * @property {number} [room]  how many characters fit
 */

/**
 * Steps that look round: a five-hundredth of the bound, rounded to 1, 2 or 5.
 * @param {number} bound
 */
export function grain(bound) {
  const raw = bound / 250;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
}

/** @param {number} value @param {number} step */
export function rounded(value, step) {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  // Of a number too large for decimals, fifteen digits: the last of a product of two is not round.
  return Number(Number((Math.round(value / step) * step).toFixed(Math.min(digits, 20))).toPrecision(15));
}

/** Thousands in groups of three; any other comma is a decimal one. */
const GROUPED = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?(e[-+]?\d+)?$/i;

/** What a person typed, in digits of any width, or null. @param {string} text */
export function typed(text) {
  const wide = text.normalize("NFKC").trim().replace(/[−–]/g, "-").replace("。", ".");
  const plain = (GROUPED.test(wide) ? wide.replaceAll(",", "") : wide.replace(",", ".")).replace(/^\+/, "");
  if (plain === "" || !/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  // What a double cannot hold can only come out of a run.
  return Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** @param {Document} document @param {FieldOptions} options */
export function numberField(document, { select, change, release, refuse, attrs = {} }) {
  /** @type {FieldState} */
  let state = { value: 0, bound: 1, label: "" };
  /** @type {HTMLInputElement | null} */
  let input = null;
  /** @type {{x: number, value: number, reach: number, moved: boolean, last: number} | null} */
  let drag = null;

  const text = element(document, "span", { class: "field-text number" });
  const node = element(document, "button", { type: "button", class: "field", ...attrs }, text);

  /** @param {string} [start] */
  const edit = (start) => {
    if (input) return;
    const byKey = node.matches(":focus-visible");
    const own = element(document, "input", {
      class: "field-input number",
      type: "text",
      inputmode: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": state.label,
    });
    own.value = start ?? String(state.value);
    input = own;
    node.append(own);
    own.focus();
    if (start === undefined) own.select();
    /** @param {boolean} keep */
    const close = (keep) => {
      if (input !== own) return;
      input = null;
      const value = typed(own.value);
      own.remove();
      if (keep && value !== null) change(value, { live: false });
      else if (keep && own.value.trim() !== "") refuse?.();
      if (byKey) node.focus();
    };
    own.addEventListener("blur", () => close(true));
    own.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Enter") {
        // The button that gets the focus back would be pressed by the same key, and open again.
        event.preventDefault();
        close(true);
      } else if (event.key === "Escape") close(false);
      else if (event.key === "Tab") close(true);
    });
    for (const kind of ["pointerdown", "click"]) own.addEventListener(kind, (event) => event.stopPropagation());
  };

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || input) return;
    node.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, value: state.value, reach: state.reach ?? state.bound, moved: false, last: state.value };
    select?.();
  });
  node.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const distance = event.clientX - drag.x;
    if (!drag.moved && Math.abs(distance) < THRESHOLD) return;
    drag.moved = true;
    toggle(node, "is-dragged", true);
    const reach = drag.reach * (event.shiftKey ? FINE : 1);
    const next = rounded(drag.value + (distance / TRAVEL) * reach, grain(reach));
    // Beyond the largest number there is none to be set.
    if (!Number.isFinite(next)) return;
    drag.last = next;
    change(next, { live: true });
  });
  const end = (/** @type {Event} */ event) => {
    if (!drag) return;
    const { moved, last } = drag;
    drag = null;
    toggle(node, "is-dragged", false);
    if (!moved) {
      if (event.type === "pointerup") edit();
      return;
    }
    // What the hand asked for last, which may not be drawn yet.
    change(last, { live: false });
    node.blur();
    release?.();
  };
  node.addEventListener("pointerup", end);
  node.addEventListener("pointercancel", end);
  node.addEventListener("focus", () => select?.());
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && drag?.moved) {
      event.stopPropagation();
      drag.last = drag.value;
      end(event);
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      edit();
    } else if (/^[-\d.]$/.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      edit(event.key);
    }
  });
  // A click that a pointer did not make (a screen reader's) opens the number too.
  node.addEventListener("click", (event) => {
    if (event.detail === 0) edit();
  });

  return {
    node,
    edit,
    /** @param {FieldState} next */
    update(next) {
      state = next;
      const share = Number.isFinite(next.value) ? Math.max(-1, Math.min(1, next.value / next.bound)) : Math.sign(next.value);
      const said = number(next.value);
      const room = next.room ?? ROOM;
      const long = said.length > room || (room < ROOM && /\.\d{3}/.test(said));
      setText(text, next.bare ? "" : long ? (room < SPARE ? narrow : tight)(next.value, room) : said);
      set(node, "aria-label", `${next.label}: ${said}`);
      set(node, "title", next.bare || said !== text.textContent ? said : null);
      set(node, "aria-pressed", next.selected === undefined ? null : String(next.selected));
      setStyle(node, "background", signed(share));
      setStyle(node, "color", onSigned(share));
      toggle(node, "is-selected", next.selected === true);
      toggle(node, "is-overflow", !Number.isFinite(next.value));
    },
  };
}

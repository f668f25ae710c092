/** What can be chosen and typed at an error surface: the weights of its axes and their ranges, the loss, the descent. */

import { element, replace, set, setStyle, setText } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { number } from "../../draw/format.js";
import { steps } from "../../state/derive.js";
import { numberName, numbers, samePlace, settings, usualAxis, writeAxis } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */

const WAYS = /** @type {const} */ (["across", "down"]);
const TYPED = /** @type {const} */ (["target", "rate", "clip"]);
const BUTTONS = /** @type {const} */ (["one", "ten", "run", "back", "take"]);
/** How many updates each button makes. */
const UPDATES = { one: 1, ten: 10, run: 60 };

/** @param {Document} document @param {() => State} state @param {any} actions @param {() => void} redraw */
export function surfaceControls(document, state, actions, redraw) {
  /** A number that is typed; what cannot be is put back. @param {string} name @param {(value: number) => void} take */
  const entry = (name, take) => {
    const own = element(document, "input", { class: `surface-entry number surface-${name}`, type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
      const value = typed(own.value);
      if (value !== null) take(value);
      fill(own, NaN);
      redraw();
    } });
    return own;
  };
  /** @param {"across" | "down"} way */
  const axis = (way) => {
    const menu = element(document, "select", { class: "surface-number", onchange: () => {
      const place = numbers(state())[menu.selectedIndex];
      const own = settings(state());
      const other = own?.[way === "across" ? "down" : "across"];
      const chosen = usualAxis(state(), place);
      if (!own || !other || !chosen) return;
      // The number of the other axis changes places with this one.
      const swap = samePlace(other, chosen) ? { [way]: writeAxis(other), [way === "across" ? "down" : "across"]: writeAxis(own[way]) } : { [way]: writeAxis(chosen) };
      actions.setSurface(swap);
    } });
    const end = (/** @type {"low" | "high"} */ name) => entry(name, (value) => {
      const own = settings(state())?.[way];
      if (own && (name === "low" ? value < own.high : value > own.low)) actions.setSurface({ [way]: writeAxis({ ...own, [name]: value }) });
    });
    return { menu, low: end("low"), high: end("high") };
  };
  const axes = { across: axis("across"), down: axis("down") };
  const until = element(document, "input", { class: "slider", type: "range", min: 1, step: 1, oninput: () => actions.setUntil(Number(until.value)) });
  const untilText = element(document, "span", { class: "surface-label" });
  const rail = element(document, "div", { class: "slider-body" }, until);
  const rows = Object.fromEntries(TYPED.map((name) => {
    const node = entry(name, (value) => {
      if (name === "target" || (name === "rate" ? value > 0 : value >= 0)) actions.setSurface({ [name]: value });
    });
    const text = element(document, "span", { class: "surface-label" });
    return [name, { node, text, row: element(document, "label", { class: "surface-row" }, text, node) }];
  }));
  const descent = element(document, "h3", { class: "heading" });
  const acts = { one: () => actions.roll(UPDATES.one), ten: () => actions.roll(UPDATES.ten), run: () => actions.roll(UPDATES.run), back: () => actions.setSurface({ updates: 0 }), take: () => actions.takeOver() };
  const buttons = Object.fromEntries(BUTTONS.map((name) => [name, element(document, "button", { type: "button", class: "quiet surface-button", onclick: acts[name] })]));
  const group = element(document, "div", { class: "surface-buttons", role: "group" }, ...Object.values(buttons));

  return {
    axes,
    nodes: [element(document, "div", { class: "surface-until" }, untilText, rail), rows.target.row, descent, rows.rate.row, rows.clip.row, group],
    /** @param {State} now @param {Settings} own */
    paint(now, own) {
      const places = numbers(now);
      const names = places.map((place) => numberName(now, place));
      for (const way of WAYS) {
        const { menu, low, high } = axes[way];
        if ([...menu.options].map(({ text }) => text).join("\n") !== names.join("\n")) replace(menu, ...names.map((text) => element(document, "option", { text })));
        menu.selectedIndex = places.findIndex((place) => samePlace(place, own[way]));
        const name = numberName(now, own[way]);
        set(menu, "aria-label", say(now, way === "across" ? "surface.across" : "surface.down"));
        set(low, "aria-label", say(now, "surface.from", { name }));
        set(high, "aria-label", say(now, "surface.to", { name }));
        fill(low, own[way].low);
        fill(high, own[way].high);
      }
      const most = steps(now);
      set(until, "max", most);
      until.value = String(own.until);
      setStyle(rail, "--to", `${most > 1 ? ((own.until - 1) / (most - 1)) * 100 : 100}%`);
      set(until, "aria-label", say(now, "surface.until"));
      setText(untilText, say(now, "surface.steps", { count: own.until }));
      for (const name of TYPED) {
        setText(rows[name].text, say(now, `surface.${name}`));
        fill(rows[name].node, own[name]);
      }
      setText(descent, say(now, "surface.descent"));
      set(group, "aria-label", say(now, "surface.descent"));
      const full = own.updates >= (now.limits.updates ?? Infinity);
      for (const name of BUTTONS) {
        setText(buttons[name], say(now, `surface.${name}`, { count: UPDATES.run }));
        buttons[name].disabled = name in UPDATES ? full : own.updates === 0;
      }
    },
  };
}

/** What is being typed is left alone; NaN: what stands there is no longer being typed. @param {HTMLInputElement} node @param {number} value */
function fill(node, value) {
  const text = Number.isNaN(value) ? "" : number(value);
  if (node !== node.ownerDocument.activeElement || Number.isNaN(value) || node.value === "") node.value = text;
}

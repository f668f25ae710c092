/** The two weights of an error surface and their ranges: chosen from menus, their ends typed. */

import { element, replace, set, svg } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { inline, spoken } from "../../draw/symbol.js";
import { numberName, numbers, samePlace, settings, usualAxis } from "../../state/surfaces.js";
import { say } from "../../state/words.js";
import { entry, fill } from "./entry.js";

/** @typedef {import("../../state/surfaces.js").Side} Side */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */
/** @typedef {import("../../state/surfaces.js").Axis} Axis */

const WAYS = /** @type {const} */ (["across", "down"]);
const OTHER = /** @type {const} */ ({ across: "down", down: "across" });

/** @param {Document} document @param {() => Side | undefined} side  the network that they are of @param {(axes: Partial<Record<"across" | "down", Axis>>) => void} choose @param {(value: number | null) => void} refuse @param {() => void} redraw */
export function surfaceAxes(document, side, choose, refuse, redraw) {
  const own = () => {
    const now = side();
    return now ? settings(now) : null;
  };
  /** Where there is no room for all of it, its number and its layer go to lines of their own. @param {string} name */
  const parts = (name) => name.split(/(?=\[)| (?=\()/).map((part) => (
    part.startsWith("(") ? element(document, "span", { class: "surface-layer", text: part }) : element(document, "span", {}, ...inline(document, part))
  ));
  /** @param {"across" | "down"} way */
  const axis = (way) => {
    const menu = element(document, "select", { class: "surface-number", onchange: () => {
      const now = side();
      const [before, other] = [own()?.[way], own()?.[OTHER[way]]];
      const chosen = now && usualAxis(now, numbers(now)[menu.selectedIndex]);
      // The number of the other axis changes places with this one.
      if (before && other && chosen) choose(samePlace(other, chosen) ? { [way]: other, [OTHER[way]]: before } : { [way]: chosen });
    } });
    const end = (/** @type {"low" | "high"} */ name) => entry(document, `surface-${name}`, (text) => {
      const now = own()?.[way];
      const value = typed(text);
      if (now && value !== null && (name === "low" ? value < now.high : value > now.low)) choose({ [way]: { ...now, [name]: value } });
      else refuse(value);
    }, redraw);
    // The list of a menu knows no letters below the line: its symbol is written over it.
    const symbol = element(document, "span", { class: "surface-symbol", "aria-hidden": "true" });
    const more = svg(document, "svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg(document, "path", { d: "M4 6l4 4 4-4", class: "glyph-line" }));
    return { menu, symbol, choice: element(document, "span", { class: "surface-choice" }, symbol, more, menu), low: end("low"), high: end("high") };
  };
  const { across, down } = { across: axis("across"), down: axis("down") };
  return {
    nodes: {
      down: element(document, "div", { class: "surface-down" }, down.high, down.choice, down.low),
      across: element(document, "div", { class: "surface-across" }, across.low, across.choice, across.high),
    },
    /** @param {Side} now @param {Settings} own */
    paint(now, own) {
      const places = numbers(now);
      const names = places.map((place) => spoken(numberName(now, place)));
      for (const way of WAYS) {
        const { menu, symbol, low, high } = { across, down }[way];
        if ([...menu.options].map(({ text }) => text).join("\n") !== names.join("\n")) replace(menu, ...names.map((text) => element(document, "option", { text })));
        menu.selectedIndex = places.findIndex((place) => samePlace(place, own[way]));
        const name = spoken(numberName(now, own[way]));
        if (menu.dataset.name !== name) replace(symbol, ...parts(numberName(now, own[way])));
        menu.dataset.name = name;
        set(menu, "aria-label", say(now, way === "across" ? "surface.across" : "surface.down"));
        set(low, "aria-label", say(now, "surface.from", { name }));
        set(high, "aria-label", say(now, "surface.to", { name }));
        fill(low, own[way].low);
        fill(high, own[way].high);
      }
    },
  };
}

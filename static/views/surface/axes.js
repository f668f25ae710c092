/** The two weights of an error surface and their ranges: chosen from menus, their ends typed. */

import { element, replace, set } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { numberName, numbers, samePlace, settings, usualAxis } from "../../state/surfaces.js";
import { say } from "../../state/words.js";
import { entry, fill } from "./entry.js";

/** @typedef {import("../../state/surfaces.js").Side} Side */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */
/** @typedef {import("../../state/surfaces.js").Axis} Axis */

const WAYS = /** @type {const} */ (["across", "down"]);
const OTHER = /** @type {const} */ ({ across: "down", down: "across" });

/** @param {Document} document @param {() => Side | undefined} side  the network that they are of @param {(axes: Partial<Record<"across" | "down", Axis>>) => void} choose @param {() => void} redraw */
export function surfaceAxes(document, side, choose, redraw) {
  const own = () => {
    const now = side();
    return now ? settings(now) : null;
  };
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
    }, redraw);
    return { menu, low: end("low"), high: end("high") };
  };
  const { across, down } = { across: axis("across"), down: axis("down") };
  return {
    nodes: {
      down: element(document, "div", { class: "surface-down" }, down.high, down.menu, down.low),
      across: element(document, "div", { class: "surface-across" }, across.low, across.menu, across.high),
    },
    /** @param {Side} now @param {Settings} own */
    paint(now, own) {
      const places = numbers(now);
      const names = places.map((place) => numberName(now, place));
      for (const way of WAYS) {
        const { menu, low, high } = { across, down }[way];
        if ([...menu.options].map(({ text }) => text).join("\n") !== names.join("\n")) replace(menu, ...names.map((text) => element(document, "option", { text })));
        menu.selectedIndex = places.findIndex((place) => samePlace(place, own[way]));
        const name = numberName(now, own[way]);
        set(menu, "aria-label", say(now, way === "across" ? "surface.across" : "surface.down"));
        set(low, "aria-label", say(now, "surface.from", { name }));
        set(high, "aria-label", say(now, "surface.to", { name }));
        fill(low, own[way].low);
        fill(high, own[way].high);
      }
    },
  };
}

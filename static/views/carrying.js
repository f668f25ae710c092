/** Where the memory comes from before the first step: the numbers given, or what the last reading of the same sequence left. */

import { differs } from "../draw/differs.js";
import { element, replace, set, setText } from "../draw/dom.js";
import { brief } from "../draw/format.js";
import { bare, direction, isStateless, layerLabel, readsOn, startAt, unitCount } from "../state/derive.js";
import { joined, languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** So many units of a state are written out. */
const MOST = 6;

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function carrying(root, { store, actions, document }) {
  const carried = () => store.get().experiment.carried;
  /** @param {() => void} act */
  const choice = (act) => element(document, "button", { type: "button", class: "choice", onclick: act });
  /** @param {() => void} act */
  const word = (act) => element(document, "button", { type: "button", class: "quiet under-hover", onclick: act });
  const title = element(document, "span", { class: "aside-text" });
  const given = choice(() => actions.carry(0));
  const ended = choice(() => actions.carry(Math.max(1, carried())));
  const reading = element(document, "span", { class: "aside-text" });
  const back = word(() => actions.carry(carried() - 1));
  const on = word(() => actions.carry(carried() + 1));
  const readings = element(document, "div", { class: "option-row" }, reading, back, on);
  const note = element(document, "p", { class: "aside-text", role: "status" });
  replace(root, element(document, "div", { class: "option-row" }, title, given, ended), readings, note);

  const changed = differs();
  const paint = () => {
    const now = store.get();
    root.hidden = now.panel !== "signal" || isStateless(now);
    if (root.hidden || !changed(now.experiment, now.network, now.values, languageOf(now))) return;
    const count = carried();
    const can = readsOn(now.experiment.network);
    set(root, "role", "group");
    set(root, "aria-label", say(now, "carrying.title"));
    setText(title, say(now, "carrying.title"));
    setText(given, say(now, "carrying.given"));
    setText(ended, say(now, "carrying.ended"));
    set(given, "aria-pressed", String(count === 0));
    set(ended, "aria-pressed", String(count > 0));
    ended.disabled = !can;
    readings.hidden = count === 0;
    setText(reading, say(now, "carrying.reading", { reading: count + 1 }));
    setText(back, say(now, "carrying.back"));
    setText(on, say(now, "carrying.on"));
    on.disabled = count + 1 >= (now.limits.readings ?? Infinity);
    setText(note, can ? (count > 0 ? begins(now, count) : "") : say(now, "carrying.backward"));
    note.hidden = note.textContent === "";
  };

  paint();
  const stop = store.watch(["setting", "network", "values", "panel", "preferred"], paint);
  return {
    destroy() {
      stop();
      replace(root);
    },
  };
}

/** What the reading before left, and how far the gradient goes. @param {State} now @param {number} count */
function begins(now, count) {
  const states = now.network.layers.flatMap(({ address, program }) => now.network.programs[program].states.map((name) => `${address}.${name}`));
  const known = states.filter((address) => startAt(now, address) !== undefined);
  const numbers = known.map((address) => say(now, "carrying.state", { name: named(now, address), numbers: numbersOf(now, address) }));
  const left = numbers.length > 0 ? say(now, "carrying.left", { states: numbers.join(say(now, "carrying.and")), reading: count }) : "";
  return joined(now, [left, direction(now) === "backward" ? say(now, "carrying.truncated") : ""]);
}

/** @param {State} now @param {string} address */
function named(now, address) {
  const layer = layerLabel(now, address);
  return layer ? say(now, "strip.of-layer", { name: bare(address), layer }) : bare(address);
}

/** @param {State} now @param {string} address */
function numbersOf(now, address) {
  const units = unitCount(now, address);
  const shown = Array.from({ length: Math.min(units, MOST) }, (_, unit) => brief(startAt(now, address, unit) ?? NaN));
  return [...shown, ...(units > MOST ? ["…"] : [])].join(", ");
}

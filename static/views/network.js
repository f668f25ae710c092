/** What the network is made of: its layers with their cells, units and directions, and how many numbers that is. Closed at the start. */

import { counted } from "../draw/count.js";
import { differs } from "../draw/differs.js";
import { element, set, setText } from "../draw/dom.js";
import { prefix } from "../state/derive.js";
import { joined, languageOf, pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").LayerDescription} LayerDescription */

const MOST_UNITS = 128;
const MOST_LAYERS = 4;
const DIRECTIONS = /** @type {const} */ (["forward", "backward", "both"]);

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function network(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const summary = element(document, "span", { class: "aside-text network-summary" });
  const sign = element(document, "span", { class: "network-sign", "aria-hidden": "true" });
  const open = element(document, "button", {
    type: "button", class: "tool-head network-head", "aria-controls": "network-parts",
    onclick: () => actions.openPanel(state().panel === "network" ? null : "network"),
  }, title, summary, sign);
  const layers = element(document, "div", { class: "network-layers" });
  const count = element(document, "p", { class: "number network-count" });
  const note = element(document, "p", { class: "aside-text" });
  const said = element(document, "p", { class: "aside-text", role: "status" });
  const watch = element(document, "button", { type: "button", class: "quiet under-hover network-watch", onclick: () => actions.goHome({ train: "stage" }) });
  const body = element(document, "div", { class: "unfolded", id: "network-parts", hidden: true }, layers, count, note, said, watch);
  root.append(open, body);

  /** @param {string} text @param {boolean} pressed @param {() => void} act */
  const choice = (text, pressed, act) => element(document, "button", { type: "button", class: "choice", text, "aria-pressed": String(pressed), onclick: act });
  /** @param {string} text @param {string} label @param {() => void} act @param {boolean} [off] */
  const small = (text, label, act, off = false) => element(document, "button", { type: "button", class: "quiet small-button", text, "aria-label": label, title: label, disabled: off, onclick: act });

  /** @param {State} now @param {LayerDescription} layer @param {number} at @param {number} all */
  const row = (now, layer, at, all) => {
    const name = say(now, "network.layer", { number: at + 1 });
    const cells = element(document, "select", { class: "plain-select", "aria-label": say(now, "network.cell", { number: at + 1 }) });
    const known = now.cells ?? [];
    if (!known.some((cell) => cell.name === layer.cell)) cells.append(element(document, "option", { value: layer.cell, text: layer.cell === now.experiment.lesson ? say(now, "network.own-cell") : layer.cell }));
    cells.append(...known.map((cell) => element(document, "option", { value: cell.name, text: pick(now, cell.title) })));
    cells.value = layer.cell;
    cells.addEventListener("change", () => actions.setCell(at, cells.value));
    const units = element(document, "input", { class: "plain-input number network-units", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 5, "aria-label": say(now, "network.units-of", { number: at + 1 }) });
    units.value = String(layer.units);
    units.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
      if (event.key === "Enter") units.blur();
      else if (event.key === "Escape") actions.openPanel(null);
      else if (step !== 0) {
        event.preventDefault();
        resize(at, layer.units + step);
      }
    });
    units.addEventListener("change", () => {
      const typed = units.value.normalize("NFKC").trim();
      if (!resize(at, /^\d{1,5}$/.test(typed) ? Number(typed) : 0)) units.value = String(layer.units);
    });
    return element(document, "div", { class: "network-layer", role: "group", "aria-label": name },
      element(document, "div", { class: "network-line" },
        element(document, "span", { class: "network-name", text: name }), cells,
        small("×", say(now, "network.remove", { number: at + 1 }), () => actions.removeLayer(at), all === 1)),
      element(document, "div", { class: "network-line" },
        element(document, "span", { class: "aside-text", text: say(now, "network.units") }),
        small("−", say(now, "network.fewer", { number: at + 1 }), () => resize(at, layer.units - 1), layer.units <= 1),
        units,
        small("+", say(now, "network.more", { number: at + 1 }), () => resize(at, layer.units + 1), layer.units >= MOST_UNITS)),
      element(document, "div", { class: "network-line" },
        ...DIRECTIONS.map((direction) => choice(say(now, `network.${direction}`), layer.direction === direction, () => actions.setLayer(at, { direction })))));
  };

  /** @param {number} at @param {number} units @returns {boolean} whether there can be so many */
  const resize = (at, units) => {
    const fits = units >= 1 && units <= MOST_UNITS;
    if (fits) {
      actions.accept();
      actions.setLayer(at, { units });
    } else actions.say("network.bad-units");
    return fits;
  };

  /** The sum of each layer, as it is learned. @param {State} now */
  const sums = (now) => now.network.layers.map((layer) => counted(Object.entries(now.network.symbols)
    .filter(([address, symbol]) => symbol.kind === "parameter" && symbol.tied === undefined && prefix(address) === layer.address)
    .map(([, symbol]) => symbol.shape ?? [])));

  let built = "";
  /** @param {State} now */
  const build = (now) => {
    const [part] = now.experiment.network.parts;
    const key = JSON.stringify([part, now.cells?.length, languageOf(now)]);
    if (key === built) return;
    built = key;
    const focused = [...layers.querySelectorAll("button, input, select")].indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const top = now.network.layers.filter(({ layer }) => layer !== "readout").at(-1);
    const reads = part.readout !== null || (top && now.network.programs[top.program].output === "h");
    layers.replaceChildren(
      ...(reads ? [element(document, "div", { class: "network-line" },
        element(document, "span", { class: "network-name", text: say(now, "network.readout") }),
        choice(say(now, "network.on"), part.readout !== null, () => actions.setReadout(true)),
        choice(say(now, "network.off"), part.readout === null, () => actions.setReadout(false)))] : []),
      element(document, "button", { type: "button", class: "quiet under-hover", text: say(now, "network.add"), disabled: part.layers.length >= MOST_LAYERS, onclick: () => actions.addLayer() }),
      ...part.layers.map((layer, at) => row(now, layer, at, part.layers.length)).reverse(),
    );
    if (focused >= 0) /** @type {HTMLElement | undefined} */ (layers.querySelectorAll("button, input, select")[focused])?.focus();
  };

  const changed = differs();
  const paint = () => {
    const now = state();
    if (!now.experiment) return;
    const shown = now.panel === "network";
    if (!changed(now.experiment.network, now.network, now.cells, shown, languageOf(now))) return;
    const { layers: own } = now.experiment.network.parts[0];
    const units = own.map((layer) => layer.units).join(" + ");
    setText(title, say(now, "network.title"));
    setText(summary, own.length > 1 ? say(now, "network.summary-many", { count: own.length, units }) : say(now, "network.summary", { count: own[0].units }));
    setText(sign, shown ? "▾" : "▸");
    set(open, "aria-expanded", String(shown));
    body.hidden = !shown;
    if (!shown) return;
    void actions.listCells();
    build(now);
    const terms = sums(now);
    const total = terms.reduce((sum, term) => sum + term.count, 0);
    setText(count, `${terms.map(({ text }) => text).join(" + ")} = ${total}`);
    set(count, "aria-label", say(now, "network.count", { total }));
    setText(note, say(now, "network.note"));
    setText(watch, say(now, "network.watch"));
    const told = actions.told();
    const kept = told && say(now, told.kept === told.all ? "network.kept-all" : told.kept === 0 ? "network.kept-none" : "network.kept", { kept: told.kept, fresh: told.all - told.kept });
    setText(said, told ? joined(now, [kept ?? "", ...(told.asked && !now.experiment.loss ? [say(now, "network.no-targets")] : [])]) : "");
  };

  paint();
  const stop = store.watch(["experiment", "network", "cells", "panel", "preferred"], paint);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

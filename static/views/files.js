/** What a file of another library holds: its networks to choose from, what it does not say, and what else lies in it. */

import { element, replace, set, setText } from "../draw/dom.js";
import { pick, problemText, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** A problem whose array is named with its layer, since several layers have arrays of one name. @param {any} problem */
function located(problem) {
  const { layer, array } = problem.args;
  return layer && array ? { ...problem, args: { ...problem.args, array: `${array} (${layer})` } } : problem;
}

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function files(root, { store, actions, document }) {
  const title = element(document, "h2", { class: "dialog-title", id: "files-title" });
  const note = element(document, "p", { class: "aside-text" });
  const input = element(document, "input", { type: "file", class: "unseen", tabindex: -1 });
  const choose = element(document, "button", { type: "button", class: "action", onclick: () => input.click() });
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.openPanel(null) });
  const body = element(document, "div", { class: "files-found", "aria-live": "polite" });
  const dialog = element(document, "dialog", { class: "dialog files", "aria-labelledby": "files-title" },
    element(document, "div", { class: "dialog-head" }, title, close), note, element(document, "div", { class: "files-choose" }, choose, input), body);
  root.append(dialog);

  const state = () => /** @type {State} */ (store.get());
  /** @param {File} file */
  const take = async (file) => {
    if (/\.json$/i.test(file.name)) {
      actions.openPanel(null);
      return actions.openFile(file);
    }
    // A run that this page wrote is the experiment that it is of.
    const own = await actions.readFile(file);
    if (own) actions.open({ kept: own, notice: "files.run" });
  };
  input.addEventListener("change", () => {
    const [chosen] = input.files ?? [];
    if (chosen) void take(chosen);
    input.value = "";
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    actions.openPanel(null);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) actions.openPanel(null);
  });

  /** The only one of a file is called as the file is. @param {State} now @param {number} index */
  const nameless = (now, index) => (now.file?.found?.networks.length === 1 ? now.file.name : say(now, "files.network", { index: index + 1 }));

  /** @param {State} now @param {any} network @param {number} index */
  const networkOf = (now, network, index) => {
    const cells = network.layers.map((/** @type {any} */ { cell, title: own, units, direction }) => {
      const card = now.cells?.find(({ name }) => name === cell);
      return say(now, direction === "forward" ? "files.layer" : `files.layer-${direction}`, { cell: card ? pick(now, card.title) : own, units });
    });
    const choices = network.choices.map((/** @type {any} */ { option, taken, values }) => element(document, "label", { class: "files-option" },
      say(now, "files.option", { option }),
      select(option, now.file?.told[option] ?? taken, values)));
    const placed = network.placed.map((/** @type {any} */ one) => element(document, "li", { translate: "no", text: `${one.array}${one.where} → ${one.address || "–"}` }));
    return element(document, "li", { class: "files-network" },
      element(document, "div", { class: "files-head" },
        element(document, "div", {},
          element(document, "b", { text: network.names.filter(Boolean).join(", ") || nameless(now, index) }),
          element(document, "p", { class: "files-layers", text: cells.join(" · ") }),
          element(document, "p", { class: "aside-text", text: say(now, "files.size", { inputs: network.inputs, numbers: network.numbers }) })),
        network.problems.length === 0 && element(document, "button", {
          type: "button", class: "action", text: say(now, "files.open"), "aria-label": say(now, "files.open-network", { index: index + 1 }),
          disabled: now.file?.reading ?? false, onclick: () => actions.openNetwork(index),
        })),
      ...network.problems.map((/** @type {any} */ one) => element(document, "p", { class: "files-problem", text: problemText(now, one) })),
      ...notes(now, network.notes),
      ...choices,
      placed.length > 0 && element(document, "details", { class: "files-placed" },
        element(document, "summary", { text: say(now, "files.placed", { count: network.placed_count }) }), element(document, "ul", {}, ...placed)));
  };

  /** What the reader has to say of what it read. @param {State} now @param {any[]} list */
  const notes = (now, list) => list.map((one) => element(document, "p", { class: "files-note", text: problemText(now, located(one)) }));

  /** @param {string} option @param {string} taken @param {string[]} values */
  const select = (option, taken, values) => {
    const node = element(document, "select", { onchange: () => actions.tellOption(option, node.value) },
      ...values.map((value) => element(document, "option", { value, text: value })));
    node.value = taken;
    return node;
  };

  /** @param {State} now */
  const found = (now) => {
    const { file } = now;
    if (!file) return [];
    const problems = file.problems.map((one) => element(document, "p", { class: "files-problem", text: file.found || one.code !== "gone" ? problemText(now, one) || say(now, "files.gone") : say(now, "files.gone") }));
    if (!file.found) return [element(document, "p", { class: "files-name" }, element(document, "b", { text: file.name }), " ", file.reading ? say(now, "files.reading") : ""), ...problems];
    const { networks, own, rest_count: others, rest, more, title: format, notes: said, problems: faults } = file.found;
    return [
      element(document, "p", { class: "files-name" }, element(document, "b", { text: file.name }), ` · ${format} · `, say(now, "files.networks", { count: networks.length + more }), file.reading ? ` · ${say(now, "files.reading")}` : ""),
      ...problems,
      ...notes(now, said),
      networks.length > 0 && element(document, "ul", { class: "files-networks" }, ...networks.map((/** @type {any} */ one, /** @type {number} */ index) => networkOf(now, one, index))),
      networks.length === 0 && own > 0 && element(document, "p", { class: "files-note", text: say(now, "files.own", { count: own }) }),
      ...faults.map((/** @type {any} */ one) => element(document, "p", { class: "files-problem", text: problemText(now, located(one)) })),
      // Where there is no network, people ask for the reasons.
      others > 0 && element(document, "details", { class: "files-placed", open: networks.length + own + faults.length === 0 },
        element(document, "summary", { text: say(now, "files.rest", { count: others }) }),
        // The reasons are the reader's own words.
        element(document, "ul", {}, ...rest.map((/** @type {any} */ one) => element(document, "li", {},
          element(document, "span", { translate: "no", text: one.name }), ": ", element(document, "span", { lang: "en", text: one.why }))))),
    ];
  };

  const draw = () => {
    const now = state();
    const shown = now.panel === "files";
    if (!shown) {
      if (dialog.open) dialog.close();
      return;
    }
    void actions.listCells();
    setText(title, say(now, "files.title"));
    setText(note, say(now, "files.note"));
    setText(choose, say(now, "files.choose"));
    set(input, "aria-label", say(now, "files.choose"));
    set(close, "aria-label", say(now, "page.close"));
    replace(body, ...found(now));
    if (!dialog.open) dialog.showModal();
    if (!now.dropped) return;
    actions.takeDropped();
    void take(now.dropped);
  };
  draw();
  const stop = store.watch(["panel", "file", "dropped", "cells", "preferred", "experiment"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

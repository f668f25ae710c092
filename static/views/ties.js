/** Which of the weights are one: a line for each pair, and the way apart. */

import { differs } from "../draw/differs.js";
import { element, replace, set } from "../draw/dom.js";
import { letters } from "../draw/symbol.js";
import { bare, layerLabel, parameterLabel } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function ties(root, { store, actions, document }) {
  /** @param {State} now @param {string} address */
  const symbol = (now, address) => {
    const { letter, sub } = letters(bare(address));
    const layer = layerLabel(now, address);
    return element(document, "span", { class: "tie-name" },
      element(document, "span", { class: "symbol" }, letter, sub && element(document, "sub", { text: sub })),
      layer && element(document, "span", { class: "aside-text", text: layer }));
  };

  /** @param {State} now @param {string} one @param {string} other */
  const line = (now, one, other) => {
    const label = say(now, "ties.pair", { one: parameterLabel(now, one, null), other: parameterLabel(now, other, null) });
    return element(document, "div", { class: "tie", role: "group", "aria-label": label },
      element(document, "span", { class: "tie-mark", "aria-hidden": "true" }),
      symbol(now, one), element(document, "span", { text: "=" }), symbol(now, other),
      element(document, "button", {
        type: "button", class: "quiet under-hover tie-apart", text: say(now, "ties.untie"), "aria-label": say(now, "ties.untie-of", { name: bare(one), other: bare(other) }),
        onclick: () => actions.untie(one),
      }));
  };

  const changed = differs();
  const paint = () => {
    const now = store.get();
    const tied = Object.entries(now.experiment.network.tied ?? {});
    root.hidden = tied.length === 0;
    if (!changed(now.experiment.network, now.network, languageOf(now))) return;
    set(root, "aria-label", say(now, "ties.title"));
    replace(root, ...tied.map(([one, other]) => line(now, one, other)));
  };

  paint();
  const stop = store.watch(["experiment", "network", "preferred"], paint);
  return {
    destroy() {
      stop();
      replace(root);
    },
  };
}

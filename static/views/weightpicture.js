/** The weights of many units as pictures, one for each equation; the slider below them has the number. */

import { differs } from "../draw/differs.js";
import { element, hide, setText } from "../draw/dom.js";
import { weightPictures } from "../draw/weightpicture.js";
import { hasManyWeights, matrices, roleOf, symbolLabel, unit, weightsOf } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** The weight of full colour. */
const BOUND = 1;

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function weightpicture(root, { store, actions, document }) {
  const pictures = weightPictures(document, ({ address, index }) => actions.selectWeight(address, index));
  const legend = element(document, "p", { class: "wide-scale" });
  root.append(pictures.node, legend);

  /** @param {State} now @returns {import("../draw/weightpicture.js").Line[]} */
  const lines = (now) => matrices(now, unit(now)).flatMap(({ blocks, rows }) => {
    const columns = say(now, "wide.columns", { names: blocks.map(({ names }) => ends(names)).join(", ") });
    const targets = [...new Set(rows.map(({ target }) => target))];
    return targets.map((target) => {
      const own = rows.filter((row) => row.target === target);
      const { address } = own[0];
      const parts = [...new Set(own.flatMap(({ cells }) => cells.flatMap((place) => (place ? [place.address] : []))))];
      return { name: target, address, role: roleOf(now, address), label: say(now, "wide.weights", { label: symbolLabel(now, address) }), parts, columns };
    });
  });

  const changed = differs();
  const named = differs();
  /** @type {import("../draw/weightpicture.js").Line[]} */
  let shown = [];
  const draw = () => {
    const now = store.get();
    hide(root, !hasManyWeights(now));
    if (root.hidden || !changed(now.experiment.parameters, now.experiment.network, now.ground, now.network, now.lesson, unit(now), now.selected, now.theme, languageOf(now))) return;
    if (named(now.network, now.lesson, unit(now), languageOf(now))) shown = lines(now);
    pictures.paint({ lines: shown, values: weightsOf(now), chosen: now.selected, bound: BOUND });
    setText(legend, say(now, "wide.scale", { low: `−${BOUND}`, high: BOUND }));
  };
  const stop = store.watch(["experiment", "network", "selected", "theme", "preferred"], draw);
  draw();
  return {
    destroy() {
      stop();
      pictures.stop();
      root.replaceChildren();
    },
  };
}

/** Of many names the first and the last. @param {string[]} names */
function ends(names) {
  return names.length > 3 ? `${names[0]} … ${names[names.length - 1]}` : names.join(" ");
}

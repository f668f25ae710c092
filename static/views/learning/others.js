/** Whose losses are drawn over each other, each with its line, its name and what it has come to. */

import { element, replace } from "../../draw/dom.js";
import { result } from "../../draw/format.js";
import { LANES, laneMark } from "../../draw/lanemark.js";
import { racing } from "../../state/others.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/others.js").Other} Other */

/** Their lines on the picture. @param {Other[]} others @param {(token: string) => string} token */
export function linesOf(others, token) {
  return others.map(({ at, losses }) => ({ losses, colour: token(LANES[at].token), dash: [...LANES[at].dash] }));
}

/** @param {Document} document */
export function othersLegend(document) {
  const node = element(document, "ul", { class: "learning-others number" });
  let listed = "";
  return {
    node,
    /** @param {State} now @param {Other[]} others @param {boolean} hidden  a prediction keeps the losses from being shown */
    paint(now, others, hidden) {
      const update = now.learning?.at ?? 0;
      const texts = racing(now, others).map(({ at, name, losses }) => {
        const loss = losses[Math.min(update, losses.length - 1)];
        const known = loss !== undefined && !Number.isNaN(loss);
        return { at, text: hidden ? `${name} …` : known ? `${name} ${result(loss)}` : name };
      });
      node.hidden = texts.length === 0;
      const key = JSON.stringify(texts);
      if (key !== listed) replace(node, ...texts.map(({ at, text }) => element(document, "li", {}, laneMark(document, at), text)));
      listed = key;
    },
  };
}

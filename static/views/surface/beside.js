/** A second network beside the first: its surface over weights of its own, of the same loss and in the same colours. */

import { element, replace, set } from "../../draw/dom.js";
import { pick, say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */

/** @param {Document} document @param {any} actions */
export function besideMenu(document, actions) {
  const node = element(document, "select", { class: "surface-beside", onchange: async () => {
    const name = node.value;
    const lanes = await actions.compare();
    if (name === "") return lanes.stop();
    await lanes.instead(name);
  } });
  let listed = "";
  return {
    node,
    /** @param {State} now */
    paint(now) {
      if (!now.cells) void actions.listCells();
      const [lane] = now.experiment.lanes;
      const layers = lane?.network.parts.flatMap((part) => part.layers) ?? [];
      const cell = layers[0]?.cell ?? "";
      const known = now.cells?.some(({ name }) => name === cell);
      const list = [["", say(now, "surface.alone")], ...(cell && !known ? [[cell, say(now, "surface.beside-own")]] : []), ...(now.cells ?? []).map(({ name, title }) => [name, pick(now, title)])];
      const key = JSON.stringify(list);
      if (key !== listed) replace(node, ...list.map(([value, text]) => element(document, "option", { value, text })));
      listed = key;
      node.value = cell;
      set(node, "aria-label", say(now, "surface.beside"));
    },
  };
}

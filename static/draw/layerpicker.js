/** Whose inside is shown, where there are several layers or two directions, and what is to be known of that one. */

import { element, replace, set, setText } from "./dom.js";
import { choice } from "./switch.js";
import { short } from "./wording.js";

/** @typedef {{address: string, name: string, spoken: string}} LayerName  `spoken`: in full */

/** How many numbers of an input are said in a sentence. */
const MOST_TOLD = 4;

/**
 * @param {Document} document
 * @param {HTMLElement} node
 * @param {(address: string) => void} choose
 */
export function layerPicker(document, node, choose) {
  const told = element(document, "p", { class: "layers-told" });
  /** @type {ReturnType<typeof choice> | null} */
  let pick = null;
  let built = "";
  return {
    /** @param {{layers: LayerName[], chosen: string, label: string, text: string}} paint  `layers`: from the lowest up */
    paint({ layers, chosen, label, text }) {
      const key = layers.map(({ address }) => address).join();
      if (!pick || key !== built) {
        pick = choice(document, layers.map(({ address }) => address), choose);
        replace(node, pick.node, told);
        built = key;
      }
      const named = (/** @type {string} */ address) => layers.find((one) => one.address === address);
      pick.paint(chosen, label, (address) => named(address)?.name ?? "");
      for (const [index, button] of [...pick.node.children].entries()) set(button, "aria-label", layers[index].spoken);
      setText(told, text);
    },
  };
}

/**
 * What is to be known of a layer over others, and of one that reads from the end.
 * @param {Pick<import("./wording.js").Scene, "step" | "hidden" | "reversed" | "below" | "say">} scene
 * @param {import("./numbers.js").Numbers} numbers
 */
export function layerText({ step, hidden, reversed, below, say }, numbers) {
  const units = numbers.size("x");
  const read = Array.from({ length: units }, (_, unit) => numbers.value("x", unit, step));
  const known = !hidden && units <= MOST_TOLD && !read.some(Number.isNaN);
  return [
    below && (known ? say("layers.reads-numbers", { below, numbers: read.map(short).join(", ") }) : say("layers.reads", { below })),
    reversed && (numbers.before(step) ? say("layers.reversed", { step: numbers.before(step) }) : say("layers.reversed-start")),
  ].filter(Boolean).join(say("page.gap"));
}

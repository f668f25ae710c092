/** One update of one weight with its numbers: what each step adds to the gradient, and what the gradient does to the weight. */

import { element, replace, setText, toggle } from "../../draw/dom.js";
import { number } from "../../draw/format.js";
import { chosenWeight } from "../../state/chosen.js";
import * as derive from "../../state/derive.js";
import { pace } from "../../state/pace.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */

/** More terms than this would not be read. */
const TERMS = 8;
/** The gradients that are shown may be older than the update that is: then their sum is another. */
const SAME = 1e-6;

/** @param {Document} document */
export function nextUpdate(document) {
  const title = element(document, "h3", { class: "heading" });
  const gradient = element(document, "p", { class: "learning-sum number" });
  const clipped = element(document, "p", { class: "learning-sum number" });
  const move = element(document, "p", { class: "learning-sum number" });
  const node = element(document, "section", { class: "learning-update" }, title, gradient, clipped, move);
  const name = (/** @type {string} */ text) => {
    const [, letter, index, place] = /^([^_[]+)_?([^[]*)(.*)$/.exec(text) ?? ["", text, "", ""];
    return element(document, "i", { class: "learning-name" }, letter, index ? element(document, "sub", { text: index }) : "", place);
  };

  return {
    node,
    /** @param {State} now */
    paint(now) {
      const ahead = now.learning?.ahead;
      const found = chosenWeight(now, (address) => !ahead || address in ahead.gradient);
      toggle(node, "is-going", now.learning?.going === true || !ahead);
      if (!found) return void (node.hidden = true);
      node.hidden = false;
      const { address, at, value: weight, label } = found;
      setText(title, say(now, "learning.next", { weight: label }));
      if (!ahead) return;
      const { rule, rate, clip } = pace(now);
      const slope = ahead.gradient[address].data[at];
      const next = ahead.next[address].data[at];
      const terms = sharesOf(now, address, at, slope);
      replace(gradient, name("dL"), "/", name(`d${label}`), " = ",
        ...terms.flatMap((value, step) => [step === 0 ? "" : value < 0 ? " − " : " + ", element(document, "span", { class: "learning-term" }, number(step === 0 ? value : Math.abs(value)), element(document, "small", { text: say(now, "learning.step", { step: step + 1 }) }))]),
        terms.length > 1 ? " = " : "", element(document, "b", { text: number(slope) }));
      const share = ahead.clipped / ahead.norm;
      const isClipped = clip > 0 && share < 1;
      const used = isClipped ? slope * share : slope;
      clipped.hidden = clip === 0;
      replace(clipped, ...(isClipped ? [say(now, "learning.shortened", { norm: number(ahead.norm), most: number(clip), slope: number(slope), used: number(used) })] : []));
      // The other rules put more than this gradient into a step: what they make of it is the engine's to say.
      const step = rule === "sgd" ? `${number(rate)} · ${bracketed(used)}` : number(Math.abs(weight - next));
      const sign = rule !== "sgd" && next > weight ? " + " : " − ";
      replace(move, name(label), " ← ", number(weight), sign, step, " = ", element(document, "b", { text: number(next) }));
    },
  };
}

/** What each step adds, if it is known and adds up to the gradient. @param {State} now @param {string} address @param {number} at @param {number} slope @returns {number[]} */
function sharesOf(now, address, at, slope) {
  const steps = derive.steps(now);
  if (now.experiment.backward?.of !== derive.LOSS || steps > TERMS || steps < 2) return [];
  const shares = Array.from({ length: steps }, (_, step) => derive.gradientAt(now, `each:${address}`, step + 1, at) ?? NaN);
  const sum = shares.reduce((one, other) => one + other, 0);
  const size = shares.reduce((one, other) => one + Math.abs(other), 0);
  return Math.abs(sum - slope) <= SAME * size ? shares : [];
}

/** @param {number} value */
function bracketed(value) {
  return value < 0 ? `(${number(value)})` : number(value);
}

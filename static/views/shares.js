/** Going backward: the gradient of one weight; from the loss also what every step adds to it, as far as the sweep has come. */

import { element, replace, set, setText, svg, toggle } from "../draw/dom.js";
import { brief, result, tight } from "../draw/format.js";
import { room } from "../draw/room.js";
import { inline } from "../draw/symbol.js";
import { chosenWeight, heldWeight } from "../state/chosen.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** `below`: the numbers of bars that go down. */
const HEIGHT = { bars: 44, foot: 16, head: 14, below: 13 };
const LEAST = 3;
/** Pixels of a step: less has no room for a number, or for as many digits as the sum has. */
const NUMBERED = 26;
const EXACT = 76;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function shares(root, { store, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const name = element(document, "span", { class: "shares-name number" });
  const plot = svg(document, "svg", { class: "shares-plot", role: "img", height: HEIGHT.head + HEIGHT.bars + HEIGHT.foot });
  const paper = element(document, "div", { class: "shares-paper" }, plot);
  const sum = element(document, "p", { class: "shares-sum number" });
  root.append(element(document, "div", { class: "tool-head" }, title, name), paper, sum);

  const draw = () => {
    const now = state();
    const { backward, step } = now.experiment;
    const parted = backward?.of === derive.LOSS;
    const found = parted ? chosenWeight(now, (address) => `each:${address}` in now.gradients) : heldWeight(now);
    root.hidden = derive.direction(now) !== "backward" || derive.isWide(now) || !found || (!parted && !(found.address in now.totals)) || derive.concealed(now) !== null;
    paper.hidden = sum.hidden = !parted;
    if (root.hidden || !found) return;
    if (!parted) {
      replace(title, ...inline(document, say(now, "shares.whole", { weight: found.label })));
      setText(name, say(now, "shares.all", { value: result(now.totals[found.address].data[found.at]) }));
      return;
    }
    const { address, at, label } = found;
    const key = `each:${address}`;
    const steps = derive.steps(now);
    const values = Array.from({ length: steps }, (_, index) => derive.gradientAt(now, key, index + 1, at) ?? NaN);
    const pitch = Math.max(1, size.width) / steps;
    const wide = Math.max(1, pitch * 0.72);
    const bound = Math.max(...values.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE);
    const [up, down] = [1, -1].map((sign) => Math.max(0, ...values.filter(Number.isFinite).map((value) => sign * value)) / bound);
    const scale = (HEIGHT.bars - (down > 0 ? HEIGHT.below : 0)) / Math.max(1, up + down);
    const zero = HEIGHT.head + (down > 0 ? up * scale : HEIGHT.bars);
    set(plot, "width", Math.max(1, size.width));
    replace(plot, svg(document, "path", { class: "shares-axis", d: `M0 ${zero}H${size.width}` }), ...values.map((value, index) => {
      const here = index + 1;
      const reached = here >= step;
      const part = Number.isFinite(value) ? value / bound : 0;
      const high = Math.max(value === 0 ? 0 : LEAST, Math.abs(part) * scale);
      const x = index * pitch + (pitch - wide) / 2;
      const box = svg(document, "rect", { class: "shares-bar", x, width: wide, y: value < 0 ? zero : zero - high, height: reached ? high : 0, rx: 3 });
      const text = svg(document, "text", { class: "shares-number", x: x + wide / 2, y: value < 0 ? zero + high + 11 : zero - high - 4, text: !reached || pitch <= NUMBERED ? "" : pitch < EXACT ? tight(value, 6, Number.isInteger(value)) : brief(value) });
      const foot = svg(document, "text", { class: "shares-step", x: x + wide / 2, y: HEIGHT.head + HEIGHT.bars + HEIGHT.foot - 3, text: pitch > 14 ? String(here) : "" });
      toggle(box, "is-here", here === step);
      return svg(document, "g", {}, box, text, foot);
    }));
    const sofar = values.slice(step - 1).reduce((one, other) => one + other, 0);
    setText(title, say(now, "shares.title"));
    setText(name, say(now, "shares.of", { weight: label }));
    setText(sum, say(now, step === 1 ? "shares.all" : "shares.so-far", { step, value: result(sofar) }));
    set(plot, "aria-label", values.map((value, index) => say(now, index + 1 >= step ? "shares.at" : "shares.later", { step: index + 1, value: result(value) })).join(". "));
  };

  const size = room(paper, draw);
  draw();
  const stop = store.watch(["setting", "network", "gradients", "totals", "selected", "predictions", "preferred"], draw);
  return {
    destroy() {
      stop();
      size.stop();
      root.replaceChildren();
    },
  };
}

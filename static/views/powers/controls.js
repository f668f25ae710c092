/** What can be chosen at each question: sliders, each with its number to type. */

import { element, set, setStyle, setText } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { number } from "../../draw/format.js";
import { steps } from "../../state/derive.js";
import { ASKED, RANGES } from "../../state/powers.js";
import { numberName, standing } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/powers.js").Settings} Settings */
/** @typedef {{low: number, high: number, step: number}} Range */

const NAMES = /** @type {(keyof typeof RANGES)[]} */ (Object.keys(RANGES));
/** Steps of the weight's slider. */
const FINE = 400;

/** @param {Document} document @param {any} actions @param {() => void} redraw */
export function powersControls(document, actions, redraw) {
  /** A slider and the same number to type. @param {string} name @param {(value: number, live: boolean) => void} take @param {boolean} [beyond]  what is typed may lie beyond the slider */
  const knob = (name, take, beyond = false) => {
    const text = element(document, "span", { class: "powers-label" });
    const box = element(document, "input", { class: "powers-entry number", type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
      const value = typed(box.value);
      if (value !== null && (beyond || (value >= Number(slider.min) && value <= Number(slider.max)))) {
        actions.accept();
        take(value, false);
      } else if (box.value.trim() !== "") actions.refuse(value);
      box.value = "";
      redraw();
    } });
    const slider = element(document, "input", { class: "slider", type: "range", oninput: () => take(Number(slider.value), true), onchange: () => take(Number(slider.value), false) });
    const rail = element(document, "div", { class: "slider-body" }, slider);
    const node = element(document, "div", { class: `powers-knob powers-${name}` }, text, rail, box);
    return {
      node,
      /** @param {string} label @param {number} value @param {Range} range */
      paint(label, value, { low, high, step }) {
        setText(text, label);
        set(box, "aria-label", label);
        set(slider, "aria-label", label);
        set(slider, "min", low);
        set(slider, "max", high);
        set(slider, "step", step);
        slider.value = String(value);
        set(slider, "aria-valuetext", number(value));
        setStyle(rail, "--to", `${Math.min(100, Math.max(0, ((value - low) / (high - low || 1)) * 100))}%`);
        if (box !== document.activeElement || box.value === "") box.value = number(value);
      },
    };
  };
  const weight = knob("weight", (value, live) => actions.setPower(value, { live }), true);
  const until = knob("until", (value) => actions.setReach(value));
  const rest = NAMES.map((name) => ({ name, ...knob(name, (value) => actions.setPowers({ [name]: value })) }));
  return {
    nodes: [weight.node, until.node, ...rest.map(({ node }) => node)],
    /** @param {State} now @param {Settings} own */
    paint(now, own) {
      weight.node.hidden = until.node.hidden = own.question !== "weight" || !own.across;
      if (own.across && !weight.node.hidden) {
        const { low, high } = own.across;
        weight.paint(numberName(now, own.across), standing(now, own.across), { low, high, step: Number(((high - low) / FINE).toPrecision(2)) });
        until.paint(say(now, "powers.until"), own.until, { low: 1, high: steps(now), step: 1 });
      }
      for (const { name, node, paint } of rest) {
        node.hidden = !ASKED[own.question].includes(name);
        if (!node.hidden) paint(say(now, `powers.${name}`), own[name], RANGES[name]);
      }
    },
  };
}

/** How fast and by which rule the network learns, and the buttons that let it. */

import { element, replace, set, setStyle, setText } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { number } from "../../draw/format.js";
import { clamp } from "../../draw/scale.js";
import { DECADES, pace, rateAt, RULES } from "../../state/pace.js";
import { languageOf, say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../net/contract.js").Rule} Rule */

const TEN = 10;
const GRAIN = 0.05;

/** @param {Document} document @param {any} actions @param {() => void} redraw */
export function learningControls(document, actions, redraw) {
  /** A number that is typed; what cannot be is put back, and said. @param {(value: number) => boolean} allowed @param {(value: number) => void} take */
  const entry = (allowed, take) => {
    const own = element(document, "input", { class: "learning-entry number", type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
      const value = own.value.trim() === "" ? 0 : typed(own.value);
      own.value = "";
      if (value !== null && allowed(value)) {
        actions.accept();
        take(value);
      } else actions.refuse(value);
      redraw();
    } });
    return own;
  };
  const row = (/** @type {Node[]} */ ...inside) => element(document, "label", { class: "learning-row" }, ...inside);
  const label = () => element(document, "span", { class: "learning-label" });
  const [rateText, ruleText, clipText] = [label(), label(), label()];
  const rate = entry((value) => value > 0, (rate) => actions.setPace({ rate }));
  const slider = element(document, "input", { class: "slider", type: "range", min: DECADES.low, max: DECADES.high, step: GRAIN, oninput: () => actions.setPace({ rate: rateAt(Number(slider.value)) }) });
  const rail = element(document, "div", { class: "slider-body" }, slider);
  const rule = element(document, "select", { class: "learning-rule", onchange: () => {
    const chosen = /** @type {Rule} */ (rule.value);
    actions.setPace({ rule: chosen, rate: RULES[chosen] });
  } });
  const clip = entry((value) => value >= 0, (clip) => actions.setPace({ clip }));
  const one = element(document, "button", { type: "button", class: "learning-button is-first", onclick: () => actions.learn(1) });
  const ten = element(document, "button", { type: "button", class: "learning-button", onclick: () => actions.learn(TEN) });
  const run = element(document, "button", { type: "button", class: "learning-button", onclick: () => actions.learnOn() });
  const buttons = element(document, "div", { class: "learning-buttons", role: "group" }, one, ten, run);
  const watch = element(document, "button", { type: "button", class: "quiet under-hover learning-watch", onclick: () => actions.goHome({ train: "stage" }) });
  let language = "";

  return {
    buttons,
    settings: element(document, "div", { class: "learning-settings" }, row(rateText, rate), rail, row(ruleText, rule), row(clipText, clip)),
    watch,
    /** @param {State} now */
    paint(now) {
      const own = pace(now);
      const going = now.learning?.going === true;
      if (language !== languageOf(now)) {
        language = languageOf(now);
        replace(rule, ...Object.keys(RULES).map((name) => element(document, "option", { value: name, text: say(now, `learning.rule.${name}`) })));
      }
      rule.value = own.rule;
      setText(rateText, say(now, "learning.rate"));
      setText(ruleText, say(now, "learning.rule"));
      setText(clipText, say(now, "learning.clip"));
      fill(rate, number(own.rate));
      fill(clip, own.clip > 0 ? number(own.clip) : "");
      set(clip, "placeholder", say(now, "learning.unclipped"));
      const power = clamp(Math.log10(own.rate), DECADES.low, DECADES.high);
      slider.value = String(power);
      set(slider, "aria-label", say(now, "learning.rate"));
      set(slider, "aria-valuetext", number(own.rate));
      setStyle(rail, "--to", `${((power - DECADES.low) / (DECADES.high - DECADES.low)) * 100}%`);
      set(buttons, "aria-label", say(now, "learning.title"));
      setText(one, say(now, "learning.one"));
      setText(ten, say(now, "learning.ten"));
      setText(watch, say(now, "learning.watch"));
      setText(run, say(now, going ? "learning.stop" : "learning.run"));
      one.disabled = ten.disabled = going;
    },
  };
}

/** What is being typed is left alone. @param {HTMLInputElement} node @param {string} text */
function fill(node, text) {
  if (node !== node.ownerDocument.activeElement || node.value === "") node.value = text;
}

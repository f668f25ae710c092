/** The whole sequence at once: a curve that is drawn, waves by name, a sentence, numbers out of a spreadsheet. */

import { differs } from "../draw/differs.js";
import { element, set, setText, svg } from "../draw/dom.js";
import { number } from "../draw/format.js";
import { isWord } from "../draw/symbol.js";
import { INPUT, inputName, range, readsWords, steps, unitCount } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

const WAVES = ["sine", "square", "ramp", "impulse", "noise"];
const WIDE = 240;
const HIGH = 72;
const EDGE = 4;
/** With the same seed the same noise. */
const LARGEST_SEED = 2 ** 31;
/** What a key changes, as a share of the largest value. */
const KEY_STEP = 0.1;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function signal(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  let component = 0;
  let seed = 1;
  /** The inputs that noise with this seed has made: as long as nothing else changes them, it is said which one it was. @type {unknown} */
  let made = null;

  /** @param {() => void} act */
  const word = (act) => element(document, "button", { type: "button", class: "quiet under-hover", onclick: act });
  const reverse = word(() => actions.reverse());
  const duplicate = word(() => actions.duplicate(state().experiment.step));
  const lengthLabel = element(document, "label", { class: "aside-text", for: "signal-length" });
  const length = element(document, "input", { id: "signal-length", class: "signal-text signal-seed number", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 10 });
  const order = element(document, "div", { class: "option-row signal-seeds" }, lengthLabel, length, reverse, duplicate);
  const names = element(document, "div", { class: "option-row", role: "group" });
  const line = svg(document, "polyline", { class: "signal-line" });
  const zero = svg(document, "path", { class: "signal-zero", d: `M0 ${HIGH / 2}H${WIDE}` });
  // A point that is as wide as high, however the picture is stretched.
  const here = svg(document, "path", { class: "signal-here" });
  const curve = svg(document, "svg", { class: "signal-curve", viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", role: "slider", tabindex: 0, "aria-orientation": "vertical" }, zero, line, here);
  const waves = element(document, "div", { class: "option-row", role: "group" }, ...WAVES.map((wave) => word(() => {
    if (wave === "noise") draw(seed);
    else actions.setWave(chosen(), wave, seed);
  })));
  const seedLabel = element(document, "label", { class: "aside-text", for: "signal-seed" });
  const seedInput = element(document, "input", { id: "signal-seed", class: "signal-text signal-seed number", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 10 });
  const seeds = element(document, "div", { class: "option-row signal-seeds" }, seedLabel, seedInput, word(() => draw(seed + 1)));
  const sentenceLabel = element(document, "label", { class: "aside-text", for: "signal-sentence" });
  const sentence = element(document, "input", { id: "signal-sentence", class: "signal-text", type: "text", autocomplete: "off", spellcheck: "false" });
  const fresh = word(() => finish(actions.write(sentence.value, true)));
  const pasteLabel = element(document, "label", { class: "aside-text", for: "signal-paste" });
  const paste = element(document, "textarea", { id: "signal-paste", class: "signal-text number", rows: 2, spellcheck: "false" });
  const take = word(() => {
    finish(actions.paste(paste.value));
  });
  const said = element(document, "p", { class: "aside-text", role: "status" });
  root.append(order, names, curve, waves, seeds, sentenceLabel, sentence, element(document, "div", { class: "option-row" }, fresh), pasteLabel, paste, element(document, "div", { class: "option-row" }, take), said);

  /** @param {{wrong: string, args?: Record<string, string | number>} | null} problem */
  const finish = (problem) => {
    setText(said, problem ? say(state(), problem.wrong, problem.args ?? {}) : "");
    // It is the last line, and what it says would be lost below the window's edge.
    if (problem) said.scrollIntoView({ block: "nearest" });
  };
  const chosen = () => Math.min(component, unitCount(state(), INPUT) - 1);

  /** @param {number} from */
  const draw = (from) => {
    seed = Math.min(LARGEST_SEED, from);
    actions.setWave(chosen(), "noise", seed);
    made = state().experiment.sequence.inputs;
    paint();
  };

  const changed = differs();
  const spoiled = differs();
  const paint = () => {
    const now = state();
    const folded = root.hidden;
    root.hidden = now.panel !== "signal";
    // What has unfolded may stand below the window's edge: it comes into sight as far as there is room.
    if (folded && !root.hidden) requestAnimationFrame(() => root.parentElement?.scrollIntoView({ block: "nearest" }));
    const { sequence, step } = now.experiment;
    // What was wrong with a text is not said of another sequence.
    if (spoiled(sequence, root.hidden)) setText(said, "");
    if (root.hidden || !changed(sequence, step, component, seed, made, now.lesson, now.network, now.bounds, languageOf(now))) return;
    const own = chosen();
    const name = inputName(now, own);
    setText(lengthLabel, say(now, "signal.length"));
    if (document.activeElement !== length) length.value = String(steps(now));
    setText(reverse, say(now, "signal.reverse"));
    setText(duplicate, say(now, "signal.duplicate", { step }));
    set(names, "aria-label", say(now, "signal.component"));
    const width = unitCount(now, INPUT);
    names.hidden = width < 2;
    const focused = [...names.children].indexOf(/** @type {Element} */ (document.activeElement));
    names.replaceChildren(...Array.from({ length: width }, (_, k) => element(document, "button", {
      type: "button", class: readsWords(now) || isWord(inputName(now, k)) ? "choice" : "choice symbol", text: inputName(now, k), "aria-pressed": String(k === own),
      onclick: () => {
        component = k;
        paint();
      },
    })));
    /** @type {HTMLElement | undefined} */ (names.children[focused])?.focus();
    set(waves, "aria-label", say(now, "signal.waves", { name }));
    [...waves.children].forEach((node, at) => setText(node, say(now, `signal.${WAVES[at]}`)));
    seeds.hidden = made !== sequence.inputs;
    setText(seedLabel, say(now, "signal.seed"));
    setText(/** @type {Element} */ (seeds.lastElementChild), say(now, "signal.another"));
    if (document.activeElement !== seedInput) seedInput.value = String(seed);
    setText(sentenceLabel, say(now, "signal.sentence"));
    setText(fresh, say(now, "signal.fresh"));
    fresh.hidden = !sequence.vocabulary;
    setText(pasteLabel, say(now, "signal.paste", { width }));
    setText(take, say(now, "signal.take"));
    const values = sequence.inputs.map((row) => row[own]);
    const points = values.map((value, at) => `${across(now, at + 1).toFixed(1)},${down(now, value).toFixed(1)}`);
    set(line, "points", (points.length === 1 ? [`0,${points[0].split(",")[1]}`, ...points] : points).join(" "));
    set(here, "d", `M${across(now, step)} ${down(now, values[step - 1])}h0`);
    set(curve, "aria-label", say(now, "signal.curve", { name }));
    set(curve, "aria-valuemin", -bound(now));
    set(curve, "aria-valuemax", bound(now));
    set(curve, "aria-valuenow", values[step - 1]);
    set(curve, "aria-valuetext", say(now, "signal.at", { step, value: number(values[step - 1]) }));
  };

  /** @param {State} now */
  const bound = (now) => range(now, INPUT);
  /** @param {State} now @param {number} step */
  const across = (now, step) => (steps(now) === 1 ? WIDE / 2 : EDGE + ((step - 1) / (steps(now) - 1)) * (WIDE - 2 * EDGE));
  /** @param {State} now @param {number} value */
  const down = (now, value) => HIGH / 2 - Math.max(-1, Math.min(1, value / bound(now))) * (HIGH / 2 - EDGE);

  /** Where the pen is. @type {{step: number, value: number} | null} */
  let pen = null;
  /** @param {PointerEvent} event */
  const trace = (event) => {
    const now = state();
    const box = curve.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width) * WIDE;
    const step = Math.max(1, Math.min(steps(now), Math.round(((share - EDGE) / (WIDE - 2 * EDGE)) * (steps(now) - 1)) + 1));
    const high = 1 - (2 * (event.clientY - box.top)) / box.height;
    const value = Math.round(Math.max(-1, Math.min(1, high)) * bound(now) * 100) / 100;
    const to = { step, value };
    actions.draw(chosen(), pen ?? to, to, { live: true });
    pen = to;
  };
  curve.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    curve.setPointerCapture(event.pointerId);
    trace(event);
  });
  curve.addEventListener("pointermove", (event) => {
    if (pen) trace(event);
  });
  const lift = () => {
    if (pen) actions.drawn();
    pen = null;
  };
  curve.addEventListener("pointerup", lift);
  curve.addEventListener("pointercancel", lift);
  curve.addEventListener("keydown", (event) => {
    const now = state();
    const { step, sequence } = now.experiment;
    const up = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if ((up === undefined && along === undefined) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (along !== undefined) return actions.seek(Math.max(1, Math.min(steps(now), step + along)));
    const value = sequence.inputs[step - 1][chosen()] + /** @type {number} */ (up) * KEY_STEP * bound(now);
    actions.setInput(step, chosen(), Math.round(value * 1000) / 1000, { live: false });
  });
  /** @param {HTMLInputElement} field @param {number} least @param {(whole: number | null) => void} take  null: what was typed is no whole number, or less than `least` */
  const typedIn = (field, least, take) => {
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") field.blur();
    });
    field.addEventListener("change", () => {
      const typed = field.value.normalize("NFKC").trim();
      take(/^\d{1,10}$/.test(typed) && Number(typed) >= least ? Number(typed) : null);
    });
  };
  typedIn(seedInput, 0, (typed) => {
    const fits = typed !== null && typed <= LARGEST_SEED;
    if (fits) draw(typed);
    else seedInput.value = String(seed);
    setText(said, fits ? "" : say(state(), "signal.bad-seed"));
  });
  typedIn(length, 1, (typed) => {
    finish(typed === null ? { wrong: "signal.bad-length" } : actions.lengthen(typed));
    length.value = String(steps(state()));
  });
  sentence.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) finish(actions.write(sentence.value, false));
  });

  paint();
  const stop = store.watch(["experiment", "network", "lesson", "bounds", "panel", "preferred"], paint);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

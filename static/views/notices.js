/** What went wrong, said once and quietly, and what a screen reader hears. */

import { element, hide, set, setText, toggle } from "../draw/dom.js";
import { result } from "../draw/format.js";
import { beat, direction, gradientAt, gradientRows, isGradientHidden, isHidden, layerLabel, mainLayer, openPrediction, overflow, rows, steps, symbolLabel, unit, valueAt } from "../state/derive.js";
import { joined, pick, problemText, say } from "../state/words.js";

/** A screen reader hears at most one sentence in this time. */
const PAUSE = 1000;
/** What was done is soon read; what went wrong stays longer. */
const SHOWN = { note: 3500, wrong: 12_000 };

/** What is said of a question that waits, and no longer than it does. */
const ASKED = ["notice.question", "notice.type-number"];

/** @typedef {import("../state/store.js").State} State */

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function notices(root, { store, actions, document }) {
  const text = element(document, "p", { class: "notice-text" });
  const undo = element(document, "button", { type: "button", class: "quiet notice-act under-hover", onclick: () => actions.undo() });
  const close = element(document, "button", { type: "button", class: "quiet notice-act", text: "×", onclick: () => actions.dismiss() });
  const bar = element(document, "div", { class: "notice", role: "status", hidden: true }, text, undo, close);
  const spoken = element(document, "div", { class: "unseen", "aria-live": "polite" });
  root.append(bar, spoken);

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let fade;
  const draw = () => {
    const now = /** @type {State} */ (store.get());
    const found = notice(now);
    hide(bar, found === null);
    clearTimeout(fade);
    if (!found) return;
    setText(text, found.text);
    toggle(bar, "is-alarm", found.kind === "alarm");
    undo.hidden = !(found.kind === "alarm" && now.undo > 0);
    close.hidden = found.kind === "alarm" || found.kind === "away";
    setText(undo, say(now, "weights.undo"));
    set(close, "aria-label", say(now, "page.close"));
    if (found.kind === "note") fade = setTimeout(() => actions.dismiss(), /^(notice|problem)[.]/.test(now.notice ?? "") ? SHOWN.wrong : SHOWN.note);
  };

  let last = 0;
  let heard = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const announce = () => {
    clearTimeout(later);
    const wait = last + PAUSE - Date.now();
    later = setTimeout(() => {
      const sentence = summary(store.get());
      if (sentence === heard) return;
      heard = sentence;
      last = Date.now();
      setText(spoken, sentence);
    }, Math.max(wait, 150));
  };

  draw();
  const stops = [
    store.watch(["problems", "values", "pictures", "status", "notice", "experiment", "undo", "panel", "predictions"], draw),
    store.watch(["experiment", "values", "gradients", "predictions", "equation"], announce),
  ];
  return {
    destroy() {
      for (const stop of stops) stop();
      clearTimeout(fade);
      clearTimeout(later);
      root.replaceChildren();
    },
  };
}

/**
 * The one thing to say, the most pressing first.
 * @param {State} state
 * @returns {{kind: "away" | "problem" | "alarm" | "note", text: string} | null}
 */
function notice(state) {
  if (state.status === "away") return { kind: "away", text: say(state, "notice.away") };
  if (state.problems.length > 0) {
    const sentences = state.problems.map((problem) => problemText(state, problem));
    return { kind: "problem", text: joined(state, sentences) };
  }
  const found = state.network ? overflow(state) : null;
  if (found && !isHidden(state, found.step, found.address)) {
    const name = found.address.slice(found.address.lastIndexOf(".") + 1);
    return { kind: "alarm", text: say(state, "notice.overflow", { name, label: symbolLabel(state, found.address), step: found.step }) };
  }
  // The share dialog says its own.
  if (state.notice && !(ASKED.includes(state.notice) && !openPrediction(state)) && (state.panel !== "share" || !state.notice.startsWith("shared."))) return { kind: "note", text: say(state, state.notice) };
  return null;
}

/** What has just come on screen, in one sentence. @param {State} state */
function summary(state) {
  if (!state.network) return "";
  const { step } = state.experiment;
  const backward = direction(state) === "backward";
  if (state.equation !== null) return equation(state, state.equation, backward);
  const found = beat(state);
  const parts = (backward ? gradientRows(state) : rows(state)).flatMap((address) => {
    const value = backward ? gradientAt(state, address, step, unit(state)) : valueAt(state, address, step, unit(state));
    if (value === undefined || (backward ? isGradientHidden : isHidden)(state, step, address) || address.endsWith(".x")) return [];
    const key = backward ? "notice.gradient-is" : "notice.value-is";
    return [say(state, key, { label: labelled(state, address), value: result(value) })];
  });
  const head = say(state, backward ? "lesson.step-backward" : "lesson.step", { step, count: steps(state) });
  const inside = mainLayer(state);
  return [head, inside ? layerLabel(state, inside.address) : "", found ? pick(state, found.title) : "", ...parts].filter(Boolean).join(say(state, "notice.stop"));
}

/** Within a step the equations come in the order in which they are computed, backward the last one first. @param {State} state @param {number} index @param {boolean} backward */
function equation(state, index, backward) {
  const layer = mainLayer(state);
  const list = layer ? state.network.programs[layer.program].equations : [];
  const found = backward ? list[list.length - 1 - index] : list[index];
  if (!layer || !found) return "";
  const address = `${layer.address}.${found.target}`;
  const { step } = state.experiment;
  const value = backward ? gradientAt(state, address, step, unit(state)) : valueAt(state, address, step, unit(state));
  const shown = value === undefined || (backward ? isGradientHidden : isHidden)(state, step, address) ? "" : result(value);
  const key = backward ? "notice.gradient-is" : "notice.value-is";
  return say(state, "notice.equation", {
    index: index + 1, count: list.length, said: say(state, key, { label: labelled(state, address), value: shown }),
  });
}

/** Where there are several layers, whose it is. @param {State} state @param {string} address */
function labelled(state, address) {
  const layer = layerLabel(state, address);
  const label = symbolLabel(state, address);
  return layer ? say(state, "strip.of-layer", { name: label, layer }) : label;
}

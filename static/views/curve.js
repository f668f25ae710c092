/** A prediction that is drawn: an empty chart, one stroke over the steps, and then the true curve over one's own. */

import { curve as chart } from "../draw/curve.js";
import { element, replace, set, setText, toggle } from "../draw/dom.js";
import { rounded, typed } from "../draw/field.js";
import { number, result } from "../draw/format.js";
import { room } from "../draw/room.js";
import { clamp } from "../draw/scale.js";
import { drawnSteps, furthest, truthAt } from "../state/curves.js";
import { answeredPrediction, bare, openPrediction, roleOf, steps, symbolLabel, unitCount } from "../state/derive.js";
import { recallSketch, rememberSketch } from "../state/sketches.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/** How finely a hand draws, and what a key moves, as shares of the chart's height. */
const GRAIN = 0.01;
const KEY = 0.05;

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function curve(root, { store, actions, document }) {
  /** What is drawn and not yet answered, by lesson and prediction. @type {Map<string, (number | null)[]>} */
  const drafts = new Map();
  const figure = chart(document, "state");
  const { node } = figure;
  const paper = element(document, "div", { class: "curve-paper" }, node);
  const label = element(document, "label", { class: "aside-text curve-step", for: "curve-number" });
  const field = element(document, "input", { id: "curve-number", class: "predict-input curve-number number", type: "text", inputmode: "text", autocomplete: "off" });
  const show = element(document, "button", { type: "button", class: "curve-show", onclick: () => finish() });
  const missing = element(document, "p", { class: "aside-text curve-left", role: "status" });
  const hint = element(document, "p", { class: "aside-text curve-hint", id: "curve-hint" });
  const again = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => clear() });
  const tools = element(document, "div", { class: "curve-tools" }, label, field, show);
  const asking = element(document, "div", { class: "curve-asking" }, tools, element(document, "div", { class: "curve-help" }, missing, again), hint);
  const key = element(document, "p", { class: "curve-key" });
  const said = element(document, "p", { class: "curve-said", role: "status" });
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "curve-table number" });
  const twin = element(document, "details", { class: "curve-twin" }, summary, element(document, "div", { class: "curve-scroll", tabindex: 0 }, table));
  const telling = element(document, "div", { class: "curve-telling" }, key, said, twin);
  replace(root, paper, asking, telling);
  let chosen = 1;
  let at = "";
  /** The question that was open a moment ago: what is true then unrolls. */
  let shown = "";

  /** @param {State} now @returns {{prediction: Prediction, range: [number, number], open: boolean, first: number, last: number} | null} */
  const subject = (now) => {
    const open = openPrediction(now);
    const prediction = open ?? answeredPrediction(now);
    if (!prediction?.curve) return null;
    return { prediction, range: prediction.curve, open: open !== null, ...drawnSteps(now, prediction) };
  };

  /** @param {Prediction} prediction @param {number} first @param {number} last */
  const draftOf = ({ id }, first, last) => {
    const { lesson } = store.get().experiment;
    const known = drafts.get(`${lesson}.${id}`) ?? recallSketch(lesson, id);
    const own = known?.length === last - first + 1 ? known : Array(last - first + 1).fill(null);
    drafts.set(`${lesson}.${id}`, own);
    return own;
  };

  const draw = () => {
    const now = store.get();
    const found = subject(now);
    if (!found || size.width === 0) return;
    const { prediction, range, open, first, last } = found;
    const kept = now.predictions[prediction.id]?.answer;
    const own = open ? draftOf(prediction, first, last) : Array.isArray(kept) ? kept : [];
    if (at !== prediction.id) {
      at = prediction.id;
      chosen = prediction.gradient ? last : first;
      field.value = "";
      twin.open = false;
    }
    const length = steps(now);
    const apart = open ? null : furthest(now, prediction, own);
    const truth = Array.from({ length }, (_, index) => (open && index + 1 >= first && index + 1 <= last ? null : truthAt(now, prediction, index + 1)));
    // The curve goes on from the last point that is given.
    const isGiven = (/** @type {number} */ step) => step === (prediction.gradient ? last + 1 : first - 1);
    set(node, "data-role", prediction.gradient ? "gradient" : roleOf(now, prediction.of ?? ""));
    toggle(node, "is-open", open);
    toggle(node, "is-told", shown === prediction.id && !open);
    shown = open ? prediction.id : shown;
    figure.paint({
      width: size.width, height: size.height, type: parseFloat(getComputedStyle(node).fontSize), range, steps: length, first, last,
      chosen: open ? chosen : null, truth, apart: apart && apart.difference > 0 ? apart.step : null,
      drawn: own.length ? Array.from({ length }, (_, index) => (isGiven(index + 1) ? truth[index] : own[index + 1 - first])) : [],
    });
    asking.hidden = !open;
    telling.hidden = open;
    if (open) ask(now, found, own);
    else tell(now, found, own, apart);
  };

  /** @param {State} now @param {Prediction} prediction */
  const nameOf = (now, { of, gradient, unit }) => {
    const address = of ?? "";
    const letter = `${gradient ? "∂" : ""}${bare(address)}${unitCount(now, address) > 1 ? ` ${unit + 1}` : ""}`;
    const words = symbolLabel(now, address);
    return words === bare(address) ? letter : say(now, "curve.symbol", { name: letter, label: words });
  };

  /** @param {State} now @param {NonNullable<ReturnType<typeof subject>>} found @param {(number | null)[]} own */
  const ask = (now, { prediction, range, first, last }, own) => {
    const value = own[chosen - first];
    const point = say(now, "curve.point", { step: chosen, value: value === null ? say(now, "curve.none") : number(value) });
    for (const [name, text] of Object.entries({
      role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-describedby": "curve-hint",
      "aria-label": say(now, "curve.chart", { name: nameOf(now, prediction), first, last }),
      "aria-valuemin": range[0], "aria-valuemax": range[1], "aria-valuenow": value ?? range[0], "aria-valuetext": point,
    })) set(node, name, text);
    setText(label, say(now, "curve.step", { step: chosen }));
    set(field, "aria-label", say(now, "curve.number", { step: chosen }));
    if (document.activeElement !== field) field.value = value === null ? "" : number(value);
    const count = own.filter((one) => one === null).length;
    setText(missing, count ? say(now, "curve.left", { count }) : "");
    setText(again, say(now, "curve.again"));
    again.hidden = count === own.length;
    setText(show, say(now, "curve.show"));
    show.disabled = count > 0;
    setText(hint, say(now, "curve.hint"));
  };

  /**
   * @param {State} now @param {NonNullable<ReturnType<typeof subject>>} found @param {(number | null)[]} own
   * @param {ReturnType<typeof furthest>} apart
   */
  const tell = (now, { prediction, first }, own, apart) => {
    for (const name of ["tabindex", "aria-orientation", "aria-describedby", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"]) set(node, name, null);
    set(node, "role", "img");
    const truths = Array.from({ length: steps(now) }, (_, index) => truthAt(now, prediction, index + 1));
    const sentence = apart ? say(now, "curve.difference", { step: apart.step, own: short(apart.own), truth: short(apart.truth), difference: short(apart.difference) }) : "";
    set(node, "aria-label", `${nameOf(now, prediction)}: ${truths.map((value) => (value === undefined ? "…" : result(value))).join(", ")}`);
    const entry = (/** @type {string} */ kind, /** @type {string} */ text) => element(document, "span", { class: `curve-entry is-${kind}`, "data-role": node.getAttribute("data-role"), text });
    replace(key, entry("truth", say(now, "curve.truth")), own.length > 0 && entry("own", say(now, "curve.yours")));
    const right = apart !== null && apart.difference <= prediction.tolerance;
    replace(said, right && element(document, "b", { text: say(now, "curve.right") }), right && say(now, "page.gap"), sentence);
    said.hidden = sentence === "";
    setText(summary, say(now, "curve.numbers"));
    const row = (/** @type {string} */ head, /** @type {string[]} */ cells) => element(document, "tr", {}, element(document, "th", { scope: "row", text: head }), ...cells.map((text) => element(document, "td", { text })));
    replace(table,
      element(document, "tr", {}, element(document, "th", { scope: "row", text: say(now, "curve.step-head") }), ...truths.map((_, index) => element(document, "th", { scope: "col", text: String(index + 1) }))),
      own.length > 0 && row(say(now, "curve.yours"), truths.map((_, index) => (typeof own[index + 1 - first] === "number" ? number(/** @type {number} */ (own[index + 1 - first])) : "–"))),
      row(say(now, "curve.truth"), truths.map((value) => (value === undefined ? "…" : result(value)))));
  };

  /** It goes on after a reload as it was left. @param {string} id @param {(number | null)[] | null} own  null: from the beginning */
  const keep = (id, own) => {
    const { lesson } = store.get().experiment;
    if (!own) drafts.delete(`${lesson}.${id}`);
    rememberSketch(lesson, id, own);
  };

  /** A number that is typed may lie outside of the chart: so may the true one. @param {number} step @param {number} value */
  const put = (step, value) => {
    const found = subject(store.get());
    if (!found?.open || step < found.first || step > found.last) return;
    const own = draftOf(found.prediction, found.first, found.last);
    own[step - found.first] = value;
    keep(found.prediction.id, own);
  };

  /** A round number within the chart. @param {number} value @param {[number, number]} range */
  const within = (value, [low, high]) => clamp(rounded(value, grain(high - low)), low, high);

  /** @param {number} step */
  const choose = (step) => {
    const found = subject(store.get());
    if (found?.open) chosen = clamp(step, found.first, found.last);
  };

  const finish = () => {
    const found = subject(store.get());
    if (!found?.open) return;
    const own = draftOf(found.prediction, found.first, found.last);
    if (own.includes(null)) return;
    keep(found.prediction.id, null);
    actions.answer(found.prediction.id, own);
  };

  const clear = () => {
    const found = subject(store.get());
    if (found) keep(found.prediction.id, null);
    draw();
    node.focus();
  };

  /** @type {{step: number, value: number} | null} */
  let stroke = null;
  /** What a quick hand has passed over between two places lies on the line between them. @param {PointerEvent} event */
  const trace = (event) => {
    const found = subject(store.get());
    if (!found?.open) return;
    const box = node.getBoundingClientRect();
    const here = figure.at(event.clientX - box.left, event.clientY - box.top);
    const from = stroke ?? here;
    const way = Math.sign(here.step - from.step);
    for (let step = from.step; step !== here.step; step += way) {
      if (step !== from.step) put(step, within(from.value + ((here.value - from.value) * (step - from.step)) / (here.step - from.step), found.range));
    }
    put(here.step, within(here.value, found.range));
    stroke = here;
    choose(here.step);
    draw();
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !subject(store.get())?.open) return;
    event.preventDefault();
    field.blur();
    node.setPointerCapture(event.pointerId);
    stroke = null;
    trace(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (stroke) trace(event);
  });
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (stroke = null));

  node.addEventListener("keydown", (event) => {
    const found = subject(store.get());
    if (!found?.open || event.ctrlKey || event.altKey || event.metaKey) return;
    const along = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const [low, high] = found.range;
    if (along !== undefined) choose(chosen + along);
    else if (up !== undefined) put(chosen, within(nearest(found) + up * (high - low) * (event.shiftKey ? GRAIN : KEY), found.range));
    else if (/^[-−\d.]$/.test(event.key)) {
      field.value = event.key;
      field.focus();
    } else if (event.key === "Enter") finish();
    else if (event.key === "Escape") /** @type {SVGElement} */ (node).blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  });

  /** A point that is not there yet begins where its neighbour is. @param {NonNullable<ReturnType<typeof subject>>} found */
  const nearest = ({ prediction, range, first, last }) => {
    const own = draftOf(prediction, first, last);
    const way = prediction.gradient ? 1 : -1;
    for (let step = chosen; step >= first && step <= last; step += way) {
      const value = own[step - first];
      if (value !== null) return value;
    }
    return truthAt(store.get(), prediction, prediction.gradient ? last + 1 : first - 1) ?? range[0];
  };

  const enter = () => {
    const value = typed(field.value);
    set(field, "aria-invalid", value === null && field.value.trim() !== "" ? "true" : null);
    if (value === null) return false;
    put(chosen, value);
    actions.accept();
    return true;
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const gradient = subject(store.get())?.prediction.gradient;
    if (event.key === "Enter" && enter()) choose(chosen + (gradient ? -1 : 1));
    else if (event.key === "Enter") return actions.say("notice.type-number");
    node.focus();
    draw();
  });
  field.addEventListener("change", () => {
    enter();
    draw();
  });

  const size = room(paper, draw);
  const stop = store.watch(["experiment", "lesson", "network", "values", "gradients", "predictions", "changed", "preferred", "theme", "words"], draw);
  draw();
  return {
    destroy() {
      stop();
      size.stop();
      replace(root);
    },
  };
}

/** A sentence is no place for five digits. @param {number} value */
function short(value) {
  return number(Number(value.toPrecision(3)));
}

/** The step of a chart's values: one, two or five of some decimal place. @param {number} span */
function grain(span) {
  const raw = span * GRAIN;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
}

/** What a thousand steps, or five layers, make of a number: in the cell's place, one question at a time. */

import { curvePlot } from "../../draw/curveplot.js";
import { element, replace, set, setText, toggle } from "../../draw/dom.js";
import { within } from "../../draw/enlarged.js";
import { room } from "../../draw/room.js";
import { choice } from "../../draw/switch.js";
import { concealed, study } from "../../state/derive.js";
import { QUESTIONS, settings } from "../../state/powers.js";
import { problemText, say } from "../../state/words.js";
import { powersControls } from "./controls.js";
import { TOKENS, pictures } from "./pictures.js";
import { powersTable } from "./table.js";
import { powersTold } from "./told.js";

/** @typedef {import("../../state/store.js").State} State */

const COLOURS = [...TOKENS, "--ink", "--muted", "--line", "--card", "--alarm", "--font-text"];
/** Under this width, in letters, frames stand two beside each other. */
const NARROW = 34;
/** So many times as wide as high, two frames stand beside each other. */
const FLAT = 2;
/** The frame over the weight. */
const WEIGHT = 1;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function powers(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  let dressed = "";
  /** @type {Record<string, string>} */
  let tokens = {};
  let letter = 12;

  const title = element(document, "h2", { class: "heading" });
  const questions = choice(document, [...QUESTIONS], (question) => actions.setPowers({ question, scale: "log" }));
  const scales = choice(document, ["log", "linear"], (scale) => actions.setPowers({ scale }));
  const close = element(document, "button", { type: "button", class: "quiet study-close", text: "×", onclick: () => actions.setStudy("cell") });
  const plot = curvePlot(document);
  const picture = element(document, "div", { class: "powers-picture", role: "img" }, plot.node);
  const controls = powersControls(document, actions, () => draw());
  const told = powersTold(document, (value) => actions.setPower(value));
  const trouble = element(document, "p", { class: "powers-trouble", role: "alert" });
  const side = element(document, "div", { class: "powers-side" }, ...controls.nodes, ...told.nodes, trouble);
  const twin = powersTable(document, () => draw());
  const kept = element(document, "p", { class: "aside-text study-kept" });
  root.classList.add("powers");
  replace(root, element(document, "div", { class: "powers-head" }, title, questions.node, scales.node, close), picture, side, twin.node, kept);

  /** The theme's colours, read once for each. @param {State} now */
  function dress({ theme }) {
    const key = `${theme}${document.documentElement.dataset.theme}`;
    if (dressed === key) return;
    dressed = key;
    const view = /** @type {Window} */ (document.defaultView);
    const style = view.getComputedStyle(document.documentElement);
    tokens = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(name).trim()]));
    letter = parseFloat(view.getComputedStyle(picture).fontSize) || letter;
  }

  function draw() {
    const now = state();
    root.hidden = study(now) !== "powers" || now.home;
    if (root.hidden) return;
    // What a lesson asks for could be read off its own picture.
    toggle(root, "is-kept", concealed(now) !== null && now.base.view.study === "powers");
    setText(kept, say(now, "strip.hidden"));
    dress(now);
    const own = settings(now);
    const curves = now.powers?.question === own.question ? now.powers.curves : {};
    setText(title, say(now, "powers.title"));
    set(close, "aria-label", say(now, "page.close"));
    questions.paint(own.question, say(now, "powers.questions"), (name) => say(now, `powers.question-${name}`));
    scales.paint(own.scale, say(now, "powers.scale"), (name) => say(now, `powers.scale-${name}`));
    controls.paint(now, own);
    told.paint(now, own, curves);
    setText(trouble, now.powers?.problems.map((problem) => problemText(now, problem)).join(" ") ?? "");
    set(root, "data-question", own.question);
    set(picture, "aria-label", say(now, `powers.${own.question}-picture`));
    const token = (/** @type {string} */ name) => tokens[name];
    const drawn = pictures(now, own, curves, token, { narrow: size.width < NARROW * letter, flat: size.width > FLAT * size.height });
    plot.paint({ ...drawn, ink: token("--ink"), muted: token("--muted"), grid: token("--line"), alarm: token("--alarm"), ground: token("--card"), font: token("--font-text"), size: letter }, size.width, size.height);
    twin.paint(now, own, curves);
  }

  /** The weight under the pointer. @param {PointerEvent} event */
  function weightAt(event) {
    const { question, across } = settings(state());
    const { x, y } = within(picture, event);
    const at = plot.at(x, y);
    if (question !== "weight" || !across || !at || (at.plot !== WEIGHT && !pressed)) return null;
    return Number((across.low + at.share * (across.high - across.low)).toPrecision(4));
  }
  /** @param {PointerEvent} event @param {boolean} live */
  function point(event, live) {
    const weight = weightAt(event);
    if (weight !== null) actions.setPower(weight, { live });
  }
  let pressed = false;
  picture.addEventListener("mousedown", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || weightAt(event) === null) return;
    pressed = true;
    picture.setPointerCapture(event.pointerId);
    // A finger may be about to scroll: it sets the weight when it goes sideways or is lifted.
    if (event.pointerType === "mouse") point(event, true);
  });
  picture.addEventListener("pointermove", (event) => {
    if (pressed) point(event, true);
  });
  picture.addEventListener("pointerup", (event) => {
    if (pressed) point(event, false);
    pressed = false;
  });
  picture.addEventListener("pointercancel", () => (pressed = false));

  const size = room(picture, () => draw());
  const changed = (/** @type {State} */ now) => {
    if (study(now) === "powers") actions.refreshPowers();
    draw();
  };
  changed(state());
  const stop = store.watch(["experiment", "network", "powers", "predictions", "theme", "preferred", "home", "words"], changed);
  return {
    destroy() {
      stop();
      size.stop();
      root.replaceChildren();
    },
  };
}

/** Learning on the stage, in the cell's place: how far the loss has come down, the next update with its numbers, and the buttons. */

import { element, replace, set, setText, toggle } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { lossAxis, lossCurve, roundAbove } from "../../draw/losscurve.js";
import { room } from "../../draw/room.js";
import { concealed, study } from "../../state/derive.js";
import { othersOf } from "../../state/others.js";
import { pace } from "../../state/pace.js";
import { joined, problemText, say } from "../../state/words.js";
import { learningControls } from "./controls.js";
import { linesOf, othersLegend } from "./others.js";
import { nextUpdate } from "./update.js";

/** @typedef {import("../../state/store.js").State} State */

/** Updates that have room from the start. */
const FIRST = 10;
/** Milliseconds between two things said while it runs. */
const SAID = 5000;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function learning(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const close = element(document, "button", { type: "button", class: "quiet study-close", text: "×", onclick: () => actions.setStudy("cell") });
  const before = element(document, "span", { class: "learning-before" });
  const after = element(document, "b", { class: "learning-after" });
  const change = element(document, "span", { class: "learning-change" });
  const loss = element(document, "p", { class: "learning-loss number" }, before, after, change);
  const slope = element(document, "p", { class: "learning-slope" });
  const told = element(document, "p", { class: "learning-told" });
  const curve = lossCurve(document);
  const top = element(document, "span", { class: "learning-top number" });
  const foot = element(document, "span", { class: "learning-foot number" });
  const end = element(document, "span", { class: "learning-end number" });
  const empty = element(document, "p", { class: "learning-empty" });
  const paper = element(document, "div", { class: "learning-paper", role: "img" }, curve.node, top, foot, end, empty);
  const legend = othersLegend(document);
  const controls = learningControls(document, actions, () => draw());
  const next = nextUpdate(document);
  const spoken = element(document, "p", { class: "unseen", role: "status" });
  root.classList.add("learning");
  replace(root, element(document, "div", { class: "learning-head" }, title, close),
    element(document, "div", { class: "learning-main" }, loss, told, slope, legend.node, paper, next.node),
    element(document, "div", { class: "learning-side" }, controls.buttons, controls.settings, controls.watch), spoken);

  let seen = false;
  let going = false;
  let lastSaid = -Infinity;

  function draw() {
    const now = state();
    root.hidden = study(now) !== "learning" || now.home;
    // Below networks side by side it may be out of sight, and is pushed down until they are all there.
    if (!root.hidden && !seen && now.experiment.lanes.length > 0) requestAnimationFrame(() => root.scrollIntoView({ block: "nearest" }));
    seen = !root.hidden && (seen || areThere(now));
    if (root.hidden) return;
    const own = now.learning;
    const { losses = [], at = 0, from = 0, problems = [] } = own ?? {};
    const hidden = concealed(now) !== null;
    setText(title, say(now, "learning.title"));
    set(close, "aria-label", say(now, "page.close"));
    const [was, is] = [losses[from], losses[at]];
    setText(before, at > from ? say(now, "learning.from", { loss: result(was) }) : say(now, "learning.loss"));
    setText(after, is === undefined || hidden ? "…" : result(is));
    setText(change, at > from && !hidden ? changeText(now, was, is) : "");
    const stopped = [...problems, ...(own?.ahead?.stop && losses.length === 0 ? [own.ahead.stop] : [])];
    setText(slope, slopeText(now));
    // It belongs to where the run began.
    toggle(slope, "is-going", own?.going === true);
    setText(told, joined(now, stopped.map((problem) => problemText(now, problem))));
    const last = roundAbove(losses.length - 1, FIRST);
    const others = othersOf(now);
    const scale = lossAxis([losses, ...others.map((other) => other.losses)].flat());
    legend.paint(now, others, hidden);
    toggle(root, "is-several", others.length > 0);
    setText(top, number(scale.top));
    setText(foot, scale.low > 0 ? say(now, "learning.log", { low: number(scale.low) }) : "0");
    setText(end, say(now, "learning.updates", { count: last }));
    set(paper, "aria-label", is === undefined ? say(now, "learning.title") : say(now, "learning.curve", { count: at, from: result(losses[0]), to: result(is) }));
    setText(empty, losses.length > 1 || own?.going || others.length > 0 ? "" : say(now, "learning.empty"));
    const { colours, lines } = dressed(others);
    curve.paint({ losses: hidden ? [] : losses, at, from, last, scale, colours, others: hidden ? [] : lines }, size.width, size.height);
    controls.paint(now);
    next.paint(now);
    speak(now);
  }

  /** The end of each press, and now and then how a long one goes. @param {State} now */
  function speak(now) {
    const own = now.learning;
    const time = Date.now();
    if (own && own.losses[own.at] !== undefined && (going !== own.going || (own.going && time - lastSaid > SAID)) && own.at > own.from) {
      lastSaid = time;
      setText(spoken, joined(now, [say(now, "learning.said", { count: own.at - own.from, from: result(own.losses[own.from]), to: result(own.losses[own.at]) }), ...own.problems.map((problem) => problemText(now, problem))]));
    }
    going = own?.going === true;
  }

  /** @param {import("../../state/others.js").Other[]} others */
  function dressed(others) {
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(root);
    const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    const [line, beyond, axis] = ["--accent", "--line", "--edge"].map(token);
    return { colours: { line, beyond, axis }, lines: linesOf(others, token) };
  }

  const size = room(paper, () => draw());
  const changed = () => {
    actions.refreshLearning();
    draw();
  };
  changed();
  const stop = store.watch(["experiment", "network", "learning", "lanes", "cells", "gradients", "selected", "predictions", "theme", "preferred", "home", "words"], changed);
  return {
    destroy() {
      stop();
      size.stop();
      root.replaceChildren();
    },
  };
}

/** @param {State} now @param {number} was @param {number} is */
function changeText(now, was, is) {
  const share = is / was - 1;
  const percent = Math.abs(share) * 100;
  // A thousand per cent more says less than the two numbers themselves.
  if (!(percent > 0 && percent < 1000)) return "";
  return say(now, share < 0 ? "learning.less" : "learning.more", { percent: number(share < 0 ? fallen(percent) : rounded(percent)) });
}

/** @param {number} percent */
const rounded = (percent) => Number(percent.toPrecision(percent < 100 ? 2 : 3));

/** Rounded down at the end: only a loss that is 0 is 100 % less. @param {number} percent */
const fallen = (percent) => (percent > 99 ? Math.floor(percent * 10) / 10 : rounded(percent));

/** Whether every network beside the first is drawn, or will not be. @param {State} now */
function areThere({ experiment, lanes }) {
  return lanes.length === experiment.lanes.length && lanes.every(({ values, problems }) => problems.length > 0 || Object.keys(values).length > 0);
}

/** How long the gradient is. @param {State} now */
function slopeText(now) {
  const ahead = now.learning?.ahead;
  if (!ahead || !Number.isFinite(ahead.norm)) return "";
  return say(now, ahead.clipped < ahead.norm ? "learning.slope-clipped" : "learning.slope", { norm: result(ahead.norm), most: number(pace(now).clip) });
}

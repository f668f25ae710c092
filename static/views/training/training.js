/** A place of its own: a task, up to four networks, and everything that can be watched while they learn it. */

import { element, replace, set, setText } from "../../draw/dom.js";
import { brief, result } from "../../draw/format.js";
import { MOST_RUNS } from "../../state/training/link.js";
import { newest } from "../../state/training/runs.js";
import { ofRace } from "../../state/training/shelf.js";
import { taskOf } from "../../state/training/settings.js";
import { known, pick, say } from "../../state/words.js";
import { trainingBar } from "./bar.js";
import { trainingCharts } from "./charts.js";
import { errorFlow } from "./flow.js";
import { runInside } from "./inside.js";
import { keptRuns } from "./kept.js";
import { settingsPanel } from "./panel.js";
import { paperResult } from "./recipe.js";
import { ago, percent, runNames, settingValue } from "./saying.js";
import { standingTable } from "./standing.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */

/** A screen reader hears how far it is at most so often, in milliseconds. */
const HEARD = 8000;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function training(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const eyebrow = element(document, "p", { class: "eyebrow" });
  const title = element(document, "h1", { class: "training-title" });
  const definition = element(document, "p", { class: "training-definition" });
  const source = element(document, "p", { class: "aside-text" });
  const before = element(document, "span", {});
  const goOn = element(document, "button", { type: "button", class: "training-go under-hover" });
  const offer = element(document, "p", { class: "training-offer", hidden: true }, before, goOn);
  const cut = element(document, "p", { class: "training-fault", role: "status" });
  const spoken = element(document, "p", { class: "unseen", "aria-live": "polite" });
  const panel = settingsPanel(document, state, actions);
  const kept = keptRuns(document, actions);
  const paper = paperResult(document, actions);
  const standing = standingTable(document, actions);
  const charts = trainingCharts(document, state, () => draw());
  const flow = errorFlow(document);
  const inside = runInside(document, actions, () => draw());
  const bar = trainingBar(document, actions);
  replace(root,
    element(document, "div", { class: "training-side" }, panel.node, kept.node),
    element(document, "div", { class: "training-middle" },
      element(document, "div", { class: "training-opening" }, eyebrow, title, definition, source, cut, offer), paper.node,
      element(document, "div", { class: "training-standing-scroll" }, standing.node), element(document, "div", { class: "training-charts" }, ...charts.nodes), flow.node),
    inside.node, bar.node, spoken);

  /** The space bar runs and pauses, unless what has the focus wants it. @param {KeyboardEvent} event */
  const keydown = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (root.hidden || event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || state().blank) return;
    if (target.closest("input, select, textarea, summary, button, a, label, dialog") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    actions.toggleTraining();
  };
  document.addEventListener("keydown", keydown);

  let heard = 0;
  const draw = () => {
    const now = state();
    root.hidden = !now.home || now.train === null;
    if (root.hidden) {
      if (document.title === named(now)) document.title = "Unrolled";
      return;
    }
    void actions.openTraining(now.train);
    void actions.listCells();
    if (document.title !== named(now)) document.title = named(now);
    const training = now.training;
    root.classList.toggle("is-waiting", !training);
    if (!training) return;
    if (now.dropped && now.panel === null) void actions.readRecord(now.dropped);
    const task = taskOf(training.offer, training.runs[0]?.given.task);
    setText(eyebrow, say(now, "train.eyebrow"));
    setText(title, pick(now, task.title));
    setText(definition, known(now, `train.about-${task.name}`) ? say(now, `train.about-${task.name}`) : task.definition);
    setText(source, known(now, `train.source-${task.name}`) ? say(now, `train.source-${task.name}`) : task.source);
    setText(cut, training.cut.map((key) => say(now, `train.cut-${key}`)).join(" "));
    cut.hidden = training.cut.length === 0;
    offerKept(now, training);
    panel.paint(now, training);
    kept.paint(now, training);
    paper.paint(now, training);
    standing.paint(now, training);
    charts.paint(now, training);
    flow.paint(now, training);
    inside.paint(now, training);
    bar.paint(now, training);
    tell(now, training);
  };

  /** @type {string | null} */
  let race = null;
  goOn.addEventListener("click", () => race !== null && actions.goOnWith(race));
  /** Whoever comes back is asked whether to go on with what was broken off last. @param {State} now @param {Training} training */
  function offerKept(now, { kept, runs, offer: known }) {
    const last = kept.find(({ over }) => !over);
    offer.hidden = !last || runs.some(({ status }) => status !== "new");
    race = last?.race ?? null;
    if (!last) return;
    const task = settingValue(now, "task", last.given.task);
    const all = ofRace(kept, race, MOST_RUNS);
    const names = runNames(now, { offer: known, runs: all });
    setText(before, all.length === 1
      ? say(now, "train.was-here", { task, done: last.done, updates: last.updates, when: ago(now, last.when) })
      : say(now, "train.were-here", { task, when: ago(now, last.when), said: all.map(({ done, updates }, at) => `${names[at]} ${brief(done)} / ${brief(updates)}`).join(say(now, "train.comma")) }));
    setText(goOn, say(now, "train.go-on"));
  }

  /** How far it is, now and then. @param {State} now @param {Training} training */
  function tell(now, training) {
    const over = training.runs.every(({ status }) => status !== "going" && status !== "asked");
    if (Date.now() - heard < HEARD && !over) return;
    const names = runNames(now, training);
    const parts = training.runs.flatMap((run, at) => {
      const held = newest(run);
      return held ? [say(now, "train.heard", { name: names[at], update: held.update, loss: result(held.loss), right: percent(held.accuracy) })] : [];
    });
    if (parts.length === 0 || parts.join(" ") === spoken.textContent) return;
    heard = Date.now();
    setText(spoken, parts.join(" "));
  }

  draw();
  const stop = store.watch(["home", "train", "training", "dropped", "panel", "preferred", "experiment", "words", "theme", "cells"], draw);
  set(root, "data-state", "ready");
  return {
    destroy() {
      stop();
      document.removeEventListener("keydown", keydown);
      charts.stop();
      root.replaceChildren();
    },
  };
}

/** @param {State} now */
function named(now) {
  return `${say(now, "train.eyebrow")} · Unrolled`;
}

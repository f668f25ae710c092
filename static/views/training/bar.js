/** What is done with the runs: go, pause, one update, ten, how fast, from the beginning, stop. */

import { element, set, setText, svg, toggle } from "../../draw/dom.js";
import { isLive, isOver } from "../../state/training/runs.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/training/training.js").Training} Training */

const GLYPHS = { play: "M8.500 5 L19 12 L8.500 19 Z", pause: "M8 6 V18 M16 6 V18" };
/** Updates in a second; null: as many as can be. */
const SPEEDS = [null, 100, 20, 5, 1];

/** @param {Document} document @param {any} actions */
export function trainingBar(document, actions) {
  const path = svg(document, "path", { d: GLYPHS.play });
  const play = element(document, "button", { type: "button", class: "transport-play", onclick: () => actions.toggleTraining() },
    svg(document, "svg", { class: "transport-glyph", viewBox: "0 0 24 24", "aria-hidden": "true" }, path));
  const word = element(document, "span", { class: "training-word", "aria-hidden": "true" });
  const steps = [1, 10].map((count) => element(document, "button", { type: "button", class: "training-step", text: `+${count}`, onclick: () => actions.stepTraining(count) }));
  const reset = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.resetTraining() });
  const halt = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.haltTraining() });
  const speed = element(document, "select", { class: "speed quiet", onchange: () => actions.setMost(SPEEDS[speed.selectedIndex]) }, ...SPEEDS.map(() => element(document, "option", {})));
  const told = element(document, "p", { class: "training-told aside-text" });
  const node = element(document, "div", { class: "training-bar" }, element(document, "div", { class: "transport-buttons", role: "group" }, play, word, ...steps), speed, halt, reset, told);
  return {
    node,
    /** @param {import("../../state/store.js").State} now @param {Training} training */
    paint(now, { runs, most }) {
      const going = runs.some(({ status }) => status === "going" || status === "asked");
      const over = runs.length > 0 && runs.every(isOver);
      set(path, "d", going ? GLYPHS.pause : GLYPHS.play);
      toggle(play, "is-playing", going);
      const name = say(now, going ? "train.pause" : runs.some(({ done }) => done > 0) ? "train.go-on" : "train.go");
      set(play, "aria-label", name);
      setText(word, name);
      play.disabled = over || runs.length === 0;
      steps.forEach((button, at) => {
        button.disabled = over || runs.length === 0;
        set(button, "aria-label", say(now, at === 0 ? "train.one" : "train.ten"));
      });
      setText(reset, say(now, "train.reset"));
      reset.disabled = !runs.some(({ done, status }) => done > 0 || isLive({ status }));
      setText(halt, say(now, "train.halt"));
      halt.disabled = !runs.some(isLive);
      set(speed, "aria-label", say(now, "train.pace"));
      SPEEDS.forEach((value, at) => setText(speed.options[at], value === null ? say(now, "train.full-speed") : say(now, "train.per-second", { count: value })));
      speed.selectedIndex = Math.max(0, SPEEDS.indexOf(most));
      setText(told, say(now, !over ? "train.kept-note" : runs.every(({ status }) => status === "finished") ? "train.all-over" : "train.all-ended"));
    },
  };
}

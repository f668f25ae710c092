/** Going through time: five buttons, a line with a stop for every step, the direction and the speed. */

import { differs } from "../draw/differs.js";
import { element, set, setStyle, setText, svg, toggle } from "../draw/dom.js";
import { direction, SPEEDS, steps } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** More stops than this are drawn as a plain line. */
const MOST_STOPS = 40;
const MOST_LABELS = 14;
/** Fewer where the last has four digits: on a telephone it met the one before it. */
const [BROAD, MOST_BROAD] = [1000, 8];
/** Labels stand at round numbers. */
const EVERY = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

/** Glyphs in a box of 24. */
const GLYPHS = {
  first: "M6 6 V18 M18 6 L9 12 L18 18 Z",
  back: "M17 6 L8 12 L17 18 Z",
  play: "M8.500 5 L19 12 L8.500 19 Z",
  reverse: "M15.500 5 L5 12 L15.500 19 Z",
  pause: "M8 6 V18 M16 6 V18",
  forward: "M7 6 L16 12 L7 18 Z",
  last: "M18 6 V18 M6 6 L15 12 L6 18 Z",
};

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function transport(root, { store, actions, document }) {
  const state = () => /** @type {import("../state/store.js").State} */ (store.get());
  /** @param {keyof typeof GLYPHS} glyph @param {string} name @param {() => void} act */
  const button = (glyph, name, act) => {
    const path = svg(document, "path", { d: GLYPHS[glyph] });
    const node = element(document, "button", { type: "button", class: `transport-${name}`, onclick: act },
      svg(document, "svg", { class: "transport-glyph", viewBox: "0 0 24 24", "aria-hidden": "true" }, path));
    return { node, path };
  };
  const first = button("first", "first", () => actions.first());
  const back = button("back", "back", () => actions.go(-1));
  const play = button("play", "play", () => actions.toggle());
  const forward = button("forward", "forward", () => actions.go(1));
  const last = button("last", "last", () => actions.last());
  const buttons = element(document, "div", { class: "transport-buttons", role: "group" },
    first.node, back.node, play.node, forward.node, last.node);

  const fill = element(document, "span", { class: "rail-fill" });
  const stops = element(document, "span", { class: "rail-stops", "aria-hidden": "true" });
  const present = element(document, "span", { class: "rail-present number" });
  const knob = element(document, "span", { class: "rail-knob" }, present);
  const track = element(document, "div", { class: "rail", role: "slider", tabindex: 0 },
    element(document, "span", { class: "rail-line" }), fill, stops, knob);
  const goto = element(document, "input", { class: "goto number", type: "text", inputmode: "numeric", hidden: true });
  const scrubber = element(document, "div", { class: "scrubber" }, track, goto);

  const onward = element(document, "button", { type: "button", class: "direction-forward", onclick: () => actions.setDirection("forward") });
  const backward = element(document, "button", { type: "button", class: "direction-backward", onclick: () => actions.setDirection("backward") });
  const directions = element(document, "div", { class: "directions", role: "group" }, onward, backward);

  const speed = element(document, "select", {
    class: "speed quiet",
    onchange: () => {
      actions.setSpeed(Number(speed.value));
      speed.blur();
    },
  }, ...SPEEDS.map((value) => element(document, "option", { value })));
  const hint = element(document, "span", { class: "transport-hint aside-text", "aria-hidden": "true" });
  root.append(buttons, scrubber, directions, speed, hint);

  let built = 0;
  const build = (/** @type {number} */ count) => {
    built = count;
    const shown = Array.from({ length: count }, (_, index) => index + 1).filter((step) => count <= MOST_STOPS || isLabelled(step, count));
    stops.replaceChildren(...shown.map((step) => {
      const node = element(document, "span", { class: "rail-stop", "data-step": step },
        element(document, "span", { class: "rail-stop-dot" }),
        isLabelled(step, count) && element(document, "span", { class: "rail-stop-label number", text: step }));
      setStyle(node, "left", place(step, count));
      return node;
    }));
    toggle(track, "is-dense", count > MOST_STOPS);
  };

  /** @param {PointerEvent} event */
  const seek = (event) => {
    const box = track.getBoundingClientRect();
    const count = steps(state());
    actions.seek(1 + Math.round(((event.clientX - box.left) / box.width) * (count - 1)));
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    track.setPointerCapture(event.pointerId);
    actions.pause();
    seek(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) seek(event);
  });
  track.addEventListener("pointerup", () => track.blur());

  const closeGoto = () => {
    if (state().panel === "goto") actions.openPanel(null);
  };
  goto.addEventListener("blur", closeGoto);
  goto.addEventListener("keydown", (event) => {
    const typed = goto.value.normalize("NFKC").trim();
    if (event.key === "Enter" && /^\d+$/.test(typed)) actions.seek(Number(typed));
    if (event.key === "Enter" || event.key === "Escape") closeGoto();
  });

  const changed = differs();
  const draw = () => {
    const now = state();
    const count = steps(now);
    if (!changed(count, now.experiment.step, direction(now), languageOf(now), now.playing, now.speed, now.panel)) return;
    const step = now.experiment.step;
    const leftward = direction(now) === "backward";
    if (count !== built) build(count);
    toggle(root, "is-backward", leftward);
    for (const node of /** @type {Iterable<HTMLElement>} */ (/** @type {unknown} */ (stops.children))) {
      const at = Number(node.dataset.step);
      toggle(node, "is-reached", leftward ? at >= step : at <= step);
      toggle(node, "is-here", at === step);
    }
    const at = place(step, count);
    setStyle(knob, "left", at);
    setText(present, isLabelled(step, count) ? "" : String(step));
    setStyle(fill, "left", leftward ? at : "0%");
    setStyle(fill, "right", leftward ? "0%" : `calc(100% - ${at})`);
    set(track, "aria-valuemin", 1);
    set(track, "aria-valuemax", count);
    set(track, "aria-valuenow", step);
    set(track, "aria-valuetext", say(now, "transport.at", { step, count }));
    set(track, "aria-label", say(now, "transport.scrubber"));
    set(play.path, "d", now.playing ? GLYPHS.pause : leftward ? GLYPHS.reverse : GLYPHS.play);
    toggle(play.node, "is-playing", now.playing);
    first.node.disabled = back.node.disabled = step === 1;
    last.node.disabled = forward.node.disabled = step === count;
    name(now);
    goto.hidden = now.panel !== "goto";
    if (!goto.hidden && document.activeElement !== goto) {
      goto.value = "";
      goto.focus();
    }
  };

  /** @param {import("../state/store.js").State} now */
  const name = (now) => {
    const leftward = direction(now) === "backward";
    set(buttons, "aria-label", say(now, "transport.buttons"));
    for (const [node, key] of /** @type {const} */ ([
      [first.node, "transport.first"], [back.node, "transport.back"], [forward.node, "transport.forward"], [last.node, "transport.last"],
      [play.node, now.playing ? "transport.pause" : leftward ? "transport.play-backward" : "transport.play"],
    ])) {
      set(node, "aria-label", say(now, key));
      set(node, "title", say(now, key));
    }
    set(directions, "aria-label", say(now, "transport.direction"));
    setText(onward, say(now, leftward ? "transport.values-forward" : "transport.forward-in-time"));
    setText(backward, say(now, leftward ? "transport.gradients-backward" : "transport.to-gradients"));
    set(onward, "aria-pressed", String(!leftward));
    set(backward, "aria-pressed", String(leftward));
    set(speed, "aria-label", say(now, "transport.speed"));
    for (const option of speed.options) setText(option, say(now, "transport.steps-per-second", { count: Number(option.value) }));
    speed.value = String(now.speed);
    setText(hint, say(now, "transport.hint"));
    set(goto, "aria-label", say(now, "transport.goto"));
    set(goto, "placeholder", say(now, "transport.goto-short"));
  };

  draw();
  const stop = store.watch(["setting", "playing", "speed", "preferred", "panel"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** Whether the rail says its number. @param {number} step @param {number} count */
function isLabelled(step, count) {
  const every = EVERY.find((candidate) => count / candidate <= (count < BROAD ? MOST_LABELS : MOST_BROAD)) ?? count;
  return step === 1 || step === count || (step % every === 0 && count - step > every / 2);
}

/** @param {number} step @param {number} count */
function place(step, count) {
  return count < 2 ? "0%" : `${((step - 1) / (count - 1)) * 100}%`;
}

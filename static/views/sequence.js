/** The inputs as a grid: time runs to the right, components downwards. Steps can be added, moved and taken away. */

import { differs } from "../draw/differs.js";
import { element, set, setStyle, setText, toggle } from "../draw/dom.js";
import { numberField } from "../draw/field.js";
import { follower } from "../draw/follower.js";
import { isWord } from "../draw/symbol.js";
import { INPUT, inputName, isWide, layerLabel, presetRead, range, readsWords, steps, symbolLabel, unit, unitCount } from "../state/derive.js";
import { languageOf, pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** Up to so many steps there is room for so many characters; a longer sequence is scrolled. @type {[number, number][]} */
const ROOMS = [[4, 7], [6, 4], [Infinity, 3]];
/** And where a state begins. */
const START = 4;

/** Of a sequence that is drawn as a picture so many steps stand here, in blocks of so many around the present one. */
const MOST = 48;
const BLOCK = 32;
/** Up to so many steps every number is a stop of the Tab key; of a longer sequence the present step's are, and the arrows lead on. */
const MOST_STOPS = 12;
/** A state of more units shows how the one that is spoken of begins. */
const MOST_STARTS = 16;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function sequence(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const count = element(document, "span", { class: "aside-text" });
  /** @param {string} text @param {() => void} act */
  const small = (text, act) => element(document, "button", { type: "button", class: "quiet small-button", text, onclick: act });
  const add = small("+", () => actions.addStep());
  // Beside the plus that lengthens the sequence this one shortens it.
  const remove = small("−", () => actions.removeStep(steps(state())));
  const more = element(document, "button", { type: "button", class: "quiet small-button", text: "⋯", "aria-controls": "sequence-more", onclick: () => toggleMore() });
  const tools = element(document, "div", { class: "tool-acts" }, count, remove, add, more);
  const grid = element(document, "div", { class: "sequence-grid", "data-name": INPUT, "data-role": "input" });
  const names = element(document, "div", { class: "sequence-names in-role", "data-role": "input", "aria-hidden": "true" });
  const scroll = element(document, "div", { class: "sequence-scroll" }, grid);
  const body = element(document, "div", { class: "sequence-body" }, names, scroll);
  const presets = element(document, "div", { class: "option-row", role: "group" });
  const variants = element(document, "div", { class: "option-row", role: "group" });
  const earlier = small("←", () => actions.moveStep(state().experiment.step, state().experiment.step - 1));
  const later = small("→", () => actions.moveStep(state().experiment.step, state().experiment.step + 1));
  const drop = small("×", () => actions.removeStep(state().experiment.step));
  const moveText = element(document, "span", { class: "aside-text" });
  const start = element(document, "div");
  const extra = element(document, "div", { class: "unfolded sequence-extra", id: "sequence-more", hidden: true },
    presets, variants, element(document, "div", { class: "option-row" }, moveText, earlier, later, drop), start,
    // Loaded when they are first wanted.
    element(document, "div", { class: "signal", "data-view": "carrying", hidden: true }),
    element(document, "div", { class: "signal", "data-view": "signal", hidden: true }));
  root.append(element(document, "div", { class: "tool-head" }, title, tools), body, extra);

  const toggleMore = (open = extra.hidden === true) => actions.openPanel(open ? "signal" : null);
  const outside = (/** @type {PointerEvent} */ event) => {
    if (!extra.hidden && event.target instanceof Node && !extra.contains(event.target) && !more.contains(event.target)) toggleMore(false);
  };
  document.addEventListener("pointerdown", outside);
  // Wherever the keys have gone meanwhile, Escape closes first what was opened last.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || extra.hidden || document.querySelector("dialog[open]")) return;
    event.stopPropagation();
    toggleMore(false);
    more.focus();
  }, true);

  /** @typedef {{node: HTMLElement, fields: ReturnType<typeof numberField>[], head: HTMLElement}} Column */
  /** @type {Column[]} from step `first` on */
  const columns = [];
  let first = 1;
  /** A line for each state of the network. @type {ReturnType<typeof startsOf>} */
  let starts = [];
  /** @type {unknown} */
  let network = null;
  let built = "";

  /** Columns are kept and made one by one, so that a long sequence grows as quickly as a short one. @param {State} now */
  const build = (now) => {
    const whole = steps(now);
    const length = isWide(now) ? Math.min(MOST, whole) : whole;
    const width = unitCount(now, INPUT);
    const block = Math.floor((now.experiment.step - 1) / BLOCK) * BLOCK + 1 - (MOST - BLOCK) / 2;
    const start = Math.max(1, Math.min(block, whole - length + 1));
    // The columns then show other steps. One that is being changed must not: it goes, with what was typed.
    if (start !== first && grid.contains(document.activeElement)) built = "";
    first = start;
    const key = [width, now.network.layers.map((layer) => layer.program)].join();
    if (key !== built) {
      built = key;
      columns.length = 0;
      setStyle(grid, "--components", String(width));
      names.replaceChildren(...Array.from({ length: width }, () => element(document, "span", { class: "symbol sequence-name" })));
      grid.replaceChildren();
    }
    while (columns.length > length) columns.pop()?.node.remove();
    while (columns.length < length) {
      const made = column(columns.length, width);
      columns.push(made);
      grid.append(made.node);
    }
    setStyle(grid, "--steps", String(length));
    toggle(grid, "is-narrow", length > 5);
  };

  const refuse = () => actions.say("notice.not-number");
  /** @param {number} index from `first` on @param {number} width @returns {Column} */
  const column = (index, width) => {
    const fields = Array.from({ length: width }, (_, k) => numberField(document, {
      change: (value, gesture) => actions.setInput(first + index, k, value, gesture),
      refuse,
      attrs: { "data-unit": k },
    }));
    const own = head(index);
    return { node: element(document, "div", { class: "sequence-column" }, ...fields.map(({ node }) => node), own), fields, head: own };
  };

  /** @param {State} now */
  const startsOf = (now) => now.network.layers.flatMap((layer) => now.network.programs[layer.program].states.flatMap((name) => {
    const address = `${layer.address}.${name}`;
    const units = unitCount(now, address);
    const at = (/** @type {number} */ k) => (units > MOST_STARTS ? Math.min(unit(state()), units - 1) : k);
    const fields = Array.from({ length: units > MOST_STARTS ? 1 : units }, (_, k) => numberField(document, { change: (value, gesture) => actions.setInitial(address, at(k), value, gesture), refuse }));
    const text = element(document, "span", { class: "aside-text" });
    return { address, name, units, at, fields, text, node: element(document, "div", { class: "start-states" }, text, ...fields.map(({ node }) => node)) };
  }));

  /** The step's number: pressed, it is gone to; dragged sideways, or with Shift and an arrow, it moves its step. @param {number} index */
  const head = (index) => {
    // A drag ends in a press, which is not meant; one of a key has no place.
    const press = (/** @type {MouseEvent} */ { detail }) => {
      if (!dragged || detail === 0) actions.seek(first + index);
    };
    const node = element(document, "button", { type: "button", class: "sequence-head number", onclick: press });
    let from = 0;
    let dragged = false;
    node.addEventListener("pointerdown", (event) => {
      from = event.clientX;
      dragged = false;
      node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => {
      if (!node.hasPointerCapture(event.pointerId)) return;
      setStyle(node, "translate", `${event.clientX - from}px`);
    });
    node.addEventListener("pointerup", (event) => {
      setStyle(node, "translate", "none");
      const pitch = node.offsetWidth + (Number.parseFloat(getComputedStyle(grid).columnGap) || 0);
      const places = Math.round((event.clientX - from) / pitch);
      const step = first + index;
      dragged = places !== 0;
      if (dragged) actions.moveStep(step, Math.max(1, Math.min(steps(state()), step + places)));
    });
    node.addEventListener("pointercancel", () => setStyle(node, "translate", "none"));
    node.addEventListener("keydown", (event) => {
      const step = first + index;
      const delta = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      if (event.shiftKey && delta !== 0) {
        event.preventDefault();
        event.stopPropagation();
        actions.moveStep(step, step + delta);
        columns[step + delta - first]?.head.focus();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        actions.removeStep(step);
      }
    });
    return node;
  };

  /** The numbers of a step, and its head. @param {number} step @returns {HTMLElement[]} */
  const partsOf = (step) => {
    const column = columns[step - first];
    return column ? [...column.fields.map(({ node }) => node), column.head] : [];
  };

  const changed = differs();
  const others = differs();
  let marked = 0;
  const draw = () => {
    const now = state();
    const { sequence: own, step, initial, carried, preset, variant } = now.experiment;
    extra.hidden = now.panel !== "signal";
    if (!changed(own, step, initial, carried, preset, variant, unit(now), now.network, now.lesson, now.bounds, languageOf(now), extra.hidden)) return;
    const { inputs } = now.experiment.sequence;
    const here = now.experiment.step;
    const stops = inputs.length > MOST_STOPS;
    const held = stops && here !== marked && !now.playing ? partsOf(marked).findIndex((node) => node === document.activeElement) : -1;
    build(now);
    const bound = range(now, INPUT);
    const room = ROOMS.find(([most]) => inputs.length <= most)?.[1];
    setText(title, say(now, "sequence.title"));
    setText(count, carried > 0 ? say(now, "sequence.reading", { reading: carried + 1 }) : say(now, "sequence.steps", { count: inputs.length }));
    set(add, "aria-label", say(now, "sequence.add"));
    set(add, "title", say(now, "sequence.add"));
    named(remove, now, inputs.length);
    set(more, "aria-label", say(now, "sequence.more"));
    set(more, "title", say(now, "sequence.more"));
    set(more, "aria-expanded", String(!extra.hidden));
    set(grid, "aria-label", say(now, "sequence.title"));
    set(grid, "role", "group");
    [...names.children].forEach((node, k) => {
      const name = inputName(now, k);
      setText(node, name);
      toggle(node, "is-word", readsWords(now) || isWord(name));
    });
    // A step only marks another column.
    const numbers = others(own, first, columns[0], columns.length, bound, now.network, now.lesson, languageOf(now));
    const mark = (/** @type {number} */ t) => {
      for (const node of partsOf(t)) {
        toggle(node, "is-here", t === here);
        set(node, "tabindex", stops && t !== here ? -1 : null);
      }
      const own = columns[t - first];
      if (own) set(own.head, "aria-current", t === here ? "step" : null);
    };
    if (numbers) {
      columns.forEach(({ fields, head: own }, index) => {
        const t = first - 1 + index;
        fields.forEach((field, k) => {
          set(field.node, "data-step", t + 1);
          field.update({ value: inputs[t][k], bound, room, label: say(now, "sequence.cell", { name: inputName(now, k), step: t + 1 }) });
        });
        set(own, "data-step", t + 1);
        setText(own, String(t + 1));
        set(own, "aria-label", say(now, "sequence.head", { step: t + 1 }));
        mark(t + 1);
      });
    } else for (const t of new Set([marked, here])) mark(t);
    marked = here;
    partsOf(here)[held]?.focus();
    add.disabled = inputs.length >= (now.limits.steps ?? Infinity);
    follow(here);
    if (!extra.hidden) drawMore(now);
  };

  /** @param {HTMLButtonElement} node @param {State} now @param {number} step  that it takes away */
  const named = (node, now, step) => {
    for (const name of ["aria-label", "title"]) set(node, name, say(now, "sequence.remove", { step }));
    node.disabled = steps(now) <= 1;
  };

  const follow = follower(scroll, (step) => columns[step - first]?.head);

  /** @param {State} now */
  const drawMore = (now) => {
    const { experiment, lesson } = now;
    options(presets, say(now, "sequence.presets"), lesson?.presets ?? [], presetRead(now), (id) => actions.setPreset(id), now);
    options(variants, say(now, "sequence.variants"), lesson?.variants ?? [], experiment.variant, (id) => actions.setVariant(id), now);
    setText(moveText, say(now, "sequence.move", { step: experiment.step }));
    set(earlier, "aria-label", say(now, "sequence.earlier", { step: experiment.step }));
    set(later, "aria-label", say(now, "sequence.later", { step: experiment.step }));
    named(drop, now, experiment.step);
    earlier.disabled = experiment.step === 1;
    later.disabled = experiment.step === steps(now);
    if (network !== now.network) {
      network = now.network;
      starts = startsOf(now);
      start.replaceChildren(...starts.map(({ node }) => node));
    }
    for (const { address, name, units, at, fields, text } of starts) {
      const layer = layerLabel(now, address);
      const own = layer ? say(now, "strip.of-layer", { name, layer }) : name;
      const whole = say(now, "sequence.start", { name: own });
      setText(text, fields.length < units ? say(now, "weights.unit", { label: whole, unit: at(0) + 1 }) : whole);
      const label = say(now, "sequence.start-of", { name: own, label: symbolLabel(now, address) });
      fields.forEach((field, k) => field.update({
        value: experiment.initial[address]?.[at(k)] ?? 0, bound: range(now, address),
        label: units > 1 ? say(now, "weights.unit", { label, unit: at(k) + 1 }) : label,
        room: START,
      }));
    }
    // What was given is where the first reading began.
    start.hidden = starts.length === 0 || experiment.carried > 0;
  };

  /**
   * @param {HTMLElement} row @param {string} label
   * @param {{id: string, title: {en: string, zh: string}}[]} list @param {string | null} chosen
   * @param {(id: string) => void} choose @param {State} now
   */
  const options = (row, label, list, chosen, choose, now) => {
    row.hidden = list.length < 2;
    set(row, "aria-label", label);
    const key = `${label}|${chosen}|${list.map((entry) => entry.id)}`;
    if (row.dataset.key === key) return;
    row.dataset.key = key;
    row.replaceChildren(element(document, "span", { class: "aside-text", text: label }), ...list.map((entry) => element(document, "button", {
      type: "button", class: "choice", text: pick(now, entry.title), "aria-pressed": String(entry.id === chosen), onclick: () => choose(entry.id),
    })));
  };

  draw();
  const stop = store.watch(["setting", "network", "lesson", "bounds", "panel", "preferred"], draw);
  return {
    destroy() {
      stop();
      document.removeEventListener("pointerdown", outside);
      root.replaceChildren();
    },
  };
}

/**
 * The network unrolled where it has too many units or steps for numbers: a band for each symbol, a pixel or more for each unit and step.
 */

import { element, hide, replace, set, setStyle, setText } from "../../draw/dom.js";
import { within } from "../../draw/enlarged.js";
import { result } from "../../draw/format.js";
import { numberTable, PAGE } from "../../draw/numbertable.js";
import { overview } from "../../draw/overview.js";
import { bands, following, inView, unitAt, USUAL, ZOOMS } from "../../draw/panorama.js";
import { room } from "../../draw/room.js";
import { clamp } from "../../draw/scale.js";
import { spoken } from "../../draw/symbol.js";
import * as derive from "../../state/derive.js";
import { say } from "../../state/words.js";
import { FOOT, highOf, paper } from "./paper.js";
import { bandName, hasEndless, isKept, kindOf, megabytes, pointed, scales, units } from "./said.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../draw/panorama.js").Band} Band */

/** What the stage leaves to the bands: a share where the cell stands below, all but the gaps where it does not; on a small screen so much. */
const SHARE = { cell: 0.45, strip: 0.94 };
const SMALL = 440;
/** Head, axis, overview and legend together. */
const AROUND = 142;
const LEAST = 120;
/** Where a study stands below, the bands are what it is about, and no more. */
const STUDIED = 56;
const OVERVIEW = 34;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../../state/store.js").Store, actions: any, document: Document}} context
 */
export function wide(root, { store, actions, document }) {
  const facts = element(document, "p", { class: "wide-facts" });
  const readout = element(document, "output", { class: "wide-readout number" });
  const zoomOut = element(document, "button", { type: "button", class: "unit-button", text: "−", onclick: () => zoom(-1) });
  const zoomIn = element(document, "button", { type: "button", class: "unit-button", text: "+", onclick: () => zoom(1) });
  const names = element(document, "div", { class: "wide-names", "aria-hidden": "true" });
  const surface = paper(document);
  const field = element(document, "div", { class: "wide-field", tabindex: "0", role: "application" }, ...surface.nodes);
  const whole = overview(document, { move: (first, done) => look(first, done) });
  const scaled = element(document, "span");
  const endless = element(document, "span", { class: "wide-endless" });
  const legend = element(document, "p", { class: "wide-legend" }, scaled, endless);
  const summary = element(document, "summary");
  const table = numberTable(document, (first) => actions.setUnit(clamp(first, 0, units(store.get()) - 1)));
  const twin = element(document, "details", { class: "wide-twin" }, summary, table.node);
  replace(root,
    element(document, "div", { class: "wide-head" }, facts, readout, element(document, "div", { class: "wide-zoom", role: "group" }, zoomOut, zoomIn)),
    element(document, "div", { class: "wide-paper" }, names, element(document, "div", { class: "wide-plot" }, field, whole.node)), legend, twin);

  /** @type {Band[]} */
  let layout = [];
  let view = { pitch: 4, first: 1, count: 1 };
  /** Where the person has moved the view to; null: where the present step is. @type {number | null} */
  let from = null;
  let shownStep = 0;
  let row = 0;
  /** @type {{band: Band, unit: number, step: number} | null} */
  let hovered = null;
  let named = "";
  let frame = 0;

  /** @param {State} state @returns {import("../../draw/panorama.js").Request[]} */
  function requests(state) {
    const values = derive.rows(state).map((address) => ({ address, kind: kindOf(state, address), units: derive.unitCount(state, address) }));
    if (derive.direction(state) !== "backward") return values;
    return [...values, ...derive.gradientRows(state).map((address) => ({ address, kind: /** @type {const} */ ("gradient"), units: derive.unitCount(state, address) }))];
  }

  /** @param {State} state */
  function high(state) {
    if (derive.study(state)) return STUDIED;
    const small = document.defaultView?.matchMedia("(max-width: 1100px)").matches;
    return Math.max(LEAST, (small ? SMALL : stage.height * SHARE[derive.depth(state) === "strip" ? "strip" : "cell"]) - AROUND);
  }

  /** Divides the paper, and sees to it that what is in view is sent. @param {State} state */
  function place(state) {
    layout = bands(requests(state), high(state));
    const { step } = state.experiment;
    const steps = derive.steps(state);
    // Before it has been measured: how many steps are seen decides what stands below them.
    const width = Math.max(1, size.width || field.clientWidth);
    const zoomed = Number(state.experiment.view.zoom ?? USUAL);
    const asked = from ?? Number(state.experiment.view.from ?? step);
    const before = view;
    view = inView({ width, steps, zoom: zoomed, from: asked });
    // Where the paper became narrower, a step that was in view stays there.
    const lost = view.count < before.count && step >= before.first && step < before.first + before.count;
    if (step !== shownStep || lost) {
      view = inView({ width, steps, zoom: zoomed, from: following(view, step, step < shownStep) });
      shownStep = step;
    }
    from = view.first;
    if (size.width === 0) return;
    const { address, unit } = cursor(state);
    actions.see({ first: view.first, count: view.count, pointed: { address, unit, step: hovered?.step ?? step } });
  }

  /** The place spoken of: under the pointer, else the chosen unit of the chosen band at the present step. @param {State} state */
  function cursor(state) {
    const band = hovered?.band ?? layout[Math.min(row, layout.length - 1)];
    const unit = hovered?.unit ?? Math.min(derive.unit(state), band.units - 1);
    return { band, address: band.address, unit, step: hovered?.step ?? state.experiment.step };
  }

  /** @param {State} state */
  function speak(state) {
    const { band, address, unit, step } = cursor(state);
    const gradient = band.kind === "gradient";
    const label = derive.symbolLabel(state, address);
    const known = (gradient ? derive.gradientAt : derive.valueAt)(state, address, step, unit) ?? pointed(state, gradient, address, step, unit);
    const hidden = isKept(state, band, step);
    const value = hidden ? say(state, "wide.hidden") : known === undefined ? "…" : result(known);
    const name = spoken(derive.bare(address));
    // What has no name of its own is called by its letter, once.
    const wording = gradient ? (label === name ? "wide.gradient-at-bare" : "wide.gradient-at") : label === name ? "wide.value-at-bare" : "wide.value-at";
    setText(readout, say(state, wording, { name, label, unit: unit + 1, step, value }));
  }

  /** @param {State} state */
  function describe(state) {
    const steps = derive.steps(state);
    setText(facts, say(state, units(state) === 1 ? "wide.facts-one" : "wide.facts", { count: steps, units: units(state), memory: megabytes(state.memory) }));
    set(field, "aria-label", say(state, "wide.title"));
    set(zoomOut.parentElement ?? root, "aria-label", say(state, "wide.zoom"));
    set(zoomOut, "aria-label", say(state, "wide.zoom-out"));
    set(zoomIn, "aria-label", say(state, "wide.zoom-in"));
    const level = Number(state.experiment.view.zoom ?? USUAL);
    zoomOut.disabled = level <= 0 || view.count >= steps;
    zoomIn.disabled = level >= ZOOMS.length - 1;
    const key = JSON.stringify([layout.map(({ y, address, kind }) => [y, address, kind]), state.network.layers.length]);
    if (key !== named) {
      named = key;
      replace(names, ...layout.map((band) => bandName(document, state, band)));
    }
    setStyle(root, "--wide-height", `${highOf(layout) + FOOT}px`);
    setText(scaled, scales(state, layout));
    endless.hidden = !hasEndless(state, layout);
    setText(endless, say(state, "wide.endless"));
    setText(summary, say(state, "wide.numbers", { step: state.experiment.step }));
    if (twin.open) write(state);
  }

  /** @param {State} state */
  function write(state) {
    const { step } = state.experiment;
    const unit = derive.unit(state);
    const first = Math.floor(unit / PAGE) * PAGE;
    table.paint({
      columns: layout.map(({ address, kind }) => `${kind === "gradient" ? "∂" : ""}${spoken(derive.bare(address))}`),
      units: units(state), first, corner: say(state, "wide.unit"),
      caption: say(state, "wide.numbers", { step }),
      words: { back: say(state, "wide.earlier-units"), on: say(state, "wide.later-units") },
      number: (column, index) => {
        const band = layout[column];
        if (index >= band.units) return "";
        if (isKept(state, band, step)) return "?";
        const value = (band.kind === "gradient" ? derive.gradientAt : derive.valueAt)(state, band.address, step, index);
        return value === undefined ? "…" : result(value);
      },
    });
  }

  const draw = () => {
    const state = store.get();
    hide(root, !derive.isWide(state));
    if (root.hidden) return;
    surface.dress(state, field);
    place(state);
    const plan = { layout, view, width: size.width };
    surface.paint(state, plan);
    surface.mark(state, plan, cursor(state));
    whole.paint({ numbers: state.pictures[derive.WHOLE_SEQUENCE]?.values[derive.memory(state)], bound: derive.range(state, derive.memory(state)), palette: surface.colours(), steps: derive.steps(state), step: state.experiment.step, view, height: OVERVIEW, label: say(state, "wide.overview"), text: say(state, "wide.in-view", { first: view.first, last: view.first + view.count - 1 }) });
    speak(state);
    describe(state);
  };

  /** @param {number} first @param {boolean} done  remembered in the experiment */
  function look(first, done) {
    const { width } = size;
    const state = store.get();
    from = inView({ width, steps: derive.steps(state), zoom: Number(state.experiment.view.zoom ?? USUAL), from: Math.round(first) }).first;
    if (done) actions.setSight({ from });
    draw();
  }

  /** The middle of the view stays where it is. @param {number} by */
  function zoom(by) {
    const state = store.get();
    const { step } = state.experiment;
    const middle = step >= view.first && step < view.first + view.count ? step : view.first + view.count / 2;
    const level = clamp(Number(state.experiment.view.zoom ?? USUAL) + by, 0, ZOOMS.length - 1);
    const next = inView({ width: size.width, steps: derive.steps(state), zoom: level, from: 1 });
    from = Math.round(middle - ((middle - view.first) * next.count) / view.count);
    actions.setSight({ zoom: level, from: Math.max(1, from) });
  }

  /** @param {PointerEvent | MouseEvent} event */
  function under(event) {
    const { x, y } = within(field, event);
    const found = unitAt(layout, y);
    const step = view.first + Math.floor(x / view.pitch);
    return found && step >= 1 && step < view.first + view.count ? { ...found, step } : null;
  }

  /** A pointer moves more often than a picture can be painted. */
  const soon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  field.addEventListener("pointermove", (event) => {
    hovered = event.pointerType === "mouse" ? under(event) : null;
    soon();
  });
  field.addEventListener("pointerleave", () => {
    hovered = null;
    soon();
  });
  field.addEventListener("click", (event) => {
    const found = under(event);
    if (!found) return;
    row = layout.indexOf(found.band);
    hovered = null;
    if (found.band.units === units(store.get())) actions.setUnit(found.unit);
    actions.seek(found.step);
  });
  field.addEventListener("dblclick", (event) => {
    const found = under(event);
    if (found) open(found.band, found.unit, found.step);
  });
  // A click leaves the keys with the stage: arrows go on stepping.
  field.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const state = store.get();
    const { band, unit, step } = cursor(state);
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    hovered = null;
    if (by && unit + by >= 0 && unit + by < band.units) actions.setUnit(unit + by);
    else if (by) {
      row = (layout.indexOf(band) + by + layout.length) % layout.length;
      actions.setUnit(by > 0 ? 0 : layout[row].units - 1);
      draw();
    } else if (event.key === "Enter") open(band, unit, step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  twin.addEventListener("toggle", draw);

  /** @param {Band} band @param {number} unit @param {number} step */
  function open({ address }, unit, step) {
    const state = store.get();
    if (derive.isHidden(state, step, address)) return;
    if (step !== state.experiment.step) actions.seek(step);
    actions.enter(address, unit, step);
  }

  const size = room(field, draw);
  const stage = room(root.parentElement ?? root, draw);
  const stop = store.watch(["setting", "network", "values", "gradients", "overtaken", "pictures", "bounds", "memory", "theme", "predictions", "preferred", "words"], draw);
  draw();
  return {
    destroy() {
      stop();
      size.stop();
      stage.stop();
      whole.stop();
      replace(root);
    },
  };
}

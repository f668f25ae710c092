/**
 * The network unrolled where it has too many units or steps for numbers: a band for each symbol, a pixel or more for each unit and step.
 */

import { element, replace, set, setStyle, setText } from "../draw/dom.js";
import { result } from "../draw/format.js";
import { layer } from "../draw/layer.js";
import { marks } from "../draw/marks.js";
import { numberTable, PAGE } from "../draw/numbertable.js";
import { overview } from "../draw/overview.js";
import { paletteOf } from "../draw/palette.js";
import { bands, following, inView, unitAt, USUAL, ZOOMS } from "../draw/panorama.js";
import { picture } from "../draw/picture.js";
import { room } from "../draw/room.js";
import { DECADES, clamp, decadeAbove, ticks } from "../draw/scale.js";
import { tenTo } from "../draw/format.js";
import { letters, spoken } from "../draw/symbol.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/panorama.js").Band} Band */
/** @typedef {import("../draw/palette.js").Palette} Palette */

/** What the stage leaves to the bands: a share where the cell stands below, all but the gaps where it does not; on a small screen so much. */
const SHARE = { cell: 0.45, strip: 0.94 };
const SMALL = 440;
/** Head, axis, overview and legend together. */
const AROUND = 142;
const LEAST = 120;
const FOOT = 18;
const OVERVIEW = 34;
/** How strong gradients are that belong to earlier numbers, while those of these are computed. */
const OVERTAKEN = 0.3;
/** A theme's colours change in a style sheet, not in the store. */
const GROUNDS = ["--paper", "--hollow", "--card", "--accent", "--ink", "--muted"];

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function wide(root, { store, actions, document }) {
  const facts = element(document, "p", { class: "wide-facts" });
  const readout = element(document, "output", { class: "wide-readout number" });
  const zoomOut = element(document, "button", { type: "button", class: "unit-button", text: "−", onclick: () => zoom(-1) });
  const zoomIn = element(document, "button", { type: "button", class: "unit-button", text: "+", onclick: () => zoom(1) });
  const names = element(document, "div", { class: "wide-names", "aria-hidden": "true" });
  const base = layer(document, "wide-picture");
  const over = layer(document, "wide-marks");
  const field = element(document, "div", { class: "wide-field", tabindex: "0", role: "application" }, base.node, over.node);
  const whole = overview(document, { move: (first, done) => look(first, done) });
  const legend = element(document, "p", { class: "wide-legend" });
  const summary = element(document, "summary");
  const table = numberTable(document, (first) => actions.setUnit(clamp(first, 0, units(store.get()) - 1)));
  const twin = element(document, "details", { class: "wide-twin" }, summary, table.node);
  replace(root,
    element(document, "div", { class: "wide-head" }, facts, readout, element(document, "div", { class: "wide-zoom", role: "group" }, zoomOut, zoomIn)),
    element(document, "div", { class: "wide-paper" }, names, element(document, "div", { class: "wide-plot" }, field, whole.node)), legend, twin);

  /** @type {Map<string, ReturnType<typeof picture>>} by kind and address */
  const pictures = new Map();
  /** @type {Band[]} */
  let layout = [];
  let view = { pitch: 4, first: 1, count: 1 };
  /** Where the person has moved the view to; null: where the present step is. @type {number | null} */
  let from = null;
  let shownStep = 0;
  let row = 0;
  /** @type {{band: Band, unit: number, step: number} | null} */
  let hovered = null;
  /** @type {Palette | null} */
  let colours = null;
  /** @type {Record<string, string>} */
  let tokens = {};
  let dressed = "";
  let enlarged = 1;
  let named = "";
  /** @type {unknown[]} */
  let painted = [];
  let frame = 0;

  const token = (/** @type {string} */ name) => tokens[name] ?? "";

  /** The theme's colours, read once. @param {State} state */
  function dress(state) {
    const key = [state.theme, derive.direction(state), document.documentElement.dataset.theme].join();
    if (key === dressed && colours) return;
    dressed = key;
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(field);
    const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    tokens = Object.fromEntries([...GROUNDS, "--alarm"].map((name) => [name, read(name)]));
    tokens.font = `${style.fontSize} ${style.fontFamily}`;
    colours = paletteOf(document);
    enlarged = /** @type {any} */ (field).currentCSSZoom ?? 1;
  }

  /** @param {State} state @returns {import("../draw/panorama.js").Request[]} */
  function requests(state) {
    const values = derive.rows(state).map((address) => ({ address, kind: kindOf(state, address), units: derive.unitCount(state, address) }));
    if (derive.direction(state) !== "backward") return values;
    return [...values, ...derive.gradientRows(state).map((address) => ({ address, kind: /** @type {const} */ ("gradient"), units: derive.unitCount(state, address) }))];
  }

  /** @param {State} state */
  function high(state) {
    const small = document.defaultView?.matchMedia("(max-width: 1100px)").matches;
    return Math.max(LEAST, (small ? SMALL : stage.height * SHARE[derive.depth(state) === "strip" ? "strip" : "cell"]) - AROUND);
  }

  /** Divides the paper, and sees to it that what is in view is sent. @param {State} state */
  function place(state) {
    layout = bands(requests(state), high(state));
    const { step } = state.experiment;
    const steps = derive.steps(state);
    const width = Math.max(1, size.width);
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

  /** @param {State} state @param {Band} band */
  function scaleOf(state, band) {
    if (band.kind === "gradient") return { scale: /** @type {const} */ ("gradient"), bound: top(state) };
    if (band.kind === "gate") return { scale: /** @type {const} */ ("gate"), bound: 1 };
    return { scale: /** @type {const} */ ("signed"), bound: derive.range(state, band.address) };
  }

  /** @param {State} state */
  const top = (state) => decadeAbove(derive.gradientBound(state));

  /** @param {State} state */
  function paint(state) {
    const seen = state.pictures[derive.VIEW];
    const height = (layout.at(-1)?.y ?? 0) + (layout.at(-1)?.height ?? 0);
    const sized = base.resize(size.width, height + FOOT, enlarged);
    const bounds = layout.map((band) => scaleOf(state, band).bound).join();
    const now = [seen?.values, seen?.gradients, state.overtaken, colours, view.first, view.pitch, layout.map(({ y }) => y).join(), bounds];
    if (!sized && now.every((one, index) => one === painted[index])) return;
    painted = now;
    const { context } = base;
    context.clearRect(0, 0, size.width, height + FOOT);
    for (const band of layout) {
      const key = `${band.kind} ${band.address}`;
      const numbers = (band.kind === "gradient" ? seen?.gradients : seen?.values)?.[band.address];
      if (!numbers || !colours) continue;
      const own = pictures.get(key) ?? picture(document);
      pictures.set(key, own);
      const { scale, bound } = scaleOf(state, band);
      own.update(numbers, scale, bound, colours);
      context.globalAlpha = band.kind === "gradient" && state.overtaken ? OVERTAKEN : 1;
      own.paint(context, { x: (numbers.first - view.first) * view.pitch, y: band.y, width: numbers.steps * view.pitch, height: band.height });
    }
    context.globalAlpha = 1;
    context.fillStyle = token("--muted");
    context.font = token("font");
    context.textAlign = "center";
    for (const at of ticks(view.first, view.first + view.count - 1, Math.max(2, size.width / 90))) {
      const step = Math.max(1, Math.round(at));
      const x = (step - view.first + 0.5) * view.pitch;
      if (x > 8 && x < size.width - 12) context.fillText(String(step), x, height + FOOT - 5);
    }
  }

  /** @param {State} state */
  function mark(state) {
    const height = (layout.at(-1)?.y ?? 0) + (layout.at(-1)?.height ?? 0);
    over.resize(size.width, height + FOOT, enlarged);
    const { step } = state.experiment;
    const x = (/** @type {number} */ at) => (at - view.first) * view.pitch;
    const back = derive.direction(state) === "backward";
    const values = layout.filter(({ kind }) => kind !== "gradient");
    const gradients = layout.filter(({ kind }) => kind === "gradient");
    const box = (/** @type {Band[]} */ list, /** @type {number} */ left, /** @type {number} */ right) => ({ left: clamp(left, 0, size.width), right: clamp(right, 0, size.width), top: list[0].y, bottom: list[list.length - 1].y + list[list.length - 1].height });
    const concealed = derive.concealed(state);
    const secret = layout.filter(({ kind }) => (concealed?.gradient ? kind === "gradient" : kind !== "input" && kind !== "gradient"));
    const { band, unit, step: at } = cursor(state);
    const tall = Math.max(3, band.height / band.units);
    const y = band.y + ((unit + 0.5) * band.height) / band.units;
    marks(over.context, { width: size.width, height: height + FOOT }, token, {
      present: { left: x(step), right: x(step + 1), top: 1, bottom: height - 1 },
      later: back ? (gradients.length ? box(gradients, 0, x(step)) : null) : box(values.filter(({ kind }) => kind !== "input"), x(step + 1), size.width),
      hidden: concealed === null ? [] : secret.map((one) => (concealed.gradient ? box([one], 0, x(concealed.step + 1)) : box([one], x(concealed.step), size.width))),
      pointed: { left: x(at), right: x(at + 1), top: y - tall / 2, bottom: y + tall / 2 },
    });
  }

  /** @param {State} state */
  function speak(state) {
    const { band, address, unit, step } = cursor(state);
    const gradient = band.kind === "gradient";
    const label = derive.symbolLabel(state, address);
    const known = (gradient ? derive.gradientAt : derive.valueAt)(state, address, step, unit) ?? pointed(state, gradient, address, step, unit);
    const hidden = isKept(state, band, step);
    const value = hidden ? say(state, "wide.hidden") : known === undefined ? "…" : result(known);
    setText(readout, say(state, gradient ? "wide.gradient-at" : "wide.value-at", { name: spoken(derive.bare(address)), label, unit: unit + 1, step, value }));
  }

  /** @param {State} state */
  function describe(state) {
    const steps = derive.steps(state);
    setText(facts, say(state, "wide.facts", { count: steps, units: units(state), memory: megabytes(state.memory) }));
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
      replace(names, ...layout.map((band) => name(state, band)));
    }
    setStyle(root, "--wide-height", `${(layout.at(-1)?.y ?? 0) + (layout.at(-1)?.height ?? 0) + FOOT}px`);
    setText(legend, scales(state));
    setText(summary, say(state, "wide.numbers", { step: state.experiment.step }));
    if (twin.open) write(state);
  }

  /** @param {State} state @param {Band} band */
  function name(state, band) {
    const gradient = band.kind === "gradient";
    const { letter, sub } = letters(`${gradient ? "∂" : ""}${derive.bare(band.address)}`);
    const bottom = derive.layerOf(state, band.address)?.layer ?? "";
    const several = new Set(state.network.layers.map((one) => one.layer)).size > 1 && /^\d+$/.test(bottom) && bottom !== "0";
    const node = element(document, "span", { class: "wide-name in-role", "data-role": gradient ? "gradient" : derive.roleOf(state, band.address), "data-name": band.address },
      element(document, "var", { text: letter }), sub ? element(document, "sub", { text: sub }) : null, several ? element(document, "sup", { text: bottom }) : null);
    setStyle(node, "top", `${band.y + band.height / 2}px`);
    return node;
  }

  /** What each colour stands for. @param {State} state */
  function scales(state) {
    /** @type {Map<number, string[]>} */
    const signed = new Map();
    for (const band of layout) {
      if (band.kind === "gradient" || band.kind === "gate") continue;
      const bound = derive.range(state, band.address);
      signed.set(bound, [...(signed.get(bound) ?? []), spoken(derive.bare(band.address))]);
    }
    const said = [...signed].map(([bound, list]) => say(state, "wide.signed", { names: list.join(", "), low: `−${bound}`, high: bound }));
    if (layout.some(({ kind }) => kind === "gate")) said.push(say(state, "wide.gate"));
    if (layout.some(({ kind }) => kind === "gradient")) said.push(say(state, "wide.gradient", { low: tenTo(top(state) - DECADES), high: tenTo(top(state)) }));
    return said.join(" · ");
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
    root.hidden = !derive.isWide(state);
    if (root.hidden) return;
    dress(state);
    place(state);
    paint(state);
    mark(state);
    whole.paint({ numbers: state.pictures[derive.WHOLE_SEQUENCE]?.values[derive.memory(state)], bound: derive.range(state, derive.memory(state)), palette: colours, steps: derive.steps(state), step: state.experiment.step, view, height: OVERVIEW, label: say(state, "wide.overview"), text: say(state, "wide.in-view", { first: view.first, last: view.first + view.count - 1 }) });
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
    const box = field.getBoundingClientRect();
    const found = unitAt(layout, event.clientY - box.top);
    const step = view.first + Math.floor((event.clientX - box.left) / view.pitch);
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
    actions.pin(address, unit, step);
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

/** @param {State} state @param {string} address @returns {Band["kind"]} */
function kindOf(state, address) {
  const role = derive.roleOf(state, address);
  return role === "state" ? "memory" : role === "gate" || role === "input" ? role : "value";
}

/** Whether a prediction keeps a number back. @param {State} state @param {Band} band @param {number} step */
function isKept(state, { kind, address }, step) {
  return (kind === "gradient" ? derive.isGradientHidden : derive.isHidden)(state, step, address);
}

/** @param {State} state */
function units(state) {
  return derive.mainLayer(state)?.sizes.units ?? 1;
}

/** The number under the pointer, once it has come. @param {State} state @param {boolean} gradient @param {string} address @param {number} step @param {number} unit */
function pointed(state, gradient, address, step, unit) {
  const series = (gradient ? state.pictures[derive.POINT]?.gradients : state.pictures[derive.POINT]?.values)?.[address];
  return series?.first === step ? series.data[unit] : undefined;
}

/** @param {number} bytes */
function megabytes(bytes) {
  const size = bytes / 1e6;
  return size < 10 ? size.toFixed(1) : String(Math.round(size));
}

/** The loss over two of the weights, in the cell's place: where the network is on it, what the gradient says, and the way down; of several networks side by side. */

import { element, replace, set, setText, toggle } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { lossColours, lossScale } from "../../draw/lossscale.js";
import { choice } from "../../draw/switch.js";
import { concealed, study } from "../../state/derive.js";
import { sideName } from "../../state/sidename.js";
import { settings, sides } from "../../state/surfaces.js";
import { problemText, say } from "../../state/words.js";
import { besideMenu } from "./beside.js";
import { surfaceControls } from "./controls.js";
import { account, isAtRest, wayDown } from "./descent.js";
import { surfacePlot } from "./plot.js";
import { surfaceTable } from "./table.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Side} Side */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */
/** @typedef {{now: Side, own: Settings, plot: ReturnType<typeof surfacePlot>, losses: Float64Array, title: string | null}} Shown */

const TOKENS = ["--loss-low", "--loss-middle", "--loss-high", "--loss-line", "--alarm", "--ink", "--muted", "--line", "--card", "--accent", "--font-text"];

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function surface(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  /** The place under the pointer, on all surfaces alike. @type {import("../../draw/surfacefield.js").Spot | null} */
  let pointed = null;
  let dressed = "";
  /** @type {Record<string, string>} */
  let tokens = {};
  /** @type {number[][]} */
  let colours = [];
  let scale = lossScale([]);
  /** What the colours were last scaled for. @type {unknown[]} */
  let scaled = [];
  /** Which network was moved with the keys. @type {string | null} */
  let byKey = null;
  /** How networks beside the first are asked about, once that is loaded. @type {import("../../state/surface.js").Inquire | undefined} */
  let inquire;

  const title = element(document, "h2", { class: "heading" });
  const beside = besideMenu(document, actions);
  const kinds = choice(document, ["map", "space"], (kind) => actions.setSurface({ kind }));
  const close = element(document, "button", { type: "button", class: "quiet study-close", text: "×", onclick: () => actions.setStudy("cell") });
  const controls = surfaceControls(document, actions, () => draw());
  const plots = element(document, "div", { class: "surface-plots" });
  const slope = element(document, "p", { class: "surface-slope number" });
  const told = element(document, "p", { class: "surface-told", role: "status" });
  const ticks = element(document, "div", { class: "surface-ticks number" });
  const legend = element(document, "div", { class: "surface-legend", role: "group" }, element(document, "div", { class: "surface-bar" }), ticks);
  const panel = element(document, "div", { class: "surface-side" }, slope, ...controls.nodes, told, legend);
  const twin = surfaceTable(document, () => draw());
  const spoken = element(document, "p", { class: "unseen", "aria-live": "polite" });
  const kept = element(document, "p", { class: "aside-text study-kept" });
  root.classList.add("surface");
  replace(root, element(document, "div", { class: "surface-head" }, title, beside.node, kinds.node, close), plots, panel, twin.node, kept, spoken);

  const token = (/** @type {string} */ name) => tokens[name];
  /** @type {Map<string, ReturnType<typeof surfacePlot>>} */
  const made = new Map();
  /** @param {string} id */
  function plotOf(id) {
    const found = made.get(id) ?? surfacePlot(document, id, {
      state, actions, redraw: () => draw(),
      point: (at) => {
        if (at === pointed) return;
        pointed = at;
        draw();
      },
      typedBy: (by) => (byKey = by),
    });
    made.set(id, found);
    return found;
  }

  /** The theme's colours, read once for each. @param {State} now */
  function dress({ theme }) {
    const key = `${theme}${document.documentElement.dataset.theme}`;
    if (dressed === key) return;
    dressed = key;
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(document.documentElement);
    tokens = Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(name).trim()]));
    colours = lossColours(token);
  }

  /** One scale of colours for all of them. @param {Float64Array[]} all */
  function rescale(all) {
    if (all.length === scaled.length && all.every((losses, at) => losses === scaled[at])) return;
    scaled = all;
    scale = lossScale(all.length === 1 ? all[0] : all.flatMap((losses) => Array.from(losses)));
  }

  /** @param {State} now @returns {Shown[]} */
  function shownIn(now) {
    const all = sides(now);
    const several = now.experiment.lanes.length > 0;
    const found = all.flatMap((side) => {
      const own = settings(side);
      const { id } = side;
      return own ? [{ now: side, own, id }] : [];
    });
    for (const [id, plot] of made) {
      if (found.some((each) => each.id === id)) continue;
      plot.stop();
      plot.node.remove();
      // It may stand beside the surface that is left.
      plot.reading.remove();
      made.delete(id);
    }
    const shown = found.map(({ now: side, own, id }) => {
      const plot = plotOf(id);
      return { now: side, own, plot, losses: plot.losses(side, own), title: several ? sideName(now, id) : null };
    });
    for (const { plot } of shown) {
      // One alone is read beside it.
      const holder = several ? plot.node : panel;
      if (plot.reading.parentElement === holder) continue;
      if (holder === panel) panel.prepend(plot.reading);
      else holder.append(plot.reading);
    }
    if (shown.some(({ plot }, at) => plots.children[at] !== plot.node)) replace(plots, ...shown.map(({ plot }) => plot.node));
    return shown;
  }

  function draw() {
    const now = state();
    root.hidden = study(now) !== "surface" || now.home;
    if (root.hidden) return;
    // What a lesson asks for could be read off its own picture.
    toggle(root, "is-kept", concealed(now) !== null && now.base.view.study === "surface");
    setText(kept, say(now, "strip.hidden"));
    dress(now);
    const shown = shownIn(now);
    const [main] = shown;
    plots.hidden = panel.hidden = twin.node.hidden = shown.length === 0;
    setText(title, say(now, shown.length === 0 ? "surface.too-few" : "surface.title"));
    set(close, "aria-label", say(now, "page.close"));
    // Known from the start, before the others have come.
    toggle(root, "is-several", now.experiment.lanes.length > 0);
    beside.paint(now);
    const kind = now.experiment.view.kind === "space" ? "space" : "map";
    kinds.paint(kind, say(now, "surface.kind"), (name) => say(now, `surface.${name}`));
    if (!main) return;
    rescale(shown.flatMap(({ losses }) => (losses.length > 0 ? [losses] : [])));
    controls.paint(now, main.own, shown.every((each) => isAtRest(wayDown(each.now, each.own))));
    const norm = wayDown(main.now, main.own)[0]?.norm;
    // What is pointed at has a gradient of its own, which nobody has asked for.
    toggle(slope, "is-elsewhere", pointed !== null);
    setText(slope, say(now, norm !== undefined && main.own.clip > 0 && norm > main.own.clip ? "surface.slope-clipped" : "surface.slope", { norm: norm === undefined ? "…" : result(norm), most: number(main.own.clip) }));
    setText(told, [...new Set(shown.map(tell))].join("\n"));
    replace(ticks, ...scale.ticks.map((value) => element(document, "span", { text: number(value) })));
    set(legend, "aria-label", say(now, "surface.legend"));
    for (const { now: side, own, plot, title: name } of shown) {
      plot.paint(side, own, { kind, scale, colours, token, pointed, title: name });
    }
    twin.paint(now, shown);
  }

  /** @param {Shown} shown */
  function tell({ now, own, title: name }) {
    const problems = now.surfaces[now.id]?.problems ?? [];
    const problem = problems.map((each) => problemText(now, each)).join(" ");
    const text = problem || account(now, own, wayDown(now, own));
    return name === null || (!problem && own.updates === 0) ? text : say(now, "surface.told-of", { name, text });
  }

  const refresh = () => {
    const now = state();
    if (study(now) !== "surface") return;
    actions.refreshSurface(inquire);
    if (inquire || now.experiment.lanes.length === 0) return;
    void actions.compare().then((/** @type {{inquire: import("../../state/surface.js").Inquire}} */ lanes) => {
      inquire = lanes.inquire;
      refresh();
    });
  };
  /** @param {State} _ @param {Set<string>} [what] */
  const changed = (_, what) => {
    refresh();
    draw();
    if (!byKey || !what?.has("surfaces")) return;
    setText(spoken, made.get(byKey)?.said() ?? "");
    byKey = null;
  };
  changed(state());
  const stop = store.watch(["experiment", "network", "surfaces", "lanes", "cells", "predictions", "theme", "preferred", "home", "words"], changed);
  return {
    destroy() {
      stop();
      for (const plot of made.values()) plot.stop();
      root.replaceChildren();
    },
  };
}

/** In the share dialog: pictures and numbers to take away. */

import { element, set, setText } from "../draw/dom.js";
import { brief, tenTo } from "../draw/format.js";
import { poster } from "../draw/poster.js";
import { dots, vector } from "../draw/raster.js";
import { DECADES, decadeAbove } from "../draw/scale.js";
import * as derive from "../state/derive.js";
import { languageOf, pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** Dots for each unit of a drawing. */
const SHARP = 2;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function save(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const bench = element(document, "div", { class: "picture-bench", "aria-hidden": "true" });
  /** @param {"strip" | "cell"} what @param {"svg" | "png"} format */
  const take = async (what, format) => (await actions.saving()).picture(what, format, async (/** @type {any} */ faces) => {
    const sheet = poster(document, bench, drawings(document)[what], said(state(), what, beside(document)), faces);
    return format === "svg" ? vector(sheet) : dots(document, sheet, SHARP);
  });
  /** @type {{key: string, kinds: {name: string, act: () => void}[]}[]} */
  const lines = [
    ...(/** @type {const} */ (["strip", "cell"])).map((what) => ({
      key: what, kinds: (/** @type {const} */ (["svg", "png"])).map((format) => ({ name: format, act: () => void take(what, format) })),
    })),
    { key: "trace", kinds: (/** @type {const} */ (["csv", "json", "npz"])).map((format) => ({ name: format, act: async () => (await actions.saving()).trace(format) })) },
  ];
  const title = element(document, "h3", { class: "heading" });
  const rows = lines.map(({ key, kinds }) => {
    const label = element(document, "span", { class: "save-label" });
    const buttons = kinds.map(({ name, act }) => element(document, "button", { type: "button", class: "save-kind", text: name.toUpperCase(), onclick: act }));
    return { key, label, buttons, kinds, node: element(document, "div", { class: "save-row", role: "group" }, label, ...buttons) };
  });
  root.classList.add("save");
  root.append(title, ...rows.map(({ node }) => node), bench);

  const draw = () => {
    const now = state();
    if (now.panel !== "share") return;
    setText(title, say(now, "save.title"));
    const found = drawings(document);
    for (const { key, label, buttons, kinds, node } of rows) {
      setText(label, say(now, `save.${key}`));
      set(node, "aria-label", say(now, `save.${key}`));
      buttons.forEach((button, index) => {
        set(button, "aria-label", say(now, "save.as", { what: say(now, `save.${key}`), format: kinds[index].name.toUpperCase() }));
        button.disabled = key !== "trace" && found[/** @type {"strip" | "cell"} */ (key)].length === 0;
      });
    }
  };
  draw();
  const stop = store.watch(["panel", "experiment", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** What is to be seen: the lanes where networks are compared, else the strip or, of a wide network, its picture; and the cell. @param {Document} document */
function drawings(document) {
  const lanes = [...document.querySelectorAll(".lane")].map((lane) => figures(lane, ".strip-names, .strip-plot"));
  const shown = lanes.filter((row) => row.length > 0);
  const all = (/** @type {string} */ selector) => [...document.querySelectorAll(selector)].map((one) => figures(one, "svg")).filter((row) => row.length > 0);
  const wide = [...document.querySelectorAll("[data-view=wide]")].map((one) => figures(one, ".wide-names, .wide-field")).filter((row) => row.length > 0);
  return {
    strip: [shown, all("[data-view=strip] .strip-paper"), wide].find((rows) => rows.length > 0) ?? [],
    cell: all("[data-view=cell] .cell-stage"),
  };
}

/**
 * Of networks side by side, how each is called, and where the colours that they share are strongest.
 * @param {Document} document
 */
function beside(document) {
  const lanes = [...document.querySelectorAll(".lane")].filter((lane) => figures(lane, ".strip-plot").length > 0);
  const names = lanes.map((lane) => [...lane.querySelectorAll(".lane-name, .lane-minus")].map((one) => one.textContent).filter(Boolean).join(" · "));
  const bounds = JSON.parse(document.querySelector(".lanes")?.getAttribute("data-bounds") ?? "[]");
  return { names, bounds: names.length > 0 ? /** @type {[string, number][]} */ (bounds) : [] };
}

/** Only what can be seen: a study lies over the cell, which keeps its place beneath. @param {Element} node @param {string} selector @returns {(SVGElement | HTMLElement)[]} */
function figures(node, selector) {
  return /** @type {(SVGElement | HTMLElement)[]} */ ([...node.querySelectorAll(selector)]).filter((one) => one.checkVisibility({ visibilityProperty: true }));
}

/** @param {State} now @param {"strip" | "cell"} what @param {ReturnType<typeof beside>} lanes @returns {import("../draw/poster.js").Said} */
function said(now, what, { names, bounds }) {
  const { lesson, cell } = now;
  const open = lesson ?? cell;
  const step = now.experiment.step;
  const backward = derive.direction(now) === "backward";
  const several = what === "strip" && names.length > 0;
  const own = derive.rows(now)
    .filter((address) => derive.roleOf(now, address) !== "gate")
    .map((address) => /** @type {[string, number]} */ ([derive.bare(address), derive.range(now, address)]));
  /** What shares a range shares a scale. @type {Map<string, string>} */
  const signed = new Map();
  for (const [name, bound] of new Map(several ? bounds : own)) signed.set(brief(bound), [signed.get(brief(bound)), name].filter(Boolean).join(", "));
  const inside = derive.mainLayer(now)?.address ?? "";
  // A cell is drawn with all its gates, the strip with those that the lesson gives a row.
  const drawn = what === "cell" ? Object.keys(now.network.symbols).filter((address) => derive.prefix(address) === inside) : derive.rows(now);
  const gates = several || drawn.some((address) => derive.roleOf(now, address) === "gate");
  const layer = what === "cell" ? derive.layerLabel(now, inside) : "";
  const top = decadeAbove(derive.gradientBound(now));
  return {
    title: open ? pick(now, open.title) : say(now, "header.own"),
    subtitle: [layer, say(now, backward ? "lesson.step-backward" : "lesson.step", { step, count: derive.steps(now) })].filter(Boolean).join(" · "),
    names: several ? names : [],
    scales: [
      ...[...signed].map(([bound, text]) => ({ kind: /** @type {const} */ ("signed"), low: `−${bound}`, high: bound, text })),
      ...(gates ? [{ kind: /** @type {const} */ ("gate"), low: "0", high: "1", text: say(now, "save.gates") }] : []),
      ...(backward ? [{ kind: /** @type {const} */ ("gradient"), low: tenTo(top - DECADES), high: tenTo(top), text: say(now, "save.gradient", { of: derive.lossName(now) }) }] : []),
    ],
    source: [cell ? pick(now, cell.source) : "", say(now, "save.source", { date: new Intl.DateTimeFormat(languageOf(now), { dateStyle: "long" }).format(new Date()) })].filter(Boolean).join(" · "),
  };
}

/** A chart of the whole sequence, in the cell's place while it is open; every point leads back to its step. */

import { element, set, setText } from "../draw/dom.js";
import { figure } from "../draw/figure.js";
import { result } from "../draw/format.js";
import { loadPlotly } from "../draw/plotly.js";
import { direction, gradientAt, gradientRows, INPUT, isGradientHidden, isHidden, roleOf, rows, steps, symbolLabel, unitCount, valueAt } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/figure.js").Line} Line */

/** Of a layer with more units only the first are drawn. */
const MOST_UNITS = 8;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function chart(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  /** @type {"values" | "gradients"} */
  let kind = "values";
  /** @type {any} */
  let Plotly = null;
  let revision = 0;

  const title = element(document, "h2", { class: "heading" });
  const kinds = /** @type {const} */ (["values", "gradients"]).map((name) => ({
    name,
    node: element(document, "button", { type: "button", class: "choice", onclick: () => {
      kind = name;
      draw();
    } }),
  }));
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.openPanel(null) });
  const head = element(document, "div", { class: "chart-head" }, title,
    element(document, "div", { class: "chart-kinds", role: "group" }, ...kinds.map(({ node }) => node)), close);
  const plot = element(document, "div", { class: "chart-plot", role: "group" });
  const waiting = element(document, "p", { class: "aside-text chart-waiting" });
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "chart-table number" });
  const twin = element(document, "details", { class: "chart-twin", ontoggle: () => draw() }, summary, element(document, "div", { class: "chart-scroll", tabindex: 0 }, table));
  root.classList.add("chart");
  root.append(head, waiting, plot, twin);

  /** @param {string} name */
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** @param {State} now @returns {Line[]} */
  const lines = (now) => {
    const gradients = kind === "gradients";
    const [read, hidden] = gradients ? [gradientAt, isGradientHidden] : [valueAt, isHidden];
    const addresses = (gradients ? gradientRows(now) : rows(now)).filter((address) => address !== INPUT);
    return addresses.flatMap((address) => {
      const units = Math.min(unitCount(now, address), MOST_UNITS);
      const role = roleOf(now, address);
      const symbol = address.slice(address.lastIndexOf(".") + 1);
      return Array.from({ length: units }, (_, unit) => ({
        address,
        name: [
          symbol.includes(":") ? "" : `${gradients ? "∂L/∂" : ""}${symbol}${units > 1 ? ` ${unit + 1}` : ""}`,
          symbolLabel(now, address),
        ].filter((word) => word && word !== (units > 1 ? symbol : "")).join(", "),
        colour: token(gradients && role === "state" ? "--line-gradient" : role === "state" ? "--line-state" : `--role-${role}`),
        place: /** @type {"upper" | "lower"} */ (!gradients && role === "gate" ? "lower" : "upper"),
        thin: unit > 0,
        values: Array.from({ length: steps(now) }, (_unused, t) => (hidden(now, t + 1, address) ? undefined : read(now, address, t + 1, unit))),
      }));
    });
  };

  const draw = () => {
    const now = state();
    root.hidden = now.panel !== "chart";
    if (root.hidden) return;
    setText(title, say(now, kind === "gradients" ? "chart.title-gradients" : "chart.title"));
    for (const { name, node } of kinds) {
      setText(node, say(now, `chart.${name}`));
      set(node, "aria-pressed", String(name === kind));
    }
    set(close, "aria-label", say(now, "page.close"));
    set(plot, "aria-label", say(now, "chart.figure"));
    setText(summary, say(now, "chart.table"));
    const list = lines(now);
    if (twin.open) fillTable(now, list);
    if (Plotly) return paint(now, list);
    waiting.hidden = false;
    setText(waiting, say(now, "chart.loading"));
    loadPlotly(document, now.plotly).then((loaded) => {
      Plotly = loaded;
      waiting.hidden = true;
      draw();
    }, () => setText(waiting, say(state(), "chart.failed")));
  };

  let listening = false;
  /** @param {State} now @param {Line[]} list */
  const paint = (now, list) => {
    revision += 1;
    const style = {
      ink: token("--ink"), muted: token("--muted"), line: token("--line"), ground: token("--card"), accent: token("--accent"), font: token("--font-text"),
    };
    const gradients = kind === "gradients";
    const words = { time: say(now, "chart.time"), upper: say(now, gradients ? "chart.size" : "chart.value"), lower: say(now, "chart.gates") };
    const { traces, layout } = figure(list, { step: now.experiment.step, steps: steps(now), log: gradients, revision }, style, words);
    const config = {
      responsive: true, displaylogo: false, showSendToCloud: false, scrollZoom: false,
      locale: languageOf(now) === "zh" ? "zh-CN" : "en-US",
      // A finger moves the picture and has two buttons to enlarge it; there is no room for more of its size.
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", ...(document.defaultView?.matchMedia("(pointer: coarse)").matches ? ["zoom2d", "pan2d"] : [])],
      toImageButtonOptions: { filename: `unrolled-${now.experiment.lesson ?? "experiment"}`, scale: 2 },
    };
    Plotly.react(plot, traces, layout, config);
    if (listening) return;
    listening = true;
    /** @type {any} */ (plot).on("plotly_click", (/** @type {{points: {x: number}[]}} */ { points }) => actions.seek(Number(points[0].x)));
  };

  /** @param {State} now @param {Line[]} list */
  const fillTable = (now, list) => {
    const header = element(document, "tr", {}, element(document, "th", { scope: "col", text: say(now, "chart.time") }),
      ...list.map(({ name }) => element(document, "th", { scope: "col", text: name })));
    table.replaceChildren(element(document, "thead", {}, header), element(document, "tbody", {},
      ...Array.from({ length: steps(now) }, (_, t) => element(document, "tr", {}, element(document, "th", { scope: "row", text: t + 1 }),
        ...list.map(({ values }) => element(document, "td", { text: values[t] === undefined ? "?" : result(/** @type {number} */ (values[t])) }))))));
  };

  const opened = () => {
    if (state().panel === "chart") kind = direction(state()) === "backward" ? "gradients" : "values";
    draw();
  };
  opened();
  const stops = [
    store.watch(["panel"], opened),
    store.watch(["experiment", "values", "gradients", "theme", "predictions", "preferred"], draw),
  ];
  return {
    destroy() {
      for (const stop of stops) stop();
      Plotly?.purge(plot);
      root.replaceChildren();
    },
  };
}

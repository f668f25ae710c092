/** Inside one run: a held-out sequence as its network answers it now, and its weights as they change. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setStyle, setText } from "../../draw/dom.js";
import { brief, fit } from "../../draw/format.js";
import { boundOf, heatBand, ofMatrix } from "../../draw/heatband.js";
import { languageOf, say } from "../../state/words.js";
import { runNames } from "./saying.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/runs.js").Run} Run */
/** @typedef {import("../../net/contract.js").NamedArray} NamedArray */

/** What an example is besides states and parameters. */
const OWN = ["x", "targets", "answers", "asked", "flow"];
/** So many steps with numbers are read in a table. */
const MOST_ROWS = 60;

/** @param {Document} document @param {any} actions @param {() => void} redraw */
export function runInside(document, actions, redraw) {
  const title = element(document, "h2", { class: "heading" });
  const stage = element(document, "button", { type: "button", class: "quiet under-hover" });
  const asked = element(document, "p", { class: "training-asked number" });
  const strip = element(document, "div", { class: "training-example" });
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "training-table number" });
  const twin = element(document, "details", { class: "training-twin", ontoggle: () => redraw() }, summary, element(document, "div", { class: "training-scroll", tabindex: 0 }, table));
  const weightTitle = element(document, "h2", { class: "heading" });
  const scale = element(document, "span", { class: "aside-text number" });
  const weights = element(document, "div", { class: "training-weights", role: "img" });
  const waiting = element(document, "p", { class: "aside-text training-waiting" });
  const node = element(document, "aside", { class: "training-inside" },
    element(document, "div", { class: "tool-head" }, title, stage), waiting, asked, strip, twin, element(document, "div", { class: "tool-head" }, weightTitle, scale), weights);
  /** @type {string | null} */
  let shownRun = null;
  stage.addEventListener("click", async () => {
    const whole = shownRun && (await actions.stagedRun(shownRun));
    if (whole) actions.open({ whole });
  });
  /** @type {Map<string, ReturnType<typeof heatBand>>} */
  const bands = new Map();
  let [bound, inputs, states] = [0, 0, 0];
  const changed = differs();
  const built = differs();

  /** @param {string} name */
  const band = (name) => {
    const own = bands.get(name) ?? heatBand(document, "training-band");
    bands.set(name, own);
    return own;
  };

  /** @param {State} now @param {Run} run @param {Record<string, NamedArray>} example */
  function build(now, run, example) {
    for (const own of bands.values()) own.stop();
    bands.clear();
    const line = (/** @type {string} */ name, /** @type {string} */ text, /** @type {number} */ high) => {
      const own = band(name);
      setStyle(own.node, "--high", String(high));
      return element(document, "div", { class: "training-line" }, element(document, "span", { class: "training-row-name", text }), own.node);
    };
    const rows = (/** @type {string} */ name) => example[name].shape[1] ?? 1;
    replace(strip, line("x", say(now, "train.inputs"), rows("x")), line("targets", say(now, "train.target"), rows("targets")), line("answers", say(now, "train.answer"), rows("answers")),
      ...hidden(example, run).map((name, _, all) => line(name, unitsOf(now, name, all), Math.max(6, rows(name) / 3))));
    replace(weights, ...grouped(parameters(example, run)).map(({ name, parts }) => element(document, "div", { class: "training-weight-row" },
      element(document, "span", { class: "symbol training-weight-name", text: name }),
      ...parts.map((address) => {
        const { shape } = example[address];
        const own = band(address);
        setStyle(own.node, "--wide", String(shape.length > 1 ? Math.sqrt(shape[1]) : 1));
        set(own.node, "title", `${lastOf(address)} (${shape.join(" × ") || 1})`);
        return own.node;
      }))));
  }

  return {
    node,
    /** @param {State} now @param {Training} training */
    paint(now, training) {
      const run = training.runs[training.seen] ?? training.runs[0];
      const example = run?.example ?? null;
      const name = runNames(now, training)[training.runs.indexOf(run)] ?? "";
      shownRun = run?.id ?? null;
      if (!changed(example, run?.id, name, languageOf(now), now.theme, twin.open, run?.record === null)) return;
      setText(title, say(now, "train.inside", { name }));
      setText(stage, say(now, "train.on-stage"));
      stage.hidden = !run?.record || !example;
      for (const part of [asked, strip, twin, weights, weightTitle.parentElement]) if (part) part.hidden = example === null;
      waiting.hidden = example !== null;
      setText(waiting, say(now, "train.nothing-inside"));
      if (!run || !example) return;
      const parts = parameters(example, run);
      if (built(run.id, run.about, Object.keys(example).join(), example.x.shape.join(), languageOf(now))) {
        build(now, run, example);
        [bound, inputs, states] = [0, 0, 0];
      }
      // Ranges of colours only grow, so that a colour does not change its meaning while it is watched.
      bound = Math.max(bound, ...parts.map((address) => boundOf(example[address].data)));
      inputs = Math.max(inputs, boundOf(example.x.data));
      states = Math.max(states, ...hidden(example, run).map((address) => boundOf(example[address].data)));
      for (const [address, own] of bands) {
        const { data, shape } = example[address];
        if (parts.includes(address)) own.paint(ofMatrix(data, shape), "signed", bound);
        else own.paint({ data, steps: shape[0], units: shape[1] ?? 1 }, "signed", address === "x" ? inputs : address === "targets" || address === "answers" ? Math.max(1, boundOf(example.targets.data)) : states);
      }
      setText(asked, wanted(now, run, example));
      setText(weightTitle, say(now, "train.weights"));
      setText(scale, say(now, "train.from-to", { bound: brief(bound) }));
      set(weights, "aria-label", say(now, "train.weights-told", { count: run.about?.network.parameters ?? 0, bound: brief(Math.max(...parts.map((address) => largest(example[address].data)))) }));
      tabulate(now, run, example);
    },
  };

  /** @param {State} now @param {Run} run @param {Record<string, NamedArray>} example */
  function tabulate(now, run, { x, targets, answers, flow }) {
    setText(summary, say(now, "train.example-table"));
    if (!twin.open) return;
    const task = run.about?.task;
    const cell = (/** @type {NamedArray} */ array, /** @type {number} */ step) => element(document, "td", { text: shown(row(array, step), task?.loss === "classes" ? task.outputs : null) });
    const from = Math.max(0, x.shape[0] - MOST_ROWS);
    replace(table, element(document, "thead", {}, element(document, "tr", {}, ...["step", "inputs", "target", "answer", "flow"].map((name) => element(document, "th", { scope: "col", text: say(now, `train.${name}`) })))),
      element(document, "tbody", {}, ...Array.from({ length: x.shape[0] - from }, (_, at) => element(document, "tr", {}, element(document, "th", { scope: "row", text: String(from + at + 1) }),
        element(document, "td", { text: row(x, from + at).map((value) => fit(value, 5)).join(" ") }), cell(targets, from + at), cell(answers, from + at), element(document, "td", { text: brief(flow.data[from + at]) })))));
  }
}

/** @param {NamedArray} array @param {number} step */
function row({ data, shape }, step) {
  const width = shape[1] ?? 1;
  return Array.from(data.subarray(step * width, (step + 1) * width));
}

/** Of classes the name of the largest. @param {number[]} values @param {string[] | null} classes */
function shown(values, classes) {
  if (values.some(Number.isNaN)) return "";
  return classes ? classes[values.indexOf(Math.max(...values))] : values.map((value) => fit(value, 6)).join(" ");
}

/** The last step at which something is asked: what is wanted, and what is answered. @param {State} now @param {Run} run @param {Record<string, NamedArray>} example */
function wanted(now, run, { targets, answers, asked }) {
  const step = asked.data.lastIndexOf(1);
  const task = run.about?.task;
  if (step < 0 || !task) return "";
  const classes = task.loss === "classes" ? task.outputs : null;
  return say(now, "train.wanted", { step: step + 1, wanted: shown(row(targets, step), classes), answered: shown(row(answers, step), classes) });
}

/** @param {Record<string, NamedArray>} example @param {Run} run */
function parameters(example, { about }) {
  const states = hidden(example, { about });
  return Object.keys(example).filter((name) => !OWN.includes(name) && !states.includes(name));
}

/** The outputs of the layers: what has a row for each step, before the first parameter. @param {Record<string, NamedArray>} example @param {Pick<Run, "about">} run @returns {string[]} */
function hidden(example, { about }) {
  const layers = about?.network.description.parts.flatMap((part) => part.layers).reduce((sum, { direction }) => sum + (direction === "both" ? 2 : 1), 0) ?? 0;
  return Object.keys(example).filter((name) => !OWN.includes(name)).slice(0, layers);
}

/** The units of a layer, and which way it reads where there are two. @param {State} now @param {string} address @param {string[]} all */
function unitsOf(now, address, all) {
  if (all.length === 1) return say(now, "train.hidden");
  const [, layer, direction] = address.split(".");
  const two = all.some((other) => other !== address && other.split(".")[1] === layer);
  return two ? say(now, "train.hidden-way", { layer, way: direction === "forward" ? "→" : "←" }) : say(now, "train.hidden-of", { layer });
}

/** Those of one equation side by side, W before U before b. @param {string[]} addresses @returns {{name: string, parts: string[]}[]} */
function grouped(addresses) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const address of addresses) {
    const [place, last] = [address.slice(0, address.lastIndexOf(".")), lastOf(address)];
    const key = last.includes("_") ? `${place}.${last.slice(last.indexOf("_") + 1)}` : `${place}.`;
    found.set(key, [...(found.get(key) ?? []), address]);
  }
  return [...found].map(([key, parts]) => ({ name: lastOf(key) || parts.map(lastOf).join(" "), parts }));
}

/** @param {string} address */
const lastOf = (address) => address.slice(address.lastIndexOf(".") + 1);

/** @param {ArrayLike<number>} data */
function largest(data) {
  let most = 0;
  for (let at = 0; at < data.length; at++) most = Math.max(most, Math.abs(data[at]));
  return most;
}

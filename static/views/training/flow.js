/** How much of the error reaches each step of the example, of every run: time left to right, arriving from the right. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setText } from "../../draw/dom.js";
import { brief, tenTo } from "../../draw/format.js";
import { heatBand } from "../../draw/heatband.js";
import { DECADES, decadeAbove } from "../../draw/scale.js";
import { languageOf, say } from "../../state/words.js";
import { runNames } from "./saying.js";
import { swatch } from "./standing.js";

/** @param {Document} document */
export function errorFlow(document) {
  const title = element(document, "h2", { class: "heading" });
  const scale = element(document, "span", { class: "aside-text number" });
  const lines = element(document, "div", { class: "training-flows" });
  const axis = element(document, "div", { class: "training-flow-axis aside-text number", "aria-hidden": "true" });
  const node = element(document, "section", { class: "training-flow" }, element(document, "div", { class: "training-head" }, title, scale), lines, axis);
  /** @type {{band: ReturnType<typeof heatBand>, said: HTMLElement, row: HTMLElement}[]} */
  let rows = [];
  const built = differs();
  const changed = differs();
  let top = 0;

  return {
    node,
    /** @param {import("../../state/store.js").State} now @param {import("../../state/training/training.js").Training} training */
    paint(now, training) {
      const { runs } = training;
      const names = runNames(now, training);
      node.hidden = !runs.some(({ example }) => example);
      if (built(training.race, runs.length)) {
        for (const { band } of rows) band.stop();
        top = 0;
        rows = runs.map((_, at) => {
          const [band, said] = [heatBand(document, "training-flow-band"), element(document, "span", { class: "training-flow-said number aside-text" })];
          set(band.node, "role", "img");
          set(band.node, "aria-hidden", null);
          return { band, said, row: element(document, "div", { class: `training-flow-row run-${at}` }, swatch(document, at), band.node, said) };
        });
        replace(lines, ...rows.map(({ row }) => row));
      }
      if (node.hidden || !changed(languageOf(now), now.theme, ...runs.map(({ example }) => example), ...rows)) return;
      setText(title, say(now, "train.flow-title"));
      for (const { example } of runs) for (const value of example?.flow.data ?? []) if (Number.isFinite(value)) top = Math.max(top, decadeAbove(value));
      setText(scale, say(now, "train.decades", { low: tenTo(top - DECADES), high: tenTo(top) }));
      runs.forEach(({ example }, at) => {
        const { band, said } = rows[at];
        const flow = example?.flow.data;
        if (!flow) return;
        band.paint({ data: flow, steps: flow.length, units: 1 }, "gradient", top);
        setText(said, brief(flow[0]));
        set(band.node, "aria-label", say(now, "train.flow-told", { name: names[at], first: brief(flow[0]), last: brief(flow[flow.length - 1]), count: flow.length }));
      });
      const steps = runs.find(({ example }) => example)?.example?.flow.data.length ?? 0;
      replace(axis, element(document, "span", { text: say(now, "train.step-one") }), element(document, "span", { text: say(now, arriving(runs)) }), element(document, "span", { text: say(now, "train.step-last", { count: steps }) }));
    },
  };
}

/** From which side an error arrives: against the way in which a run reads. @param {import("../../state/training/runs.js").Run[]} runs */
function arriving(runs) {
  const ways = new Set(runs.map(({ given }) => given.direction ?? "forward"));
  if (ways.size > 1 || ways.has("both")) return "train.backward-both";
  return ways.has("backward") ? "train.backward-left" : "train.backward";
}

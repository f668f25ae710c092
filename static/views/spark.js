/**
 * The memory over the whole sequence in one small line; going backward, how much it matters.
 */

import { linear } from "../draw/axis.js";
import { differs } from "../draw/differs.js";
import { element, replace, set, setText, svg, toggle } from "../draw/dom.js";
import { brief, tenTo } from "../draw/format.js";
import { room } from "../draw/room.js";
import { DECADES, clamp, decadeAbove, magnitude } from "../draw/scale.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */

/** The plot gives way where the tools above it need the room, as far as a line can still be read. */
const LEAST = 24;
/** Before the first point stand the ends of the scale, of gradients as powers. */
const PAD = { left: 18, powers: 32, right: 10, end: 14 };
/** Beyond so many steps the points would touch. */
const POINTS = 30;
const MOST_LINES = 8;
/** What is beyond the range by less is not seen to be cut. */
const NEARLY = 1.01;
/** Beyond it a scale from minus to plus could not be counted in. */
const GREATEST = Number.MAX_VALUE / 4;
/** How large the point of a step is, and that of the present one; so far from it a question mark can be read. */
const POINT = 4;
const PRESENT = 6.5;
const BESIDE = 14;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function spark(root, { store, actions, document }) {
  const title = element(document, "h2", { class: "heading" });
  const chart = element(document, "button", { type: "button", class: "quiet", onclick: () => actions.openPanel("chart") });
  const surface = element(document, "button", { type: "button", class: "quiet", onclick: () => actions.setStudy(derive.study(store.get()) === "surface" ? "cell" : "surface") });
  const plot = svg(document, "svg", { class: "spark", role: "img" });
  const paper = element(document, "div", { class: "spark-paper" }, plot);
  const axis = svg(document, "path", { class: "spark-axis" });
  const low = svg(document, "text", { class: "spark-tick", x: 0 });
  const peak = svg(document, "text", { class: "spark-tick", x: 0, y: 9 });
  const lines = svg(document, "g", { class: "spark-lines" });
  const points = svg(document, "path", { class: "spark-point" });
  const present = svg(document, "circle", { class: "spark-point", r: PRESENT });
  const question = svg(document, "text", { class: "spark-question", text: "?" });
  plot.append(axis, low, peak, lines, points, present, question);
  replace(root, element(document, "div", { class: "tool-head" }, title, surface, chart), paper);
  let built = "";
  let { left } = PAD;
  const changed = differs();

  /** @param {State} state */
  function subject(state) {
    const layer = derive.mainLayer(state);
    const program = layer && state.network.programs[layer.program];
    return layer && program ? `${layer.address}.${program.states[0] ?? program.output}` : derive.INPUT;
  }

  /** @param {State} state */
  function paint(state) {
    const address = subject(state);
    const back = derive.direction(state) === "backward" && Boolean(state.gradients[address]);
    const steps = derive.steps(state);
    const units = derive.unitCount(state, address);
    const picture = derive.isWide(state) ? state.pictures[derive.WHOLE_SEQUENCE] : undefined;
    // Many lines would be one thick one: only the chosen unit's is drawn.
    const crowded = derive.isWide(state) && units > MOST_LINES;
    const width = Math.max(120, size.width);
    const high = Math.max(LEAST, size.height);
    const end = Math.min(PAD.end, high / 4);
    setText(title, say(state, back ? "spark.gradient-title" : derive.isStateless(state) ? "spark.output-title" : "spark.title"));
    setText(chart, say(state, "spark.chart"));
    setText(surface, say(state, "spark.surface"));
    set(surface, "aria-pressed", String(derive.study(state) === "surface"));
    set(plot, "width", width);
    set(plot, "height", high);
    set(plot, "aria-label", say(state, "spark.figure", { label: derive.symbolLabel(state, address), step: state.experiment.step }));

    const key = [address, steps, units].join();
    if (key !== built) {
      built = key;
      replace(lines, ...Array.from({ length: crowded ? 1 : units }, () => svg(document, "path", { class: "spark-line" })));
    }
    set(lines, "data-name", back ? address.replace(/([^.]+)$/, "∂$1") : address);
    toggle(plot, "is-back", back);

    const chosen = derive.unit(state);
    const top = decadeAbove(derive.gradientBound(state));
    const series = (back ? picture?.gradients : picture?.values)?.[address] ?? (back ? state.gradients : state.values)[address];
    const drawn = crowded ? Math.min(chosen, units - 1) : null;
    const [least, greatest] = extent(series, drawn);
    const range = derive.range(state, address);
    // A colour may be full; a line that is cut would be another line. What is kept back does not move its scale.
    const most = Math.max(-least, greatest);
    // One unit of many has a scale of its own: that of all of them would be the loudest one's.
    const whole = most === 0 || (drawn === null && most <= range * NEARLY);
    const bound = back || derive.concealed(state) !== null || whole ? range : Math.min(GREATEST, derive.roundBound({ ...series, data: Float64Array.of(most) }));
    const get = (/** @type {number} */ step, /** @type {number} */ unit) => (address === derive.INPUT ? derive.valueAt(state, address, step, unit) : derive.at(series, step, unit));
    const below = !back && least < 0;
    left = back ? PAD.powers : PAD.left;
    const x = linear([1, Math.max(2, steps)], [left, width - PAD.right]);
    const y = linear(back ? [0, 1] : [below ? -bound : 0, bound], [high - end, end]);
    /** @param {number} step @param {number} unit */
    const height = (step, unit) => {
      const value = hidden(step) ? undefined : get(step, unit);
      if (value === undefined || Number.isNaN(value)) return null;
      return y(back ? magnitude(value, top) : clamp(value, below ? -bound : 0, bound));
    };
    const open = derive.openPrediction(state);
    const asked = open?.of === address && Boolean(open.gradient) === back ? open.step : null;
    const hidden = (/** @type {number} */ step) => (back ? derive.isGradientHidden : derive.isHidden)(state, step, address);
    // A step only moves the point, unless numbers are kept back up to it.
    const kept = derive.concealed(state) === null ? null : {};
    if (changed(series, state.experiment.sequence, built, chosen, bound, top, back, width, high, kept)) [...lines.children].forEach((line, index) => {
      const unit = drawn ?? index;
      let d = "";
      for (let step = 1; step <= steps; step++) {
        const at = height(step, unit);
        if (at !== null) d += `${d ? "L" : "M"}${x(step).toFixed(1)} ${at.toFixed(1)}`;
      }
      set(line, "d", d);
      toggle(line, "is-chosen", unit === chosen);
    });
    const { step: now } = state.experiment;
    const chosenAt = (/** @type {number} */ step) => height(step, Math.min(chosen, units - 1));
    let dots = "";
    for (let step = 1; step <= steps && steps <= POINTS; step++) {
      const at = step === now ? null : chosenAt(step);
      if (at !== null) dots += dot(x(step), at);
    }
    set(points, "d", dots);
    const here = chosenAt(now);
    set(present, "visibility", here === null ? "hidden" : "visible");
    set(present, "cx", x(now).toFixed(1));
    set(present, "cy", (here ?? 0).toFixed(1));
    set(question, "visibility", asked === null ? "hidden" : "visible");
    if (asked !== null) {
      // Many steps stand so close that the mark of the next one would lie on the point of this one.
      const mark = x(Math.min(asked, steps));
      const apart = here === null || Math.abs(mark - x(now)) >= BESIDE ? mark : x(now) + (back ? -BESIDE : BESIDE);
      set(question, "x", apart);
      set(question, "y", high / 2);
    }
    const zero = y(0);
    set(axis, "d", `M0 ${zero} H${width}`);
    setText(peak, back ? tenTo(top) : brief(bound));
    setText(low, back ? tenTo(top - DECADES) : below ? `−${brief(bound)}` : "");
    set(low, "y", high - 2);
  }

  const draw = () => paint(store.get());
  plot.addEventListener("click", (event) => {
    const steps = derive.steps(store.get());
    const box = plot.getBoundingClientRect();
    const share = (event.clientX - box.left - left) / Math.max(1, box.width - left - PAD.right);
    actions.seek(clamp(Math.round(share * (steps - 1)) + 1, 1, steps));
  });
  const size = room(paper, draw);
  const stop = store.watch(["setting", "network", "lesson", "values", "gradients", "pictures", "predictions", "preferred"], draw);
  draw();
  return {
    destroy() {
      stop();
      size.stop();
      replace(root);
    },
  };
}

/**
 * The least and the most of these numbers, or of one unit's, as far as they are finite, and 0.
 * @param {import("../state/store.js").Series | undefined} series @param {number | null} unit @returns {[number, number]}
 */
function extent(series, unit) {
  if (!series) return [0, 0];
  const kept = extents.get(series);
  if (kept?.unit === unit) return kept.known;
  const { data } = series;
  let [least, most] = [0, 0];
  for (let index = unit ?? 0; index < data.length; index += unit === null ? 1 : series.units) {
    const value = data[index];
    if (value < least && value > -Infinity) least = value;
    if (value > most && value < Infinity) most = value;
  }
  extents.set(series, { unit, known: [least, most] });
  return [least, most];
}

/** Asked at every step, of a hundred thousand numbers. @type {WeakMap<import("../state/store.js").Series, {unit: number | null, known: [number, number]}>} */
const extents = new WeakMap();

/** A full circle of a path: a point for each step would be a node for each. @param {number} x @param {number} y */
function dot(x, y) {
  return `M${(x - POINT).toFixed(1)} ${y.toFixed(1)}a${POINT} ${POINT} 0 1 0 ${2 * POINT} 0a${POINT} ${POINT} 0 1 0 ${-2 * POINT} 0z`;
}

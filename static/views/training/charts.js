/** Loss, right answers and the gradient's norm over the updates, of all runs over each other. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setStyle, setText } from "../../draw/dom.js";
import { enlarged } from "../../draw/enlarged.js";
import { brief, result } from "../../draw/format.js";
import { layer } from "../../draw/layer.js";
import { clearing, paintCurves, places, rangeOf } from "../../draw/runcurves.js";
import { room } from "../../draw/room.js";
import { choice } from "../../draw/switch.js";
import { baselineOf } from "../../state/training/baselines.js";
import { taskOf } from "../../state/training/settings.js";
import { joined, languageOf, say } from "../../state/words.js";
import { COLOURS, DASHES, percent, runNames } from "./saying.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../draw/runcurves.js").Line} Line */

const TOKENS = ["--ink", "--muted", "--line", "--paper", "--type-small", "--font-text", ...COLOURS];
/** Where a thick line has a point for many an update, it is not so thick. */
const FINE = 1.2;
/** On a wall the marks of an axis are larger. @param {State} now */
const leftOf = ({ theme }) => (theme === "projector" ? 76 : undefined);
/** A table of more rows than this would help nobody. */
const ROWS = 40;

/** @param {Document} document @param {() => State} state @param {() => void} redraw */
export function trainingCharts(document, state, redraw) {
  let measure = "loss";
  let log = true;
  /** @type {number | null} */
  let pointed = null;
  const upper = sheet("training-loss");
  const lower = sheet("training-norm");
  const empty = element(document, "p", { class: "training-empty aside-text" });
  upper.field.append(empty);
  const title = element(document, "h2", { class: "heading" });
  const measures = choice(document, ["loss", "right"], (name) => {
    measure = name;
    redraw();
  });
  const scales = choice(document, ["log", "linear"], (name) => {
    log = name === "log";
    redraw();
  });
  const reading = element(document, "p", { class: "training-reading aside-text number" });
  const normTitle = element(document, "h2", { class: "heading" });
  const normNote = element(document, "p", { class: "aside-text" });
  const summary = element(document, "summary", { class: "aside-text" });
  const table = element(document, "table", { class: "training-table number" });
  const twin = element(document, "details", { class: "training-twin", ontoggle: () => redraw() }, summary, element(document, "div", { class: "training-scroll", tabindex: 0 }, table));
  const nodes = [
    element(document, "div", { class: "training-head" }, title, measures.node, scales.node), upper.field, reading, twin,
    element(document, "div", { class: "training-head" }, normTitle, normNote), lower.field,
  ];

  /** @param {string} name */
  function sheet(name) {
    const paper = layer(document, "training-paper");
    const field = element(document, "div", { class: `training-field-of ${name}`, tabindex: "0", role: "application" }, paper.node);
    const size = room(field, () => redraw());
    const at = () => Math.max(1, ...(state().training?.runs ?? []).map(({ done }) => done));
    const point = (/** @type {number | null} */ update) => {
      pointed = update === null ? null : Math.max(0, Math.min(at(), update));
      redraw();
    };
    field.addEventListener("pointermove", ({ clientX }) => {
      const { left } = field.getBoundingClientRect();
      const most = mostOf(/** @type {Training} */ (state().training));
      point(places({ ...EMPTY, most, left: leftOf(state()) }, size.width, size.height).update((clientX - left) / enlarged(field)));
    });
    field.addEventListener("pointerleave", () => point(null));
    field.addEventListener("blur", () => point(null));
    field.addEventListener("keydown", (event) => {
      const step = Math.max(1, Math.round(at() / 100)) * (event.shiftKey ? 10 : 1);
      /** @type {Record<string, number>} */
      const moves = { ArrowLeft: (pointed ?? at()) - step, ArrowRight: (pointed ?? 0) + step, Home: 1, End: at() };
      if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      point(moves[event.key]);
    });
    return { field, paper, size };
  }

  /** @type {Record<string, string>} */
  let tokens = {};
  const dressed = differs();
  const drawn = differs();
  /** @param {State} now */
  function dress({ theme }) {
    if (!dressed(theme, document.documentElement.dataset.theme)) return;
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(document.documentElement);
    tokens = Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(name).trim()]));
  }

  /** @param {ReturnType<typeof sheet>} place @param {Line[]} lines @param {import("../../draw/runcurves.js").Level[]} levels @param {number} most @param {import("../../draw/runcurves.js").Range} range @param {number} [wide] */
  function paintOn({ paper, size }, lines, levels, most, range, wide) {
    if (size.width < 1 || size.height < 1) return;
    paper.resize(size.width, size.height);
    const style = { ink: tokens["--ink"], muted: tokens["--muted"], line: tokens["--line"], ground: tokens["--paper"], font: `${tokens["--type-small"]} ${tokens["--font-text"]}` };
    paintCurves(paper.context, { lines, levels, range, most, pointed, style, wide, left: leftOf(state()) }, size.width, size.height);
  }

  return {
    nodes,
    /** @param {State} now @param {Training} training */
    paint(now, training) {
      dress(now);
      const { runs, offer } = training;
      empty.hidden = runs.some(({ done }) => done > 0);
      setText(empty, say(now, "train.empty"));
      const task = taskOf(offer, runs[0]?.given.task);
      const told = runs.find(({ about }) => about)?.about?.task;
      const baseline = baselineOf(training);
      setText(title, say(now, `train.${measure}-over`));
      measures.paint(measure, say(now, "train.measure"), (name) => say(now, `train.${name}`));
      scales.paint(log ? "log" : "linear", say(now, "train.scale"), (name) => say(now, `train.${name}`));
      scales.node.hidden = measure === "right";
      setText(normTitle, say(now, "train.norm"));
      setText(normNote, say(now, "train.norm-note"));
      const most = mostOf(training);
      const colour = (/** @type {number} */ at) => ({ colour: tokens[COLOURS[at]], dash: DASHES[at] });
      const names = runNames(now, training);
      /** What is said before the first update stands clear of the levels. @param {Line[]} lines @param {import("../../draw/runcurves.js").Level[]} levels @param {import("../../draw/runcurves.js").Range} range */
      const paintUpper = (lines, levels, range) => {
        paintOn(upper, lines, levels, most, range);
        if (!empty.hidden) setStyle(empty, "--at", `${clearing({ levels, range, most }, upper.size.width, upper.size.height)}px`);
      };
      const levelled = measure === "loss" ? baseline?.loss ?? null : baseline?.accuracy ?? null;
      say1(now, training, names, levelled === null ? [] : [say(now, `train.baseline-${task.name}`)]);
      if (!drawn(measure, log, pointed, now.theme, tokens, languageOf(now), upper.size.width, upper.size.height, lower.size.width, lower.size.height, levelled, most, ...runs.flatMap(({ history, done, id }) => [history, done, history.held, id]))) return;
      if (measure === "loss") {
        const lines = runs.map(({ history }, at) => ({ ...colour(at), thin: history.of("loss"), thick: history.held.map(({ update, loss }) => ({ at: update, value: loss })) }));
        const levels = levelled === null ? [] : [{ value: levelled, text: say(now, "train.baseline", { value: brief(levelled) }) }];
        paintUpper(lines, levels, rangeOf(lines, levels, log));
      } else {
        const lines = runs.map(({ history }, at) => ({ ...colour(at), thin: [], thick: history.held.map(({ update, accuracy }) => ({ at: update, value: accuracy })) }));
        const levels = [
          { value: told?.criterion ?? task.solved, text: say(now, "train.solved-line", { value: percent(told?.criterion ?? task.solved) }) },
          ...(levelled === null ? [] : [{ value: levelled, text: say(now, "train.baseline", { value: percent(levelled) }) }]),
        ];
        paintUpper(lines, levels, { low: 0, high: 1.04, log: false });
      }
      const norms = runs.map(({ history }, at) => ({ ...colour(at), thin: history.of("norm"), thick: series(history.of("clipped"), history.of("norm")) }));
      paintOn(lower, norms, [], most, rangeOf(norms, [], true), FINE);
      set(upper.field, "aria-label", say(now, `train.${measure}-over`));
      set(lower.field, "aria-label", say(now, "train.norm"));
      tabulate(now, training, names);
    },
    stop() {
      upper.size.stop();
      lower.size.stop();
    },
  };

  /** What stands under the pointer, or how the lines are to be read. @param {State} now @param {Training} training @param {string[]} names @param {string[]} dotted  what the level is, where there is one */
  function say1(now, { runs }, names, dotted) {
    const parts = pointed === null ? [] : runs.flatMap(({ history }, at) => {
      const loss = history.of("loss")[Number(pointed) - 1];
      const held = history.held.filter(({ update }) => update <= Number(pointed)).at(-1);
      if (loss === undefined) return [];
      return [say(now, "train.of-run", { name: names[at], said: `${result(loss)}${held ? ` / ${result(held.loss)}` : ""}` })];
    });
    setText(reading, parts.length === 0 ? joined(now, [say(now, measure === "loss" ? "train.thin-thick" : "train.right-note"), ...dotted]) : say(now, "train.at", { update: Number(pointed), said: parts.join(" · ") }));
  }

  /** @param {State} now @param {Training} training @param {string[]} names */
  function tabulate(now, { runs }, names) {
    setText(summary, say(now, "train.table"));
    if (!twin.open) return;
    const all = [...new Set(runs.flatMap(({ history }) => history.held.map(({ update }) => update)))].sort((a, b) => a - b);
    const each = Math.ceil(all.length / ROWS) || 1;
    const shown = all.filter((_, at) => at % each === 0 || at === all.length - 1);
    replace(table, element(document, "thead", {}, element(document, "tr", {}, element(document, "th", { scope: "col", text: say(now, "train.update") }),
      ...names.map((name) => element(document, "th", { scope: "col", text: name })))),
    element(document, "tbody", {}, ...shown.map((update) => element(document, "tr", {}, element(document, "th", { scope: "row", text: String(update) }),
      ...runs.map(({ history }) => {
        const found = history.held.find((look) => look.update === update);
        return element(document, "td", { text: found ? `${result(found.loss)} (${percent(found.accuracy)})` : "" });
      })))));
  }
}

const EMPTY = { lines: [], levels: [], range: { low: 0, high: 1, log: false }, pointed: null, style: { ink: "", muted: "", line: "", ground: "", font: "" } };

/** The updates that the axis shows: all that will be made. @param {Training} training */
function mostOf({ runs, offer }) {
  const usual = offer.whole.find(({ name }) => name === "updates")?.usual ?? 1;
  return Math.max(1, ...runs.map(({ given, updates }) => updates || given.updates || usual));
}

/** After clipping, where it is another than before; a point each hundredth of all. @param {Float64Array} clipped @param {Float64Array} norm */
function series(clipped, norm) {
  const each = Math.max(1, Math.floor(clipped.length / 200));
  /** @type {{at: number, value: number}[]} */
  const found = [];
  for (let at = 0; at < clipped.length; at += each) {
    const value = Number.isNaN(clipped[at]) ? norm[at] : clipped[at];
    if (Number.isFinite(value)) found.push({ at: at + 1, value });
  }
  return found;
}

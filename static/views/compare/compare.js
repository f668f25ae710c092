/** Up to three networks on one clock: the same inputs, the same step, the same colours. */

import { element, replace, set, setText } from "../../draw/dom.js";
import { enlarged } from "../../draw/enlarged.js";
import { brief, tenTo } from "../../draw/format.js";
import { room } from "../../draw/room.js";
import { ramp } from "../../draw/ramp.js";
import { DECADES } from "../../draw/scale.js";
import { direction, isWide, lossName, readsWords, study } from "../../state/derive.js";
import { joined, say } from "../../state/words.js";
import { chooser } from "./chooser.js";
import { laneFigure } from "./lane.js";
import { cellName, rowsOf, sharedBounds, sharedTop, subtractable, views } from "./lanes.js";
import { numbers } from "./numbers.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/store.js").Lane} Lane */

/** What the names of the symbols take, and of the height a lane's head and, around the lanes, the chooser and the legend; of a strip the least and the most. */
const DESK = { names: 34, head: 40, around: 140, least: 110, most: 420 };
/** On a wall nothing is around them, and the steps have their numbers below the way through time alone (`words`: those below the lowest): their room goes to the lanes. */
const WALL = { names: 46, head: 0, around: 6, words: 24, least: 40, most: 420 };

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function compare(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const title = element(document, "h2", { class: "heading" });
  const difference = element(document, "button", { type: "button", class: "choice", onclick: async () => {
    (await actions.compare()).setDifference(!isDifference(state()));
  } });
  const learn = element(document, "button", { type: "button", class: "choice", onclick: () => actions.setStudy(study(state()) === "learning" ? "cell" : "learning") });
  const stop = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.stopComparing() });
  const list = element(document, "div", { class: "lanes" });
  const legend = element(document, "p", { class: "aside-text compare-legend" });
  const add = chooser(document, actions);
  const table = numbers(document);
  root.append(element(document, "div", { class: "compare-head" }, title, learn, difference, stop), list, add.node, legend, table.node);

  /** @type {Map<string, ReturnType<typeof laneFigure> & {headed: ReturnType<typeof room>}>} */
  const figures = new Map();
  let order = "";
  /** @param {string} id */
  const figure = (id) => {
    const known = figures.get(id);
    if (known) return known;
    const made = laneFigure(document, id, {
      seek: (step) => actions.seek(step),
      remove: async () => (await actions.compare()).remove(state().lanes.findIndex((lane) => lane.id === id)),
      scrolled: (left) => {
        for (const other of figures.values()) other.scrollTo(left);
      },
    });
    const found = { ...made, headed: room(made.head, draw) };
    figures.set(id, found);
    return found;
  };

  /** What heads of more than one line take beyond that. */
  const moreLines = () => {
    const heights = [...figures.values()].map(({ headed }) => headed.height);
    return heights.reduce((sum, height) => sum + height - Math.min(...heights), 0);
  };

  const draw = () => {
    const now = state();
    const shown = now.panel !== "chart" && (now.panel === "compare" || (now.experiment.lanes.length > 0 && study(now) !== "surface"));
    root.hidden = !shown;
    if (!shown) return;
    const all = views(now);
    const bounds = sharedBounds(all);
    const top = sharedTop(all);
    const lanes = [null, ...now.lanes];
    const titles = lanes.map((lane) => titleOf(now, lane));
    // A telephone is no wall: nothing is enlarged there.
    const wall = now.theme === "projector" && enlarged(root) > 1;
    const { names, head, around, least, most } = wall ? WALL : DESK;
    const spare = stage.height - around - (wall ? (readsWords(now) ? WALL.words : 0) + moreLines() : 0);
    const high = Math.min(most, Math.max(least, Math.floor(spare / lanes.length) - head));
    const common = { state: now, first: all[0], bounds, top, difference: isDifference(now), margin: names, room: size.width - names, high, wall };
    const ids = lanes.map((lane) => lane?.id ?? "main");
    for (const [id, { headed }] of figures) {
      if (ids.includes(id)) continue;
      headed.stop();
      figures.delete(id);
    }
    if (order !== ids.join()) {
      order = ids.join();
      replace(list, ...ids.map((id) => figure(id).node));
    }
    lanes.forEach((lane, index) => figure(ids[index]).draw(all.find((view) => view.lane === lane) ?? null, lane, { ...common, title: titles[index] }));
    set(list, "data-bounds", JSON.stringify([...bounds]));
    setText(title, say(now, "compare.title"));
    setText(stop, say(now, "compare.stop"));
    setText(learn, say(now, "compare.learn"));
    set(learn, "aria-pressed", String(study(now) === "learning"));
    learn.hidden = !now.experiment.loss;
    setText(difference, say(now, "compare.difference"));
    set(difference, "aria-pressed", String(common.difference));
    difference.hidden = now.lanes.length === 0;
    add.draw(now, now.experiment.lanes.length < 2);
    table.draw(all, all.map((view) => titles[lanes.indexOf(view.lane)]));
    paintLegend(now, all, { bounds, top });
  };

  /** @param {State} now @param {import("./lanes.js").View[]} all @param {{bounds: Map<string, number>, top: number}} scales */
  const paintLegend = (now, [first, ...others], { bounds, top }) => {
    legend.hidden = [first, ...others].every(isWide);
    const ranges = [...bounds].map(([name, bound]) => say(now, "compare.range", { name, bound: brief(bound) }));
    const backward = direction(now) === "backward";
    const said = [
      say(now, "compare.colours", { ranges: [...ranges, say(now, "compare.gates")].join(say(now, "compare.separator")) }),
      backward ? say(now, "compare.gradients", { of: lossName(now), step: now.experiment.backward?.step ?? 1, low: tenTo(top - DECADES), high: tenTo(top) }) : "",
      isDifference(now) && others.some((view) => leavesOut(first, view)) ? say(now, "compare.left-out", { name: cellName(now, null) }) : "",
      isDifference(now) && backward ? say(now, "compare.own-gradients") : "",
    ];
    if (legend.dataset.said === said.join("|")) return;
    legend.dataset.said = said.join("|");
    replace(legend, said[0], say(now, "page.gap"), backward ? ramp(document) : null, say(now, "page.gap"), joined(now, said.slice(1)));
  };

  const size = room(list, draw);
  const stage = room(root.parentElement ?? root, draw);
  void actions.compare();
  void actions.listCells();
  const stopWatching = store.watch(["experiment", "network", "values", "gradients", "lanes", "panel", "cells", "predictions", "preferred", "theme"], draw);
  draw();
  return {
    destroy() {
      stopWatching();
      for (const { headed } of figures.values()) headed.stop();
      size.stop();
      stage.stop();
      root.replaceChildren();
    },
  };
}

/** @param {State} state */
function isDifference(state) {
  return state.experiment.view.difference === "on" && state.lanes.length > 0;
}

/** @param {import("./lanes.js").View} first @param {import("./lanes.js").View} view */
function leavesOut(first, view) {
  const { length } = subtractable(first, view);
  return length > 0 && length < rowsOf(view).length;
}

/** @param {State} state @param {Lane | null} lane */
function titleOf(state, lane) {
  const name = cellName(state, lane);
  return lane && lane.record.cell === null ? say(state, "compare.copy", { name }) : name;
}

/** An error surface in space, drawn by the chart library when it is first asked for. */

import { element, set, setText } from "../../draw/dom.js";
import { loadPlotly } from "../../draw/plotly.js";
import { room } from "../../draw/room.js";
import { surfaceFigure } from "../../draw/surfacefigure.js";
import { pieces } from "../../draw/symbol.js";
import { numberName, valueAt } from "../../state/surfaces.js";
import { languageOf, say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */

/** @param {Document} document @param {() => State} state @param {() => void} redraw */
export function surfaceSpace(document, state, redraw) {
  const node = element(document, "div", { class: "surface-space", role: "group" });
  const waiting = element(document, "p", { class: "aside-text surface-waiting", hidden: true });
  /** @type {any} */
  let Plotly = null;
  let revision = 0;
  // The library looks at its size when the window changes; a theme or another figure beside it changes the room alone.
  const size = room(node, redraw);
  return {
    node,
    waiting,
    /**
     * @param {State} now @param {Settings} own @param {import("./descent.js").Stand[]} way
     * @param {{losses: Float64Array, scale: import("../../draw/lossscale.js").LossScale, colours: number[][], token: (name: string) => string}} how
     */
    paint(now, own, way, { token, ...how }) {
      set(node, "aria-label", say(now, "surface.space-figure"));
      waiting.hidden = Plotly !== null;
      if (!Plotly) {
        setText(waiting, say(now, "chart.loading"));
        loadPlotly(document, now.plotly).then((loaded) => {
          Plotly = loaded;
          redraw();
        }, () => setText(waiting, say(state(), "chart.failed")));
        return;
      }
      // Just shown, it has not been measured yet: then this is called again.
      if (size.width === 0) return;
      revision += 1;
      const { side } = own;
      const [across, down] = [own.across, own.down].map((axis) => Array.from({ length: side }, (_, at) => valueAt(axis, at, side)));
      const style = { ink: token("--ink"), muted: token("--muted"), line: token("--line"), ground: token("--card"), accent: token("--accent"), font: token("--font-text") };
      const words = { across: marked(numberName(now, own.across)), down: marked(numberName(now, own.down)), loss: say(now, "surface.loss") };
      const path = way.map(({ a, b, loss }) => ({ across: a, down: b, loss }));
      const { traces, layout } = surfaceFigure({ ...how, side, across, down, path, revision, width: size.width, height: size.height }, style, words);
      Plotly.react(node, traces, layout, { displaylogo: false, showSendToCloud: false, displayModeBar: false, locale: languageOf(now) === "zh" ? "zh-CN" : "en-US" });
    },
    stop() {
      size.stop();
      Plotly?.purge(node);
    },
  };
}

/** A name with its index below the line, in the few tags that the library reads. @param {string} name */
const marked = (name) => pieces(name).map(({ text, sub }) => (sub ? `<sub>${text}</sub>` : text)).join("");

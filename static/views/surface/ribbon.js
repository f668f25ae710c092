/** What leaves a network at every step, as a ribbon under its surface: what a point of it means for the sequence. */

import { element, set, setText } from "../../draw/dom.js";
import { result } from "../../draw/format.js";
import { heatBand } from "../../draw/heatband.js";
import { bare, concealed, range, steps } from "../../state/derive.js";
import { lossOf } from "../../state/surfaces.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/surfaces.js").Side} Side */

/** @param {Document} document */
export function surfaceRibbon(document) {
  const name = element(document, "i", { class: "surface-ribbon-name" });
  const band = heatBand(document, "surface-ribbon-band");
  const last = element(document, "span", { class: "surface-ribbon-last number" });
  const picture = element(document, "div", { class: "surface-ribbon", role: "img" }, band.node, last);
  return {
    nodes: [name, picture],
    /** Alone it has its strip above it; of a wide network only a part is known. @param {Side} now @param {import("../../state/surfaces.js").Settings} own @param {boolean} several */
    paint(now, own, several) {
      const { of } = lossOf(now, own);
      const series = now.values[of];
      const count = steps(now);
      const isKnown = several && concealed(now) === null && series?.first === 1 && series.steps === count;
      name.hidden = picture.hidden = !isKnown;
      if (!isKnown) return;
      const { data, units } = series;
      setText(name, bare(of));
      band.paint({ data, steps: count, units }, "signed", range(now, of));
      const end = result(data[count * units - units]);
      setText(last, units === 1 ? end : "");
      set(picture, "aria-label", say(now, "surface.ribbon", { name: bare(of), count, last: end }));
    },
    stop: band.stop,
  };
}

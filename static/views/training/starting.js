/** Weights of the stage as those that a run starts from: offered where they fit, and else what does not, in one line. */

import { element, setText } from "../../draw/dom.js";
import { number } from "../../draw/format.js";
import { GIVEN } from "../../state/training/settings.js";
import { alike, count, misfit, networkKey, stageWeights, taken } from "../../state/training/starting.js";
import { say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/settings.js").Given} Given */

/** @param {Document} document @param {any} actions */
export function stageStart(document, actions) {
  const take = element(document, "button", { type: "button", class: "quiet under-hover training-write", onclick: () => actions.startFromStage() });
  const note = element(document, "p", { class: "training-note aside-text" });
  const node = element(document, "div", { class: "training-field" }, take, note);
  return {
    node,
    /** @param {State} now @param {Training} training @param {Given[]} meant  the runs whose settings are shown @param {string[]} names  theirs @param {boolean} locked @returns {boolean} whether the stage's weights can be taken */
    paint(now, { wanted }, meant, names, locked) {
      const shapes = meant.map((given) => wanted[networkKey(given)]);
      const own = shapes.every(Boolean) ? stageWeights(now) : null;
      const faults = own ? shapes.map((each) => misfit(own, /** @type {import("../../state/training/starting.js").Shapes} */ (each))) : [];
      const at = faults.findIndex(Boolean);
      const fault = faults[at];
      const fits = own !== null && !fault;
      const given = meant.filter(({ start }) => start === GIVEN).map(({ weights = {} }) => weights);
      const same = fits && given.length === meant.length && given.every((weights) => alike(weights, taken(own)));
      take.hidden = !fits || same;
      take.disabled = locked;
      setText(take, say(now, "train.from-stage"));
      const lines = [
        given.length > 0 && say(now, same ? "train.as-on-stage" : "train.given-count", { count: number(count(given[0])) }),
        fault && of(now, meant.length > 1 ? names[at] : "", say(now, `train.stage-${fault.why}`, { ...fault })),
      ];
      setText(note, lines.filter(Boolean).join(" "));
      note.hidden = note.textContent === "";
      node.hidden = take.hidden && note.hidden;
      return fits;
    },
  };
}

/** @param {State} now @param {string} name  "": there is only one run @param {string} said */
const of = (now, name, said) => (name ? say(now, "train.of-run", { name, said }) : said);

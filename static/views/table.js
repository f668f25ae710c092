/** The pictures as one table that can be read out and copied: every value of every layer at every step, and going backward the gradients. */

import { element, replace, setText } from "../draw/dom.js";
import { isWord, spoken } from "../draw/symbol.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {{symbol: string, layer: string, unit: string, number: (step: number) => string}} Line */

/** Digits that a spreadsheet gets; the files have all of them. */
const DIGITS = 8;
/** What is sent with a loss. @type {Record<string, string>} */
const NAMES = { loss: "loss", "loss-sum": "loss_sum", probability: "loss_probability" };

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, document: Document}} context */
export function table(root, { store, document }) {
  const head = element(document, "summary", { class: "save-label" });
  const grid = element(document, "table", { class: "whole-table number" });
  const paper = element(document, "div", { class: "whole-scroll", tabindex: "0" }, grid);
  const node = element(document, "details", {}, head, paper);
  root.append(node);

  const draw = () => {
    const now = store.get();
    // Long sequences and large layers have a table of their own, some units at a time.
    root.hidden = derive.isWide(now);
    setText(head, say(now, "table.title"));
    if (root.hidden || now.panel !== "share" || !node.open) return;
    const steps = Array.from({ length: derive.steps(now) }, (_, index) => index + 1);
    const here = (/** @type {number} */ step) => (step === now.experiment.step ? "step" : null);
    const names = ["table.layer", "table.symbol", "table.unit"].map((key) => element(document, "th", { scope: "col", text: say(now, key) }));
    replace(grid,
      element(document, "caption", { class: "aside-text", text: say(now, "table.caption", { step: now.experiment.step }) }),
      element(document, "thead", {}, element(document, "tr", {}, ...names,
        ...steps.map((step) => element(document, "th", { scope: "col", "aria-current": here(step), text: say(now, "strip.step", { step }) })))),
      element(document, "tbody", {}, ...lines(now).map((line) => element(document, "tr", {},
        element(document, "td", { text: line.layer }), element(document, "th", { scope: "row", text: line.symbol }), element(document, "td", { text: line.unit }),
        ...steps.map((step) => element(document, "td", { "aria-current": here(step), text: line.number(step) }))))));
  };
  node.addEventListener("toggle", draw);
  draw();
  const stop = store.watch(["panel", "experiment", "network", "values", "gradients", "predictions", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** From the top of the network down to its input, as the strip has it; what is asked for is not told. @param {State} now @returns {Line[]} */
export function lines(now) {
  const all = now.network.layers.flatMap(({ address, program }) => now.network.programs[program].values.filter(({ derived }) => !derived).map(({ name }) => `${address}.${name}`));
  const values = [...all.reverse(), derive.INPUT].flatMap((address) => rowsOf(now, address, "", derive.valueAt, derive.isHidden));
  if (now.experiment.loss) values.unshift(...lossLines(now, now.experiment.loss));
  const backward = derive.direction(now) === "backward";
  return backward ? [...values, ...derive.gradientRows(now).flatMap((address) => rowsOf(now, address, "dL/d", derive.gradientAt, derive.isGradientHidden))] : values;
}

/** Targets, losses, and all loss up to each step. @param {State} now @param {import("../net/contract.js").Loss} loss @returns {Line[]} */
function lossLines(now, { kind, targets }) {
  const row = (/** @type {string} */ name) => ({
    symbol: say(now, `table.${name}`), layer: "", unit: "",
    number: (/** @type {number} */ step) => (derive.isHidden(now, step) || (name === "probability" && !targets[step - 1]) ? "" : plain(derive.valueAt(now, NAMES[name], step))),
  });
  const target = { symbol: say(now, "table.target"), layer: "", unit: "", number: (/** @type {number} */ step) => targets[step - 1]?.join(", ") ?? "" };
  return [target, row("loss"), row("loss-sum"), ...(kind === "cross-entropy" ? [row("probability")] : [])];
}

/** @param {State} now @param {string} address @param {string} before @param {typeof derive.valueAt} read @param {typeof derive.isHidden} isHidden @returns {Line[]} */
function rowsOf(now, address, before, read, isHidden) {
  const units = derive.unitCount(now, address);
  const input = address === derive.INPUT;
  return Array.from({ length: units }, (_, unit) => ({
    symbol: before + (input ? inputNamed(now, unit, before) : spoken(derive.bare(address))),
    layer: derive.layerLabel(now, address),
    unit: units > 1 && !input ? String(unit + 1) : "",
    number: (/** @type {number} */ step) => {
      const value = read(now, address, step, unit);
      if (isHidden(now, step, address)) return "?";
      return plain(value);
    },
  }));
}

/** What is differentiated by a word stands apart from it. @param {State} now @param {number} unit @param {string} before */
function inputNamed(now, unit, before) {
  const name = derive.inputName(now, unit);
  return before && isWord(name) ? ` ${name}` : name;
}

/** As a spreadsheet reads it. @param {number | undefined} value */
const plain = (value) => (value === undefined ? "" : String(Number(value.toPrecision(DIGITS))));

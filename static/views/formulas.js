/**
 * The cell's equations, typeset, each with the numbers of the present step below it.
 */

import { arithmetic, gradientTerms } from "../draw/arithmetic.js";
import { element, replace, set, setText, toggle } from "../draw/dom.js";
import { result } from "../draw/format.js";
import { insert } from "../draw/markup.js";
import { numbersOf } from "../draw/numbers.js";
import { spoken } from "../draw/symbol.js";
import { textOf, tokens } from "../draw/tokens.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/written.js").Token} Token */
/** @typedef {{name: string, layer: string, program: string, turn: number, item: HTMLElement, live: HTMLElement, open: HTMLButtonElement, said: string}} Row */

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function formulas(root, { store, actions, document }) {
  const list = element(document, "ol", { class: "formulas" });
  replace(root, list);
  /** @type {Row[]} */
  let rows = [];
  let built = "";
  /** @type {unknown} */
  let network = null;

  /** @param {State} state */
  function build(state) {
    const back = derive.direction(state) === "backward";
    const inside = derive.mainLayer(state)?.address ?? "";
    const key = [back, inside].join();
    if (key === built && network === state.network) return;
    built = key;
    network = state.network;
    const top = derive.stacked(state)[0]?.layer;
    const shown = state.network.layers.filter(({ address, layer }) => address === inside || (layer === "readout" && inside.split(".")[1] === top));
    rows = shown.flatMap((layer) => {
      const program = state.network.programs[layer.program];
      const formulas = state.network.formulas[layer.program] ?? {};
      const targets = program.equations.map((equation) => equation.target);
      const wanted = back ? program.adjoint.map((one) => one.symbol).filter((name) => !name.includes(":") && (targets.includes(name) || name.endsWith("_prev") || name === "x")) : targets;
      return wanted.map((name) => row(state, layer.address, layer.program, name, targets.indexOf(name), formulas[back ? `∂${name}` : name] ?? "", back));
    });
    if (back) rows = [...rows.filter((one) => one.layer.includes(".readout.")), ...rows.filter((one) => !one.layer.includes(".readout."))];
    replace(list, ...rows.map((one) => one.item));
  }

  /**
   * @param {State} state @param {string} layer @param {string} program @param {string} name
   * @param {number} turn @param {string} mathml @param {boolean} back
   * @returns {Row}
   */
  function row(state, layer, program, name, turn, mathml, back) {
    const full = numbersOf(state, layer).full;
    const typeset = element(document, "div", { class: "formula-typeset" });
    insert(typeset, mathml, full);
    const live = element(document, "span", { class: "formula-live" });
    const open = element(document, "button", {
      type: "button", class: "formula-result", onclick: () => {
        const now = store.get();
        actions.pin(full(name), Math.min(derive.unit(now), derive.unitCount(now, full(name)) - 1), now.experiment.step);
      },
    });
    const item = element(document, "li", { class: back ? "formula-row formula-back" : "formula-row" }, typeset, element(document, "p", { class: "formula-numbers" }, live, open));
    return { name, layer, program, turn, item, live, open, said: "?" };
  }

  /** @param {State} state */
  function paint(state) {
    const back = derive.direction(state) === "backward";
    const { step } = state.experiment;
    set(list, "aria-label", say(state, back ? "formulas.backward" : "formulas.title", { step }));
    const inside = derive.mainLayer(state);
    const turns = state.network.programs[inside?.program ?? ""]?.equations.length ?? 0;
    const now = state.equation === null ? null : back ? turns - 1 - state.equation : state.equation;
    for (const one of rows) {
      const numbers = numbersOf(state, one.layer);
      const address = numbers.full(one.name);
      const unit = Math.min(derive.unit(state), derive.unitCount(state, address) - 1);
      const hidden = back ? derive.isWayBackHidden(state, step) : derive.isHidden(state, step, address);
      const { lines, value, text } = hidden ? { lines: [], value: NaN, text: "" } : back ? gradientLines(one.name, numbers, unit, step) : forwardLines(one.name, numbers, unit, step);
      const said = hidden ? say(state, "formulas.hidden") : textOf(lines);
      if (said !== one.said) {
        one.said = said;
        const how = { full: numbers.full, more: (/** @type {number} */ count, /** @type {string} */ sum) => say(state, "arithmetic.more", { count, value: sum }) };
        if (hidden) setText(one.live, said);
        else replace(one.live, ...lines.flatMap((line) => [element(document, "span", { class: "formula-line" }, "= ", ...tokens(document, line, how)), " "]));
        setText(one.open, hidden ? "" : `= ${text}`);
        one.open.hidden = hidden || Number.isNaN(value);
      }
      set(one.open, "aria-label", `${say(state, "formulas.open", { name: spoken((back ? "∂" : "") + one.name, derive.isReversed(state, one.layer)) })}: ${result(value)}`);
      const own = one.layer === inside?.address;
      toggle(one.item, "is-present", now !== null && own && one.turn === now);
      toggle(one.item, "is-later", now !== null && (own ? one.turn >= 0 && (back ? one.turn < now : one.turn > now) : !back));
    }
  }

  const draw = () => {
    const state = store.get();
    root.hidden = derive.drawing(state) !== "formulas" || derive.depth(state) === "strip";
    if (root.hidden) return;
    build(state);
    paint(state);
  };
  const stop = store.watch(["setting", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred", "pinned"], draw);
  draw();
  return {
    destroy() {
      stop();
      replace(root);
    },
  };
}

/** @typedef {import("../draw/numbers.js").Numbers} Numbers */

/** The lines between the formula and the result. @param {string} name @param {Numbers} numbers @param {number} unit @param {number} step */
function forwardLines(name, numbers, unit, step) {
  const { lines, value } = arithmetic(name, numbers, unit, step);
  return { lines: lines.slice(1, -1), value, text: lines[lines.length - 1][0].text };
}

/** @param {string} name @param {Numbers} numbers @param {number} unit @param {number} step @returns {{lines: Token[][], value: number, text: string}} */
function gradientLines(name, numbers, unit, step) {
  const found = gradientTerms(name, numbers, unit, step);
  if (!found) return { lines: [], value: NaN, text: "" };
  const line = found.terms.flatMap((term, index) => (index ? [/** @type {Token} */ ({ kind: "sign", text: " + " }), ...term.numbers] : term.numbers));
  return { lines: line.length > 1 ? [line] : [], value: found.value, text: result(found.value) };
}

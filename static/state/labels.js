/** What things are called, in the language in force. */

import { INPUT, operandsOf } from "./layers.js";
import { LOSS } from "./rebuilding.js";
import { wordAt, wordOf } from "./sentence.js";
import { unitCount } from "./shape.js";
import { partners } from "./ties.js";
import { label, say } from "./words.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Tree} Tree */

const LOW = "₀₁₂₃₄₅₆₇₈₉";

/** @param {number} number */
export function subscript(number) {
  return String(number).replace(/\d/g, (digit) => LOW[Number(digit)]);
}

/** x₂, x where there is one, or the lesson's own name of the input, or the word that it stands for. @param {State} state @param {number} index counted from 0 */
export function inputName(state, index) {
  const { base, experiment, lesson } = state;
  // A sentence of one's own has brought inputs of its own.
  const given = String(experiment.sequence.vocabulary ?? "") === String(base?.sequence.vocabulary ?? "");
  const name = given ? lesson?.view.input_names?.[index] : null;
  return (name && label(state, name)) ?? wordOf(state, index) ?? unitName("x", index, unitCount(state, INPUT));
}

/** h₂; h alone where there is one. @param {string} name @param {number} index @param {number} units */
export const unitName = (name, index, units) => (units > 1 || index > 0 ? name + subscript(index + 1) : name);

/** Whether inputs stand for words, of which some have one letter. @param {State} state */
export function readsWords(state) {
  return Boolean(state.experiment.sequence.vocabulary);
}

/** @param {State} state @param {string} address */
export function symbolLabel(state, address) {
  if (address.endsWith(".x") && address.includes(".0.")) return say(state, "label.input");
  const before = address.endsWith("_prev");
  const plain = before ? address.slice(0, -"_prev".length) : address;
  const symbol = state.network.symbols[plain];
  if (!symbol) return belowLabel(state, plain) || plain.slice(plain.lastIndexOf(".") + 1);
  if (symbol.kind === "parameter") return parameterLabel(state, plain, null);
  const text = symbol.label ? label(state, symbol.label) : derivedLabel(state, plain, symbol.symbol);
  return before ? say(state, "label.before", { label: text }) : text;
}

/**
 * "layer 2", where there are several; with the way that it reads the steps where there are two. Empty where there is one.
 * @param {State} state
 * @param {string} address  of the layer or of a symbol in it
 * @param {"short" | "long"} [form]
 */
export function layerLabel(state, address, form = "long") {
  const layers = state.network.layers.filter((layer) => layer.layer !== "readout");
  const own = layers.find((layer) => address === layer.address || address.startsWith(`${layer.address}.`));
  if (!own || layers.length < 2) return "";
  const both = layers.some((layer) => layer.layer === own.layer && layer !== own);
  return say(state, both ? `strip.layer-${own.direction}${form === "short" ? "-short" : ""}` : "strip.layer", { layer: own.layer });
}

/**
 * "h of layer 1": what a layer over others reads as its input, or as what two directions below hand up together. Empty for any other symbol.
 * @param {State} state @param {string} address @returns {string}
 */
export function belowLabel(state, address) {
  const layer = state.network.layers.find((one) => address.startsWith(`${one.address}.`));
  const name = address.slice(address.lastIndexOf(".") + 1);
  const [first, ...rest] = layer ? operandsOf(state, layer, name).filter((from) => from !== INPUT && !from.startsWith(`${layer.address}.`)) : [];
  if (!first) return "";
  const from = first.slice(first.lastIndexOf(".") + 1);
  if (rest.length === 0) return say(state, "strip.of-layer", { name: from, layer: layerLabel(state, first) });
  return say(state, "strip.of-both", { name: from, layer: first.split(".")[1] });
}

/** From where a layer reads its input, and where its gradient goes: "layer 1", or x. @param {State} state @param {string} address  of the layer */
export function belowName(state, address) {
  const number = Number(address.split(".")[1]);
  return number > 1 ? say(state, "strip.layer", { layer: number - 1 }) : "x";
}

/** What a layer's label is in a sign or two: 2, or 2 ← where there are two directions. @param {State} state @param {string} address @returns {string} */
export function layerMark(state, address) {
  return layerLabel(state, address, "short").replace(/[^\d←→]*(\d+)[^\d←→]*/, "$1 ").trim();
}

/** Below a column of the strip: its step, and the word that is read there. @param {State} state @param {number} step @param {number} pitch */
export function stepLabel(state, step, pitch) {
  const word = wordAt(state, step);
  if (word !== null) return pitch >= 100 ? say(state, "strip.word", { step, word }) : word;
  return pitch >= 60 ? say(state, "strip.step", { step }) : String(step);
}

/**
 * What is differentiated, in letters: y, y₂ for one unit, y₁ + y₂ where all of a few count.
 * @param {State} state
 */
export function lossName(state) {
  const { backward } = state.experiment;
  if (!backward) return "";
  if (backward.of === LOSS) return say(state, "label.loss");
  const name = backward.of.slice(backward.of.lastIndexOf(".") + 1);
  const size = state.network.symbols[backward.of]?.size ?? 1;
  if (backward.unit !== null) return unitName(name, backward.unit, size);
  return size > 1 && size <= 3 ? Array.from({ length: size }, (_, unit) => name + subscript(unit + 1)).join(" + ") : name;
}

/** What an equation works out on its way: `f:in`, the argument of a gate, is called after the gate, `h:tanh` after what it is a part of. @param {State} state @param {string} address @param {string} symbol @returns {string} */
function derivedLabel(state, address, symbol) {
  const cut = symbol.lastIndexOf(":");
  if (cut < 0) return symbol;
  const [of, made] = [symbol.slice(0, cut), symbol.slice(cut + 1)];
  if (made !== "in") return say(state, "label.within", { made, of });
  const whole = address.slice(0, -":in".length);
  const given = state.network.symbols[whole]?.label;
  return given ? say(state, "label.argument", { label: label(state, given) }) : say(state, "label.argument-of", { of: derivedLabel(state, whole, of) });
}

/**
 * How a parameter is used: the symbol whose equation it stands in, and what it multiplies.
 * @param {State} state
 * @param {string} address
 * @returns {{target: string, operand: string | null}}  operand null: it is added, a bias
 */
export function parameterUse(state, address) {
  const cut = address.lastIndexOf(".");
  const own = address.slice(0, cut);
  const name = address.slice(cut + 1);
  const layer = state.network.layers.find((candidate) => candidate.address === own);
  const program = layer && state.network.programs[layer.program];
  for (const equation of program?.equations ?? []) {
    const operand = operandOf(equation.expr, name);
    if (operand !== undefined) return { target: equation.target, operand: operand || null };
  }
  return { target: name, operand: null };
}

/**
 * @param {Tree} tree
 * @param {string} name
 * @returns {string | null | undefined}  what `name` multiplies, "" when it is added to something, null when it stands alone, undefined when it is not here
 */
function operandOf(tree, name) {
  if (!Array.isArray(tree)) return tree === name ? null : undefined;
  const [operation, ...args] = tree;
  for (const [index, arg] of args.entries()) {
    const found = operandOf(arg, name);
    if (found === undefined) continue;
    if (found !== null) return found;
    if (operation === "matmul" || operation === "mul") return multiplied(args[1 - index]);
    return operation === "add" || operation === "sub" ? "" : null;
  }
  return undefined;
}

/** The name that a factor is called by: of `r * h_prev` the state. A mask or a number has none. @param {Tree} tree @returns {string | null} */
function multiplied(tree) {
  if (!Array.isArray(tree)) return typeof tree === "string" ? tree : null;
  const names = tree.slice(1).map(multiplied).filter((name) => name !== null);
  return names.find((name) => name.endsWith("_prev")) ?? names[0] ?? null;
}

/**
 * "forget gate, bias" or "forget gate, weight of x₁".
 * @param {State} state
 * @param {string} address
 * @param {number[] | null} index
 * @param {boolean} [brief]  without saying that what comes back is of the step before
 */
export function parameterLabel(state, address, index, brief = false) {
  const { target, operand } = parameterUse(state, address);
  const own = address.slice(0, address.lastIndexOf("."));
  const symbol = state.network.symbols[`${own}.${target}`];
  const labelled = symbol?.label ? label(state, symbol.label) : target;
  const rows = symbol?.size ?? 1;
  const row = index && rows > 1 ? say(state, "weights.unit", { label: labelled, unit: index[0] + 1 }) : labelled;
  if (operand === null) return say(state, "weights.bias", { label: row });
  const column = index && index.length > 1 ? index[1] : null;
  const name = operandName(state, operand, column, address);
  const of = operand.endsWith("_prev") && !brief ? say(state, "label.before", { label: name }) : name;
  return say(state, "weights.weight", { label: row, of });
}

/** The same of one number, with what else it is where the parameter is tied. @param {State} state @param {string} address @param {number[]} index */
export function weightLabel(state, address, index) {
  const label = parameterLabel(state, address, index);
  const names = partners(state, address).map((other) => parameterLabel(state, other, index));
  return names.length === 0 ? label : say(state, "weights.tied", { label, names: names.join("; ") });
}

/**
 * h₂, whether of this step or of the one before, h where there is one; h₂← where two directions are read; the inputs have their own names in the layer that reads them.
 * @param {State} state
 * @param {string} operand
 * @param {number | null} column
 * @param {string} address  of the layer, or of a symbol in it
 */
export function operandName(state, operand, column, address) {
  if (operand === "x" && column !== null && address.split(".")[1] === "1") return inputName(state, column);
  const plain = operand.replace(/_prev$/, "");
  if (column === null) return plain;
  const layer = state.network.layers.find((one) => address.startsWith(`${one.address}.`));
  const sizes = layer ? operandsOf(state, layer, operand).map((from) => unitCount(state, from)) : [];
  if (sizes.length < 2 || plain === "x") return unitName(plain, column, sizes.reduce((sum, size) => sum + size, 0));
  return unitName(plain, column % sizes[0], sizes[0]) + (column < sizes[0] ? "→" : "←");
}

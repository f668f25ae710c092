/**
 * What is written in the drawing of a cell: beside each thing, and along the wires.
 */

import { gradientNamed } from "./evaluate.js";
import { backAlong, fromLater, gradientOf, valueOf } from "./flow.js";
import { brief, length, result, tight } from "./format.js";
import { argumentOf, slopeAlong, slopeOf } from "./slope.js";
import { factorText, gateWord } from "./subject.js";
import { contribution } from "./summand.js";
import { letters } from "./symbol.js";

/** @typedef {import("./numbers.js").Numbers} Numbers */
/** @typedef {import("./subject.js").Subject} Subject */
/** @typedef {import("./subject.js").Node} Node */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */
/**
 * @typedef {object} Scene
 * @property {Subject} subject
 * @property {number} step
 * @property {boolean} back
 * @property {boolean} hidden  a prediction hides what is worked out
 * @property {(id: string) => Numbers} numbers  of the layer that a node belongs to
 * @property {(id: string) => number} unitOf  the unit spoken of, as far as a node has so many
 * @property {boolean} reversed  the layer reads from the end
 * @property {string} below  what its input is where another layer hands it up
 * @property {string} to  where the gradient of what others have a part in goes from here
 * @property {Say} say
 */

/** How a function is written with its argument, and with a prime. */
const FUNCTIONS = /** @type {Record<string, string>} */ ({ sigmoid: "σ" });
/** Few digits where a number only helps to read a picture. */
const SHORT = 3;
/** And signs. */
const LONGEST = 7;

/** @param {number} value */
export function short(value) {
  if (!Number.isFinite(value) || value === 0 || Math.abs(value) >= 1000 || Math.abs(value) < 0.001) return brief(value);
  return String(Number(value.toPrecision(SHORT))).replace("-", "−");
}

/** Two of them where many noughts come before, each of which pushes it farther into what stands beside it. @param {number} value */
function few(value) {
  return short(Math.abs(value) < 0.01 ? Number(value.toPrecision(2)) : value);
}

/** What stands below an operation is no longer than leaves the next wire free. @param {number} value */
export function shortest(value) {
  const all = few(value);
  return all.length <= LONGEST ? all : short(Number(value.toPrecision(1)));
}

/** `σ′ 0.105`, `×0.88`. @param {import("./slope.js").Slope | null} slope @param {number} [room]  for so many digits, with the brackets of a negative number */
export function slopeText(slope, room = Infinity) {
  if (!slope || Number.isNaN(slope.value)) return "";
  const { function: own, value } = slope;
  const full = few(value);
  const left = value < 0 ? room - 2 : room;
  const told = [full, ...[2, 1].map((digits) => short(Number(value.toPrecision(digits))))].find((text) => length(text) <= left) ?? tight(value, left);
  return own === null ? `×${value < 0 ? `(${told})` : told}` : `${FUNCTIONS[own] ?? own}′ ${told}`;
}

/** `σ(110)`, `tanh(−0.097)`: beside its neighbour there is room for three decimals, beside that of a gate whose function has a name for two. @param {{function: string, value: number} | null} argument @param {boolean} [gate] */
export function sumText(argument, gate = false) {
  if (!argument) return "";
  const { value } = argument;
  const digits = gate && !FUNCTIONS[argument.function] ? SHORT - 1 : SHORT;
  const near = Math.abs(value) < 1 ? Number(value.toFixed(digits)) : Math.abs(value) < 10 ? Number(value.toPrecision(digits)) : value;
  return `${FUNCTIONS[argument.function] ?? argument.function}(${short(near || value)})`;
}

/**
 * @param {Scene} scene
 * @param {Node} node
 * @param {Place} place
 * @param {{known: boolean, full: boolean, whole: boolean, number: number}} how
 *   `full`: the box says its numbers itself; `whole`: it is always an integer; `number`: of the unit spoken of
 * @returns {import("./places.js").LabelText}
 */
export function labelText(scene, node, place, { known, full, whole, number }) {
  const { step, back, say } = scene;
  const name = node.name || node.id;
  const { letter, sub } = letters(name, scene.reversed);
  if (node.kind === "number") return { letter: node.label ?? "", number: "", word: "", gradient: "" };
  const before = node.kind === "before";
  const gate = node.role === "gate";
  const given = node.kind === "parameter" || node.kind === "constant";
  const numbers = scene.numbers(node.id);
  const unit = scene.unitOf(node.id);
  const own = node.kind === "value" && known;
  const gradient = back && !given ? gradientNamed(name, numbers, unit, step) : NaN;
  const share = place.share === "kept" ? number : 1 - number;
  const percent = (/** @type {number} */ part) => `${Math.round(100 * part)} %`;
  return {
    letter, sub,
    says: place.keeps ? say("cell.keeps") : "",
    sum: own && !back ? sumText(argumentOf(name, numbers, unit, step), gate) : "",
    number: known && !full && !given && !Number.isNaN(number) ? (whole && !gate ? brief(number) : result(number)) : "",
    word: before ? earlierWord(scene, numbers)
      : node.kind === "input" ? scene.below && scene.to
      : node.role === "state" && node.kind === "value" ? say("cell.after")
      : !gate || !known || back ? ""
      : place.share ? say("cell.share", { kept: percent(share), written: percent(1 - share) }) : say(`cell.${gateWord(node, number)}`),
    slope: own && back ? slopeText(slopeOf(name, numbers, unit, step)) : "",
    gradient: Number.isNaN(gradient) ? ""
      : before ? `${backTo(scene, numbers)} ${brief(gradient)}`
      : numbers.shared(name) ? `${say("cell.to-below", { name: scene.to })} ${brief(gradient)}`
      : `dL/d${letter} ${brief(gradient)}`,
  };
}

/** Where what is read of the step before stands, if not simply before. @param {Scene} scene @param {Numbers} numbers */
function earlierWord({ step, reversed, say }, numbers) {
  return reversed && numbers.before(step) ? say("cell.at-step", { step: numbers.before(step) }) : say("cell.before");
}

/** Where a gradient goes that leaves the step. @param {Scene} scene @param {Numbers} numbers */
function backTo({ step, say }, numbers) {
  const to = numbers.before(step);
  return to ? say("cell.to-step", { step: to }) : say("cell.to-start");
}

/**
 * @param {Scene} scene
 * @param {import("./layouts.js").Note} note
 * @param {(from: string, to: string) => import("./layouts.js").Wire | undefined} wireOf
 * @returns {{word: string, number: string, of: string | null} | null}  `of`: the node that it comes with; null: nothing to write
 */
export function noteText(scene, note, wireOf) {
  const { subject, step, back, hidden, numbers, unitOf, say } = scene;
  if (note.stub) {
    const { letter, sub } = letters(note.stub, scene.reversed);
    return { word: letter, number: sub, of: null };
  }
  if (note.onward) {
    const own = numbers(note.onward);
    const next = own.next(step);
    const arrives = back && next && !hidden ? text(fromLater(note.onward, own, unitOf(note.onward), step)) : "";
    return { word: next && (arrives || !back) ? say(back ? "cell.from-step" : "cell.onward", { step: next }) : "", number: arrives, of: null };
  }
  if (note.op) {
    const value = (back ? gradientOf : valueOf)(note.op, numbers(note.op), unitOf(note.op), step);
    const factors = note.bare ? [] : subject.edges.filter((edge) => edge.to === note.op).map((edge) => factorText(subject, edge.from));
    return { word: factors.join(" × "), number: hidden ? "" : note.bare && !Number.isNaN(value) ? shortest(value) : text(value), of: note.op };
  }
  if (note.slope) {
    const [from, to] = note.slope.split(" ");
    return { word: "", number: back && !hidden ? slopeText(slopeAlong(from, to, numbers(to), unitOf(to), step), note.room) : "", of: to };
  }
  const [from, to] = (note.wire ?? "").split(" ");
  const wire = wireOf(from, to);
  if (!wire) return null;
  const part = note.word ? null : contribution(to, from, numbers(to), unitOf(to), step);
  const before = from.endsWith("_prev");
  const onward = back && note.word && before ? backTo(scene, numbers(to)) : "";
  const earlier = note.word === "cell.before" ? earlierWord(scene, numbers(to)) : note.word && say(note.word);
  const forward = note.word ? valueOf(from, numbers(from), unitOf(from), step) : part?.value ?? NaN;
  return {
    word: back ? onward : earlier ? earlier : part ? `${part.written}${hidden ? "" : " ="}` : "",
    number: hidden && from !== "c_prev" ? "" : text(back ? backAlong(wire, numbers(to), unitOf(from), step) : forward, note.room),
    of: back || !before ? to : null,
  };
}

/** @param {number} value @param {number} [room]  for so many digits */
function text(value, room = Infinity) {
  if (Number.isNaN(value)) return "";
  return [brief(value), short(value)].find((each) => length(each) <= room) ?? tight(value, room);
}

/** What arrives in a gradient: from each equation that reads the symbol, in its own layer and above. */

import { gradientNamed, scalar } from "./evaluate.js";
import { tree } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */
/** @typedef {import("./tree.js").Program} Program */
/** @typedef {import("./numbers.js").Numbers} Numbers */
/** `via`: the equation as written that it came through; `by`: the one as run. `parsed` is worked out of the numbers of `own`, at its `unit`. @typedef {{via: string, by: string, when: string, parsed: Tree, own: Numbers, unit: number, value: number}} Arrival */
/** @typedef {{expr: import("./tree.js").Raw, via: string | null, when: string}} RawTerm */

/**
 * dL/d(symbol), and the terms that it is the sum of.
 * @param {string} name
 * @param {Numbers} numbers
 * @param {number} unit
 * @param {number} step
 * @returns {{terms: Arrival[], value: number} | null}
 */
export function arrivals(name, numbers, unit, step) {
  const line = numbers.program.adjoint?.find((one) => one.symbol === name);
  if (!line) return null;
  /** @type {(own: Numbers, at?: number) => (term: RawTerm) => Arrival} */
  const made = (own, at = unit) => (term) => {
    const parsed = tree(term.expr);
    const via = own.program.lowered.find((one) => one.target === term.via)?.of ?? term.via ?? "";
    return { via, by: term.via ?? "", when: term.when, parsed, own, unit: at, value: scalar(parsed, own, at, step) };
  };
  const own = line.terms.flatMap((term) => laterTerms(numbers.program, term)).map(made(numbers)).filter((term) => term.when !== "outside" || term.value !== 0);
  const above = numbers.consumers(name).flatMap((reader) =>
    (reader.numbers.program.adjoint?.find((one) => one.symbol === reader.name)?.terms ?? []).map(made(reader.numbers, reader.from + unit)));
  return { terms: [...above, ...own], value: gradientNamed(name, numbers, unit, step) };
}

/**
 * `next(∂c_prev)` says that something arrives from the step after; through which equations is what people ask, so it is opened.
 * @param {Program} program
 * @param {RawTerm} term
 * @returns {RawTerm[]}
 */
function laterTerms(program, term) {
  const inner = term.when === "next" && Array.isArray(term.expr) && term.expr[0] === "next" ? term.expr[1] : null;
  const before = typeof inner === "string" && program.adjoint?.find((one) => one.target === inner);
  if (!before || !before.terms.length) return [term];
  return before.terms.map((one) => ({ expr: /** @type {import("./tree.js").Raw} */ (["next", one.expr]), via: one.via, when: "next" }));
}

/**
 * One number, worked out: beside the thing it belongs to, not over it.
 */

import { arithmetic as workOut, gradientTerms } from "../draw/arithmetic.js";
import { anchorOf, edgeOf, inView, leader, settle, worthSeeing } from "../draw/callout.js";
import { contributions } from "../draw/contributions.js";
import { element, replace, set, setText, svg, toggle } from "../draw/dom.js";
import { enlarged } from "../draw/enlarged.js";
import { exact, lowered, number, result } from "../draw/format.js";
import { numbersOf } from "../draw/numbers.js";
import { weightsIn } from "../draw/parts.js";
import { slopeOf } from "../draw/slope.js";
import { namesIn, readers, rightSide } from "../draw/tree.js";
import { symbol, tokens } from "../draw/tokens.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../state/store.js").Pinned} Pinned */

/** So many terms can be read in the line; of more, the largest are listed and the rest is folded. */
const IN_LINE = 3;
const LISTED = 4;
/** The steepest that a function gets, and what part of it is next to nothing. @type {Record<string, number>} */
const STEEPEST = { sigmoid: 0.25, tanh: 1, relu: 1 };
const FLAT = 0.05;
const nothing = () => false;
/** Out of what was touched, in milliseconds. */
const GROW = 240;

/**
 * @param {HTMLElement} root
 * @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context
 */
export function arithmetic(root, { store, actions, document }) {
  const title = element(document, "h3", { class: "callout-title", id: "callout-title" });
  const back = element(document, "button", { type: "button", class: "callout-back-to", text: "←", onclick: () => actions.shallower() });
  const close = element(document, "button", { type: "button", class: "callout-close", text: "×", onclick: () => actions.unpin() });
  const asking = element(document, "span");
  const body = element(document, "div", { class: "callout-body" });
  const note = element(document, "div", { class: "callout plain-focus", role: "dialog", "aria-labelledby": "callout-title", tabindex: "-1" },
    element(document, "header", { class: "callout-head" }, back, title, asking, close), body);
  const line = svg(document, "path", { class: "callout-line" });
  const leading = svg(document, "svg", { class: "callout-leader", "aria-hidden": "true" }, line);
  replace(root, leading, note);
  root.hidden = true;

  let said = "";
  let stood = "";
  let shape = { width: 0, height: 0 };
  let place = { left: 0, top: 0 };
  /** @type {Element | null} */
  let returnTo = null;

  /** @param {State} state @param {Pinned} pinned */
  function paint(state, pinned) {
    const { address, unit, step } = pinned;
    const layer = derive.layerLabel(state, address);
    const name = derive.symbolLabel(state, address);
    const label = layer ? say(state, "arithmetic.of-layer", { name, layer }) : name;
    setText(title, derive.unitCount(state, address) > 1 ? say(state, "arithmetic.title-unit", { label, unit: unit + 1, step }) : say(state, "arithmetic.title", { label, step }));
    set(close, "aria-label", say(state, "arithmetic.close"));
    set(back, "aria-label", say(state, "arithmetic.back"));
    back.hidden = !pinned.from;
    const content = derive.isHidden(state, step, address) ? [paragraph("callout-plain", say(state, "cell.hidden"))] : [...forward(state, pinned), ...backward(state, pinned), ...relations(state, pinned)];
    const question = ask(state, pinned);
    const key = [...content, question].map((node) => node?.textContent).join("\n") + [address, unit, step].join();
    if (key !== said) {
      said = key;
      const held = body.contains(document.activeElement) || asking.contains(document.activeElement);
      replace(asking, question);
      replace(body, ...content);
      if (held) note.focus({ preventScroll: true });
    }
  }

  /** @param {string} name @param {string} text */
  function paragraph(name, text) {
    return element(document, "p", { class: name, text });
  }

  /** @param {State} state @param {Pinned} pinned @returns {HTMLElement[]} */
  function forward(state, { address, unit, step }) {
    const name = derive.bare(address);
    const found = derive.programOf(state, address);
    const numbers = numbersOf(state, found ? derive.prefix(address) : derive.mainLayer(state)?.address ?? "");
    const value = derive.valueAt(state, address, step, unit) ?? NaN;
    /** All digits of the value, where the line has not told them already. @param {HTMLElement} line */
    const whole = (line) => {
      const text = exact(value);
      if (!line.textContent?.endsWith(`= ${text}`)) line.append(element(document, "span", { class: "callout-exact", text, title: say(state, "arithmetic.exact") }));
      return line;
    };
    const joined = derive.joinedFrom(state, address).length > 0;
    if (!found || name.endsWith("_prev") || address === derive.INPUT || joined) {
      const earlier = numbers.before(step);
      const chosen = address === derive.INPUT || (!joined && !earlier);
      const why = address === derive.INPUT ? say(state, "arithmetic.given") : joined ? derive.symbolLabel(state, address) : earlier ? say(state, "arithmetic.earlier", { step: earlier }) : say(state, "arithmetic.start");
      return [paragraph("callout-plain", why), whole(element(document, "p", { class: "callout-line-result", text: `= ${chosen ? number(value) : result(value)}` }))];
    }
    const { lines } = workOut(name, numbers, unit, step);
    const how = more(state, numbers.full);
    const steps = lines.map((one, index) => element(document, "p", { class: "callout-step" }, ...(index === 0 ? [symbol(document, name, numbers.full)] : []), " = ", ...tokens(document, one, how)));
    const last = steps[steps.length - 1];
    last.classList.add("callout-line-result");
    whole(last);
    return [element(document, "div", { class: "callout-lines" }, ...steps),
    ...list(state, name, numbers, unit, step), ...slope(state, name, numbers, unit, step)];
  }

  /**
   * What adds up, the largest first.
   * @param {State} state @param {string} name @param {import("../draw/numbers.js").Numbers} numbers @param {number} unit @param {number} step
   * @returns {HTMLElement[]}
   */
  function list(state, name, numbers, unit, step) {
    const all = contributions(name, numbers, unit, step);
    if (all.length <= IN_LINE) return [];
    const most = Math.abs(all[0].value);
    const indexed = (/** @type {string} */ one, /** @type {number[]} */ index) => [symbol(document, one, numbers.full), element(document, "sub", { class: "callout-index", text: index.map((at) => at + 1).join(",") })];
    const rows = all.map((one) => {
      const bar = element(document, "span", { class: one.value < 0 ? "callout-part is-negative" : "callout-part", "aria-hidden": "true" });
      bar.style.width = `${Math.max(1, (100 * Math.abs(one.value)) / most)}%`;
      const words = one.of === null ? indexed(one.name, one.index) : [...indexed(one.name, one.index), " ", symbol(document, one.of, numbers.full), lowered(one.at + 1), ` = ${number(one.weight)} · ${one.input < 0 ? `(${number(one.input)})` : number(one.input)}`];
      const open = element(document, "button", { type: "button", class: "callout-entry", onclick: () => actions.selectWeight(numbers.full(one.name), one.index) }, ...words);
      return element(document, "li", {}, open, element(document, "span", { class: "callout-number", text: result(one.value) }), bar);
    });
    const rest = all.slice(LISTED);
    const folded = rest.length ? element(document, "details", { class: "callout-rest" },
      element(document, "summary", { text: say(state, "arithmetic.more", { count: rest.length, value: result(rest.reduce((sum, { value }) => sum + value, 0)) }) }),
      element(document, "ul", { class: "callout-parts" }, ...rows.slice(LISTED))) : null;
    return [element(document, "section", { class: "callout-sum", "aria-label": say(state, "arithmetic.parts") }, element(document, "ul", { class: "callout-parts" }, ...rows.slice(0, LISTED)), folded)];
  }

  /**
   * How steep the function is where it was taken: a gate that is wide open or shut lets next to no gradient through.
   * @param {State} state @param {string} name @param {import("../draw/numbers.js").Numbers} numbers @param {number} unit @param {number} step
   * @returns {HTMLElement[]}
   */
  function slope(state, name, numbers, unit, step) {
    const found = slopeOf(name, numbers, unit, step);
    if (!found?.function) return [];
    const steepest = STEEPEST[found.function];
    const flat = steepest !== undefined && found.value < FLAT * steepest;
    const bar = element(document, "span", { class: "callout-bar", "aria-hidden": "true" });
    bar.style.width = `${100 * Math.min(1, found.value / (steepest ?? found.value))}%`;
    return [element(document, "p", { class: "callout-slope" },
      say(state, "arithmetic.slope", { name: found.function === "sigmoid" ? "σ′" : `${found.function}′`, value: result(found.value) }),
      flat ? ` ${say(state, "arithmetic.flat")}` : "", steepest === undefined ? null : bar)];
  }

  /** @param {State} state @param {Pinned} pinned @returns {HTMLElement[]} */
  function backward(state, { address, unit, step }) {
    const value = derive.gradientAt(state, address, step, unit);
    if (value === undefined || derive.direction(state) !== "backward" || derive.isWayBackHidden(state, step)) return [];
    const head = element(document, "p", { class: "callout-gradient" }, element(document, "span", { text: "dL/d" }), symbol(document, derive.bare(address), (name) => `${derive.prefix(address)}.${name}`), element(document, "b", { text: ` = ${result(value)}` }));
    const found = derive.programOf(state, address);
    const terms = found ? gradientTerms(derive.bare(address), numbersOf(state, derive.prefix(address)), unit, step)?.terms ?? [] : [];
    const shown = terms.filter((term) => !Number.isNaN(term.value));
    if (shown.length === 0) return [element(document, "section", { class: "callout-back" }, head, ...(value === 0 && found ? [paragraph("callout-plain", say(state, "arithmetic.nothing"))] : []))];
    const most = Math.max(...shown.map((term) => Math.abs(term.value)), Number.MIN_VALUE);
    const rows = shown.map((term) => {
      const key = term.when === "outside" ? "arithmetic.outside" : term.when === "next" ? "arithmetic.through-next" : "arithmetic.through";
      const bar = element(document, "span", { class: "callout-bar" });
      bar.style.width = `${Math.max(1, (100 * Math.abs(term.value)) / most)}%`;
      return element(document, "li", {},
        element(document, "span", { class: "callout-via", text: say(state, key, { name: term.via }) }),
        element(document, "span", { class: "callout-number", text: result(term.value) }),
        term.when === "outside" ? null : element(document, "span", { class: "callout-product" }, ...tokens(document, term.written, more(state, term.full)), " = ", ...tokens(document, term.numbers, more(state, term.full))), bar);
    });
    return [element(document, "section", { class: "callout-back" }, head, element(document, "ul", { class: "callout-terms" }, ...rows))];
  }

  /** @param {State} state @param {(name: string) => string} full */
  function more(state, full) {
    return { full, more: (/** @type {number} */ count, /** @type {string} */ value) => say(state, "arithmetic.more", { count, value }) };
  }

  /** @param {State} state @param {Pinned} pinned @returns {HTMLElement[]} */
  function relations(state, { address, unit, step }) {
    const program = derive.programOf(state, address) ?? state.network.programs[derive.mainLayer(state)?.program ?? ""];
    const layer = address === derive.INPUT ? derive.mainLayer(state)?.address ?? "" : derive.prefix(address);
    if (!program) return [];
    const numbers = numbersOf(state, layer);
    const name = derive.bare(address);
    const right = rightSide(program, name);
    const earlier = numbers.before(step);
    const from = right ? namesIn(right).filter((one) => !numbers.isParameter(one) && numbers.constant(one) === null) : name.endsWith("_prev") && earlier ? [name.replace("_prev", "")] : [];
    const parts = derive.joinedFrom(state, address);
    /** @param {string} one @param {number} at */
    const link = (one, at, target = numbers.full(one)) => {
      const units = derive.unitCount(state, target);
      const other = derive.isStacked(state) && !target.startsWith(`${layer}.`) && target !== derive.INPUT;
      return element(document, "button", { type: "button", class: "callout-link", "data-name": target, onclick: () => actions.follow(target, Math.min(unit, units - 1), at) }, symbol(document, one, () => target), ...(other ? [" ", element(document, "small", { class: "callout-layer", text: derive.layerLabel(state, target, "short") })] : []));
    };
    const back = name.endsWith("_prev") ? earlier : step;
    // What an output is for stands in the layers above, what a memory is for at the next step.
    const above = right ? numbers.consumers(name).flatMap((one) => readers(one.numbers.program, one.name).map((line) => link(line, step, one.numbers.full(line)))) : [];
    const to = [...readers(program, name).map((one) => link(one, step)), ...above];
    const after = program.states.includes(name) ? numbers.next(step) : 0;
    const later = after ? readers(program, `${name}_prev`) : [];
    const rows = [
      from.length || parts.length ? element(document, "p", {}, element(document, "span", { text: say(state, "arithmetic.from") }), ...from.map((one) => link(one, back)), ...parts.map((part) => link(derive.bare(part), step, part))) : null,
      to.length ? element(document, "p", {}, element(document, "span", { text: say(state, "arithmetic.to") }), ...to) : null,
      later.length ? element(document, "p", {}, element(document, "span", { text: say(state, "arithmetic.to-next", { step: after }) }), ...later.map((one) => link(one, after))) : null,
    ].filter((one) => one !== null);
    return rows.length ? [element(document, "footer", { class: "callout-links" }, ...rows)] : [];
  }

  /** Any value can be what is differentiated. @param {State} state @param {Pinned} pinned */
  function ask(state, { address, unit, step }) {
    const own = state.network.symbols[address];
    if (own?.kind !== "value" || derive.isHidden(state, step, address)) return null;
    const several = (own.size ?? 1) > 1;
    const title = say(state, "arithmetic.differentiate-title", { name: derive.bare(address), step });
    return element(document, "button", {
      type: "button", class: "callout-ask", text: say(state, "arithmetic.differentiate"), title,
      onclick: () => {
        actions.differentiate(address, step, several ? unit : null);
        actions.setDirection("backward");
      },
    });
  }

  /** @param {State} state @param {Pinned} pinned */
  function stand(state, pinned) {
    const host = /** @type {HTMLElement} */ (root.offsetParent ?? document.body);
    const area = host.getBoundingClientRect();
    // What it lies on may be scrolled: then its own corner is elsewhere than that of what is seen.
    const origin = root.getBoundingClientRect();
    const seen = inView(document, area);
    const anchor = anchorOf(document, pinned, pinned.step === state.experiment.step, seen);
    for (const old of document.querySelectorAll(".is-pinned")) if (old !== anchor) old.classList.remove("is-pinned");
    anchor?.classList.add("is-pinned");
    // Where things are the window says; on a wall, which is enlarged, that is not in the pixels that a style has.
    const by = enlarged(root);
    const size = { width: note.offsetWidth * by, height: note.offsetHeight * by };
    const asked = [pinned.address, pinned.unit, pinned.step, area.width, area.height, by, derive.drawing(state), derive.direction(state), anchor?.closest("[data-view]")?.getAttribute("data-view")].join();
    // The numbers of a dragged weight may change its size a little: it stays where it is.
    if (asked !== stood || Math.abs(size.height - shape.height) > 60) {
      stood = asked;
      shape = size;
      const { left, top } = settle(anchor?.getBoundingClientRect() ?? null, seen, size, worthSeeing(document, state.experiment.step));
      place = { left, top: top + seen.top - origin.top };
    }
    note.style.left = `${place.left / by}px`;
    note.style.top = `${place.top / by}px`;
    set(leading, "width", area.width / by);
    set(leading, "height", area.height / by);
    set(leading, "viewBox", `0 0 ${area.width} ${area.height}`);
    set(line, "d", anchor ? leader(edgeOf(anchor), origin, place, size.width, size.height) : "");
  }

  const draw = () => {
    const state = store.get();
    const { pinned } = state;
    const opening = root.hidden && pinned;
    if (!pinned) {
      if (!root.hidden) shut();
      return;
    }
    if (!isValue(state, pinned)) return actions.unpin();
    // An address may open it before its numbers are there.
    if (root.hidden && Object.keys(state.values).length === 0) return;
    const focused = document.activeElement;
    root.hidden = false;
    paint(state, pinned);
    const { address, unit, step } = pinned;
    light(derive.programOf(state, address) && !derive.isHidden(state, step, address) ? weightsIn(derive.bare(address), numbersOf(state, derive.prefix(address)), unit) : nothing);
    stand(state, pinned);
    if (opening && state.motion) grow();
    if (opening && focused?.closest("[data-address]") && focused.matches(":focus-visible")) {
      returnTo = focused;
      note.focus({ preventScroll: true });
    }
  };

  /** Those weights that have a part in it, where all of them stand. @param {(address: string, index: string) => boolean} has */
  function light(has) {
    for (const field of document.querySelectorAll("[data-index]")) toggle(field, "has-part", has(field.getAttribute("data-name") ?? "", field.getAttribute("data-index") ?? ""));
  }

  /** Out of the number it belongs to. */
  function grow() {
    const from = document.querySelector(".is-pinned")?.getBoundingClientRect();
    const to = note.getBoundingClientRect();
    if (!from?.width || !to.width) return;
    const by = enlarged(root);
    const start = `translate(${(from.left - to.left) / by}px, ${(from.top - to.top) / by}px) scale(${from.width / to.width}, ${from.height / to.height})`;
    note.animate([{ transform: start, transformOrigin: "0 0", opacity: 0.4 }, { transform: "none", transformOrigin: "0 0", opacity: 1 }], { duration: GROW, easing: "ease-out" });
  }

  function shut() {
    const had = note.contains(document.activeElement);
    root.hidden = true;
    light(nothing);
    stood = "";
    for (const old of document.querySelectorAll(".is-pinned")) old.classList.remove("is-pinned");
    if (had && returnTo?.isConnected) /** @type {HTMLElement} */ (returnTo).focus({ preventScroll: true });
    returnTo = null;
  }

  note.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    actions.shallower();
    event.stopPropagation();
  });
  const watcher = new ResizeObserver(draw);
  watcher.observe(document.documentElement);
  // With a link the note may be there before the cell is drawn, and the cell may be drawn anew.
  const redrawn = new MutationObserver(() => {
    const { pinned, experiment } = store.get();
    if (!root.hidden && pinned?.step === experiment.step && !document.querySelector('[data-view="cell"] .is-pinned')) draw();
  });
  redrawn.observe(/** @type {Element} */ (document.querySelector('[data-view="cell"]')), { childList: true, subtree: true });
  const stop = store.watch(["pinned", "experiment", "network", "values", "gradients", "predictions", "preferred"], draw);
  draw();
  return {
    destroy() {
      stop();
      watcher.disconnect();
      redrawn.disconnect();
      replace(root);
    },
  };
}

/** Whether there is such a value: an address can name any. @param {State} state @param {Pinned} pinned */
function isValue(state, { address, unit, step }) {
  const known = address === derive.INPUT || state.network.symbols[address.replace(/_prev$/, "")]?.kind === "value" || derive.joinedFrom(state, address).length > 0;
  return known && [unit, step].every(Number.isInteger) && unit >= 0 && unit < derive.unitCount(state, address) && step >= 1 && step <= derive.steps(state);
}

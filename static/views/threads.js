/** The same weights at every step: a quiet thread wherever one acts, bright for the one that is touched, and in words. */

import { element, replace, set, setStyle, setText, toggle } from "../draw/dom.js";
import { settleOn } from "../draw/ground.js";
import { COLOURS, colour, line, rowFor, standIn, strand, thread } from "../draw/threads.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/ground.js").Ground} Ground */
/** @typedef {import("../draw/threads.js").Use} Use */

/** How a movement is over: at its end, or because movement was switched off. */
const ENDS = ["animationend", "animationcancel"];

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function threads(root, { store, document }) {
  const swatch = element(document, "span", { class: "thread-swatch", "aria-hidden": "true" });
  const words = element(document, "p", { "aria-live": "polite" });
  replace(root, swatch, words);

  /** @type {Ground | null} */
  let ground = null;
  /** @type {Use[]} */
  let uses = [];
  /** @type {SVGPathElement[]} */
  let chosen = [];
  /** What the pointer or the keyboard is on, for as long as it is. @type {State["selected"]} */
  let touched = null;
  let shownStep = 0;
  let pressed = false;

  /** @param {State} state @param {Ground} own */
  function build(state, own) {
    uses = usesOf(state, own.plan);
    const steps = derive.steps(state);
    chosen = [];
    const ways = uses.map((use) => thread(own.plan, use, steps));
    replace(own.group, ...uses.map((use, index) => {
      const node = line(document, use, ways[index], "thread");
      // Where a layer is folded many take the same way: one is drawn, the others when they are touched.
      toggle(node, "is-double", ways.indexOf(ways[index]) < index);
      return node;
    }));
    set(own.group, "aria-hidden", "true");
  }

  /** @param {State} state */
  function paint(state) {
    root.hidden = derive.direction(state) === "backward";
    if (!ground || derive.isWide(state)) return;
    const asked = touched ?? state.selected;
    const use = asked && uses.find(({ address }) => address === asked.address);
    for (const node of chosen) node.remove();
    chosen = [];
    if (use && asked) {
      const { plan, group } = ground;
      // What is tied to it acts with the same number.
      chosen = uses.filter(({ address }) => derive.sourceOf(state, address) === derive.sourceOf(state, use.address)).map((one) => {
        const [row = 0, column = one.operands.length ? row : 0] = asked.index;
        return line(document, one, thread(plan, one, derive.steps(state), { row, column }), "thread-chosen");
      });
      group.append(...chosen);
      setStyle(swatch, "background", colour(use));
    }
    swatch.hidden = !use;
    setText(words, use && asked ? say(state, "threads.acts", { count: derive.steps(state), name: derive.parameterLabel(state, asked.address, asked.index) }) : idle(state));
    move(state);
  }

  /** One step onward, values travel along the threads to where they are needed. @param {State} state */
  function move(state) {
    const { step } = state.experiment;
    const onward = step === shownStep + 1;
    shownStep = step;
    if (!ground || !onward || !state.motion || pressed || derive.direction(state) === "backward") return;
    const { plan, group } = ground;
    const steps = derive.steps(state);
    const pulses = uses.filter(({ operands }) => operands.length > 0).map((use) => {
      const node = line(document, use, strand(plan, use, step, steps), "thread-pulse");
      set(node, "pathLength", 1);
      for (const end of ENDS) node.addEventListener(end, () => node.remove());
      return node;
    });
    group.append(...pulses);
    const cells = Array.from(group.ownerSVGElement?.querySelectorAll(`.slot[data-step="${step}"]`) ?? []);
    cells.forEach((cell, index) => {
      setStyle(/** @type {SVGElement} */ (cell), "--turn", String((index + 1) / cells.length));
      cell.classList.add("arrives");
      for (const end of ENDS) cell.addEventListener(end, () => cell.classList.remove("arrives"), { once: true });
    });
  }

  const draw = () => paint(store.get());
  settleOn(root, (own) => {
    ground = own;
    shownStep = store.get().experiment.step;
    build(store.get(), own);
    draw();
  });
  /** @param {Event} event */
  const touch = ({ target }) => {
    const node = target instanceof Element ? target.closest("[data-name][data-index]") : null;
    const address = node?.getAttribute("data-name") ?? "";
    const next = node ? { address, index: (node.getAttribute("data-index") ?? "").split(".").filter(Boolean).map(Number) } : null;
    if (String(next?.index) === String(touched?.index) && next?.address === touched?.address) return;
    touched = next;
    draw();
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, touch);
  const press = (/** @type {Event} */ event) => (pressed = event.type === "pointerdown");
  for (const kind of ["pointerdown", "pointerup", "pointercancel"]) document.addEventListener(kind, press);
  const stop = store.watch(["experiment", "network", "selected", "preferred"], draw);
  return {
    destroy() {
      stop();
      for (const kind of ["pointerover", "focusin"]) document.removeEventListener(kind, touch);
      for (const kind of ["pointerdown", "pointerup", "pointercancel"]) document.removeEventListener(kind, press);
      replace(root);
    },
  };
}

/** What holds whoever touches nothing: what the rows are, what the columns, and where the weights stand. @param {State} state */
function idle(state) {
  if (derive.isStateless(state)) return say(state, "strip.stateless");
  return say(state, "threads.idle", { units: derive.mainLayer(state)?.sizes.units ?? 1, steps: derive.steps(state) });
}

/** @param {State} state @param {import("../draw/plan.js").Plan} plan @returns {Use[]} */
function usesOf(state, plan) {
  return state.network.layers.flatMap((layer) => {
    const { equations, parameters } = state.network.programs[layer.program];
    let matrices = 0;
    return parameters.map(({ name }) => {
      const address = `${layer.address}.${name}`;
      const { target, operand } = derive.parameterUse(state, address);
      const seen = standIn(equations, target, (symbol) => rowFor(plan, `${layer.address}.${symbol}`) !== undefined);
      if (operand !== null) matrices += 1;
      return {
        address, target: `${layer.address}.${seen}`, before: operand?.endsWith("_prev") ?? false, colour: (Math.max(0, matrices - 1) % COLOURS) + 1,
        operands: operand === null ? [] : derive.operandsOf(state, layer, operand),
      };
    });
  });
}

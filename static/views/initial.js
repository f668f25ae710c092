/** Whole matrices at once: the rule that they start by, its seed, their size, and the way back. */

import { differs } from "../draw/differs.js";
import { element, set, setStyle, setText } from "../draw/dom.js";
import { number } from "../draw/format.js";
import { spectralRadius } from "../draw/spectral.js";
import { letters } from "../draw/symbol.js";
import { bare, fitting, layerLabel, parameterLabel, parametersOf, partners, prefix, startOf, weightsOf } from "../state/derive.js";
import { languageOf, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").StartKind} StartKind */

/** @type {StartKind[]} */
const KINDS = ["cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch"];
/** These are the same whatever the seed. */
const CERTAIN = ["zeros", "identity"];
const LARGEST_SEED = 2 ** 31;
/** What the slider covers: a spectral radius, or a factor where a matrix is not applied to its own result. */
const REACH = 2;
const STEP = 0.01;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function initial(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  /** What is spoken of: null for the whole layer, undefined for the matrix of the chosen weight. @type {string | null | undefined} */
  let asked;
  /**
   * What the slider is counted from, and the numbers it made of that: as long as they stand, it leads back, also from nought.
   * @type {{address: string, parameter: any, size: number, made: unknown} | null}
   */
  let held = null;
  let kind = /** @type {StartKind} */ ("cell");
  let seed = 1;

  /** @param {() => void} act */
  const word = (act) => element(document, "button", { type: "button", class: "quiet under-hover", onclick: act });
  const about = element(document, "div", { class: "initial-row", role: "group" });
  const rules = element(document, "div", { class: "initial-row", role: "group" });
  const seedLabel = element(document, "label", { class: "aside-text", for: "initial-seed" });
  const seedInput = element(document, "input", { id: "initial-seed", class: "plain-input number", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 10 });
  const another = word(() => draw(kind, seed + 1));
  const seedRow = element(document, "div", { class: "initial-row" }, seedLabel, seedInput, another);
  const sizeName = element(document, "label", { class: "slider-name", for: "initial-size" });
  const sizeValue = element(document, "output", { class: "slider-value number", for: "initial-size" });
  const size = element(document, "input", { id: "initial-size", class: "slider", type: "range", min: 0, max: REACH, step: STEP });
  const sizeNote = element(document, "p", { class: "aside-text initial-note" });
  const sizeRow = element(document, "div", { class: "initial-size" },
    element(document, "div", { class: "slider-head" }, sizeName, sizeValue),
    element(document, "div", { class: "slider-body" }, size, element(document, "span", { class: "slider-zero", "aria-hidden": "true" })),
    element(document, "div", { class: "slider-scale number", "aria-hidden": "true" }, element(document, "span", { text: "0" }), element(document, "span", { text: "1" }), element(document, "span", { text: String(REACH) })),
    sizeNote);
  const negate = word(() => actions.scale(one(), actions.before(one()), -1));
  const transpose = word(() => actions.transpose(one()));
  const back = word(() => actions.putBack(chosen()));
  const acts = element(document, "div", { class: "initial-row initial-acts" }, negate, transpose, back);
  const tieLabel = element(document, "label", { class: "aside-text", for: "initial-tie" });
  const ties = element(document, "select", { id: "initial-tie", class: "plain-select" });
  ties.addEventListener("change", () => actions.tie(one(), ties.value));
  const tieRow = element(document, "div", { class: "initial-row" }, tieLabel, ties);
  const tied = element(document, "span", { class: "aside-text" });
  const untie = word(() => actions.untie(one()));
  const tiedRow = element(document, "div", { class: "initial-row" }, tied, untie);
  root.append(about, rules, seedRow, sizeRow, acts, tieRow, tiedRow);

  /** The parameters of the layer that is spoken of. @param {State} now */
  const listed = (now) => {
    const addresses = parametersOf(now);
    const own = layer(now, addresses);
    return addresses.filter((address) => prefix(address) === own);
  };
  /** @param {State} now @param {string[]} addresses */
  const layer = (now, addresses) => {
    const address = asked && addresses.includes(asked) ? asked : now.selected?.address;
    return prefix(address && addresses.includes(address) ? address : addresses[0] ?? "");
  };
  /** null: all of the layer. @param {State} now @returns {string | null} */
  const spoken = (now) => {
    const list = listed(now);
    if (asked === null) return null;
    if (asked && list.includes(asked)) return asked;
    const selected = now.selected?.address;
    return selected && list.includes(selected) ? selected : list.find((address) => matrixOf(now, address)?.recurrent) ?? list[0];
  };
  const one = () => /** @type {string} */ (spoken(state()));
  const chosen = () => {
    const address = spoken(state());
    return address === null ? listed(state()) : [address];
  };
  /** @param {StartKind} rule @param {number} from */
  const draw = (rule, from) => {
    kind = rule;
    seed = Math.max(0, Math.min(LARGEST_SEED, from));
    actions.initialise(chosen(), kind, seed);
  };

  /** @param {HTMLElement} row @param {{text: string, label?: string, pressed: boolean, act: () => void}[]} list  `label`: the text is a symbol, and this is what it is called */
  const choices = (row, list) => {
    const focused = [...row.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    row.replaceChildren(...list.map(({ text, label, pressed, act }) => {
      const { letter, sub } = label ? letters(text) : { letter: text, sub: "" };
      return element(document, "button", {
        type: "button", class: label ? "choice symbol" : "choice", "aria-label": label, "aria-pressed": String(pressed), onclick: act,
      }, letter, sub && element(document, "sub", { text: sub }));
    }));
    if (focused >= 0) row.querySelectorAll("button")[focused]?.focus();
  };

  const changed = differs();
  const paint = () => {
    const now = state();
    root.hidden = now.panel !== "initial";
    if (root.hidden) asked = undefined;
    const parameters = now.experiment.parameters;
    if (root.hidden || !changed(parameters, now.network, now.selected, asked, kind, seed, languageOf(now))) return;
    const address = spoken(now);
    const rule = commonRule(now, chosen());
    if (rule) ({ kind, seed } = rule);
    set(root, "aria-label", say(now, "initial.title"));
    set(about, "aria-label", say(now, "initial.about"));
    choices(about, [
      { text: say(now, "initial.all"), pressed: address === null, act: () => choose(null) },
      ...listed(now).map((name) => ({ text: bare(name), label: parameterLabel(now, name, null), pressed: name === address, act: () => choose(name) })),
    ]);
    set(rules, "aria-label", say(now, "initial.rules"));
    choices(rules, KINDS.map((name) => ({ text: say(now, `initial.kind.${name}`), pressed: rule?.kind === name, act: () => draw(name, seed) })));
    setText(seedLabel, say(now, "initial.seed"));
    if (document.activeElement !== seedInput) seedInput.value = String(seed);
    setText(another, say(now, "initial.another"));
    seedRow.hidden = CERTAIN.includes(kind);
    const matrix = address === null ? null : matrixOf(now, address);
    setText(negate, say(now, "initial.negate"));
    setText(transpose, say(now, "initial.transpose"));
    setText(back, say(now, "initial.back"));
    negate.hidden = sizeRow.hidden = address === null;
    transpose.hidden = !matrix?.square;
    if (address !== null) paintSize(now, address);
    paintTies(now, address);
  };

  /** What it can be one with, and what it is one with. @param {State} now @param {string | null} address */
  const paintTies = (now, address) => {
    const others = address === null ? [] : fitting(now, address);
    const same = address === null ? [] : partners(now, address);
    tieRow.hidden = others.length === 0;
    tiedRow.hidden = same.length === 0;
    setText(tieLabel, say(now, "initial.tie"));
    ties.replaceChildren(
      element(document, "option", { value: "", text: say(now, "initial.tie-none"), disabled: true }),
      ...others.map((other) => element(document, "option", { value: other, text: named(now, other) })));
    ties.value = "";
    setText(tied, say(now, "initial.tied", { names: same.map((other) => named(now, other)).join(", ") }));
    setText(untie, say(now, "initial.untie"));
  };

  /** @param {string | null} address */
  const choose = (address) => {
    asked = address;
    paint();
  };

  /** @param {State} now @param {string} address */
  const paintSize = (now, address) => {
    const nested = weightsOf(now)[address];
    const matrix = matrixOf(now, address);
    const radius = matrix?.recurrent ?? false;
    const own = holds(now, address);
    const shown = own ? Number(size.value) : radius ? spectralRadius(/** @type {number[][]} */ (nested)) : 1;
    if (!own) size.value = String(shown);
    size.disabled = radius && shown === 0 && !own;
    setText(sizeName, say(now, radius ? "initial.radius" : "initial.factor"));
    setText(sizeValue, radius ? number(Math.round(shown * 1000) / 1000) : `× ${number(shown)}`);
    set(size, "aria-valuetext", `${sizeName.textContent} ${sizeValue.textContent}`);
    setText(sizeNote, radius ? say(now, shown === 0 ? "initial.none" : shown > 1 + STEP / 10 ? "initial.above" : shown < 1 - STEP / 10 ? "initial.below" : "initial.one") : "");
    setStyle(sizeRow, "--from", "0%");
    setStyle(sizeRow, "--to", `${Math.min(1, shown / REACH) * 100}%`);
  };

  /** @param {State} now @param {string} address */
  const holds = (now, address) => held !== null && held.address === address && (held.made === null || held.made === weightsOf(now)[address]);

  /** @param {boolean} live */
  const resize = (live) => {
    const address = one();
    const before = weightsOf(state())[address];
    if (!held || !holds(state(), address)) {
      const radius = matrixOf(state(), address)?.recurrent;
      held = { address, parameter: actions.before(address), size: radius ? spectralRadius(/** @type {number[][]} */ (before)) : 1, made: null };
    }
    const from = held;
    from.made = null;
    actions.scale(address, from.parameter, Number(size.value) / from.size, { live });
    from.made = weightsOf(state())[address];
    // Too large: nothing was made.
    if (from.made === before) held = null;
  };
  size.addEventListener("input", () => resize(true));
  size.addEventListener("change", () => {
    resize(false);
    paint();
  });
  seedInput.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") seedInput.blur();
    if (event.key !== "Escape") return;
    seedInput.value = String(seed);
    actions.openPanel(null);
  });
  seedInput.addEventListener("change", () => {
    const typed = seedInput.value.normalize("NFKC").trim();
    if (/^\d{1,10}$/.test(typed) && Number(typed) <= LARGEST_SEED) return draw(kind, Number(typed));
    seedInput.value = String(seed);
    actions.say("initial.bad-seed");
  });
  const outside = (/** @type {PointerEvent} */ event) => {
    const target = event.target;
    if (!root.hidden && target instanceof Element && !root.contains(target) && !target.closest(".field, .transport, [aria-controls=initial], .slider-part")) actions.openPanel(null);
  };
  document.addEventListener("pointerdown", outside);

  paint();
  const stop = store.watch(["experiment", "network", "selected", "panel", "preferred"], paint);
  return {
    destroy() {
      stop();
      document.removeEventListener("pointerdown", outside);
      root.replaceChildren();
    },
  };
}

/** A matrix, and whether it is applied to what it gave one step earlier; null for biases. @param {State} now @param {string} address */
function matrixOf(now, address) {
  const shape = now.network.symbols[address]?.shape ?? [];
  if (shape.length !== 2) return null;
  const own = now.network.layers.find((layer) => layer.address === prefix(address));
  const parameter = own && now.network.programs[own.program].parameters.find(({ name }) => name === bare(address));
  const square = shape[0] === shape[1];
  return { square, recurrent: square && parameter?.recurrent === true };
}

/** W_f, with its layer where there are several, and what it is. @param {State} now @param {string} address */
function named(now, address) {
  const layer = layerLabel(now, address);
  return say(now, layer ? "initial.named-layer" : "initial.named", { name: bare(address), label: parameterLabel(now, address, null, true), layer });
}

/** The rule that all of them were started by, if it is one and the same. @param {State} now @param {string[]} addresses */
function commonRule(now, addresses) {
  const [first, ...rest] = addresses.map((address) => startOf(now, address));
  return first && rest.every((start) => start?.kind === first.kind && start.seed === first.seed) ? first : null;
}

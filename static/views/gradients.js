/** Going backward: the gradients of every step below the strip, where the error enters, and how much of it reaches the other steps. */

import { arrow, backflow, isTight } from "../draw/backflow.js";
import { gradient } from "../draw/colour.js";
import { element, replace, set, setStyle, setText, svg, toggle } from "../draw/dom.js";
import { result, tenTo, tight } from "../draw/format.js";
import { settleOn } from "../draw/ground.js";
import { ramp } from "../draw/ramp.js";
import { EXPLODED, firstMarked, norms, percent, reached } from "../draw/reach.js";
import { DECADES, decadeAbove, magnitude } from "../draw/scale.js";
import { roomFor } from "../draw/slots.js";
import * as derive from "../state/derive.js";
import { joined, say } from "../state/words.js";

/** What the loss of the sequence is called. */
const { LOSS } = derive;

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/ground.js").Ground} Ground */

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function gradients(root, { store, actions, document }) {
  const scale = element(document, "span", { class: "flow-scale" });
  const losses = element(document, "span", { class: "flow-choice", role: "group" });
  const parts = element(document, "span", { class: "flow-choice", role: "group" });
  const sentence = element(document, "p", { class: "flow-sentence" });
  replace(root, element(document, "div", { class: "flow-line" }, scale, losses, parts, sentence));

  /** @type {Ground | null} */
  let ground = null;
  /** @type {ReturnType<typeof backflow> | null} */
  let drawn = null;
  const name = svg(document, "text", { class: "name-reach", "aria-hidden": "true" });

  /** @param {State} state @param {Ground} own */
  function build(state, own) {
    drawn = backflow(document, own.plan, { steps: derive.steps(state), carried: (address) => derive.isCarried(state, address) });
    replace(own.group, ...drawn.groups);
    const width = Number(own.names.getAttribute("width")) - 6;
    for (const row of own.plan.rows) {
      if (row.kind !== "reach") continue;
      set(name, "x", width);
      set(name, "y", row.y + 17);
      own.names.append(name);
    }
  }

  /** @param {State} state */
  function paint(state) {
    const { backward, step } = state.experiment;
    root.hidden = derive.direction(state) !== "backward" || !backward || derive.isWide(state);
    if (root.hidden || !backward || !drawn || !ground) return;
    const top = Math.min(EXPLODED, decadeAbove(derive.gradientBound(state)));
    const { first } = derive.reached(state);
    const pending = derive.pending(state);
    const asked = derive.openPrediction(state);
    for (const { row, slots, flows } of drawn.rows) {
      const whole = derive.isWhole(state, row.address, "gradients");
      const lengths = lengthsOf(state, row.address);
      const said = label(state, row.address);
      slots.forEach((slot, index) => {
        const at = index + 1;
        const hidden = derive.isGradientHidden(state, at, row.address);
        const question = hidden && asked?.of === row.address && (asked.step === at || Boolean(asked.curve));
        const later = !row.reverse && (at < first || (at === step && pending(row.address)));
        const value = (/** @type {number} */ unit) => derive.gradientAt(state, row.address, at, unit) ?? NaN;
        slot.paint({ value, reach: hidden ? "hidden" : later ? "later" : "shown", question, top, whole });
        const numbers = Array.from({ length: Math.min(row.units, 8) }, (_, unit) => result(value(unit)));
        set(slot.node, "aria-label", say(state, "gradients.at", { ...said, step: at, value: hidden ? say(state, "strip.hidden") : numbers.join(", ") + (row.units > 8 ? ", …" : "") }));
      });
      flows.forEach((flow, index) => {
        const at = index + 1;
        const to = at + (row.reverse ? 1 : -1);
        const [here, there] = [lengths[index], lengths[to - 1]].map((norm) => magnitude(norm ?? 0, top));
        const nothing = !(lengths[index] > 0) || !(lengths[to - 1] > 0) || derive.isGradientHidden(state, to, row.address);
        const dim = nothing || (!row.reverse && to < first);
        set(flow, "d", arrow(ground?.plan ?? /** @type {never} */ (null), row, at, nothing ? 0 : here, nothing ? 0 : there));
        setStyle(flow, "fill", nothing ? "" : gradient(0.35 + 0.65 * there));
        toggle(flow, "is-later", dim);
        toggle(flow, "is-faint", !nothing && there === 0);
        toggle(flow, "is-exploding", lengths[to - 1] > 10 ** EXPLODED);
      });
    }
    paintLoss(state, backward);
    paintReach(state, backward, top);
  }

  /** @param {State} state @param {import("../net/contract.js").Backward} backward */
  function paintLoss(state, backward) {
    const loss = derive.lossName(state);
    if (!drawn || !ground) return;
    const { plan } = ground;
    const names = drawn.losses.map((_, index) => derive.stepLabel(state, index + 1, plan.pitch));
    const above = isTight(plan, names);
    drawn.losses.forEach((one, index) => {
      const chosen = backward.of === LOSS ? Boolean(state.experiment.loss?.targets[index]) : index + 1 === backward.step;
      one.paint(chosen, names[index], above);
      set(one.node, "aria-label", say(state, chosen ? "gradients.loss-here" : "gradients.loss-at", { name: loss, step: index + 1 }));
    });
    choices(losses, say(state, "gradients.loss"), lossChoices(state, backward.of).map((address) => ({
      key: address, text: short(state, address), chosen: address === backward.of,
      act: () => actions.differentiate(address, address === LOSS ? derive.steps(state) : backward.step, kept(state, address)),
    })));
  }

  /** @param {State} state @param {import("../net/contract.js").Backward} backward @param {number} top */
  function paintReach(state, backward, top) {
    const followed = reachOf(state);
    const low = top - DECADES;
    setText(name, `‖∂${derive.bare(followed)}‖`);
    const reach = reached(lengthsOf(state, followed), backward.step, low);
    const summed = backward.of === LOSS;
    const most = Math.max(...reach.map(({ norm }) => (Number.isFinite(norm) ? norm : 0)), Number.MIN_VALUE);
    const room = roomFor({ width: (ground?.plan.width ?? 0) + 6, height: 0, gap: 0, units: 1, type: 10.5 });
    drawn?.parts.forEach((one, index) => {
      const { norm, share, mark } = reach[index];
      const hidden = derive.isGradientHidden(state, index + 1, followed);
      const known = !hidden && !Number.isNaN(norm);
      const length = !known ? "" : mark === "vanished" ? `< ${tenTo(low)}` : tight(norm, room);
      // Of the loss every step has a part of its own: there is none that all others are a share of.
      const left = summed ? "" : percent(share);
      one.paint(length, known ? (mark === "exploded" ? say(state, "gradients.exploding") : summed ? "" : percent(share, room)) : "", known ? (summed ? norm / most : share) || 0 : 0, known && mark === "exploded");
      set(one.node, "aria-label", say(state, "gradients.reach-at", {
        ...label(state, followed), step: index + 1, value: hidden ? say(state, "strip.hidden") : result(norm), share: hidden ? "" : left || "–",
      }));
    });
    parts.hidden = reachChoices(state).length === 0;
    choices(parts, say(state, "gradients.reach"), reachChoices(state).map((address) => ({
      key: address, text: short(state, address), chosen: address === followed, act: () => actions.followGradient(address),
    })));
    paintWords(state, backward, { top, low, reach, followed, hidden: derive.concealed(state) !== null });
  }

  /** @param {State} state @param {import("../net/contract.js").Backward} backward @param {{top: number, low: number, reach: import("../draw/reach.js").Reach[], followed: string, hidden: boolean}} what */
  function paintWords(state, backward, { top, low, reach, followed, hidden }) {
    const key = `${low}:${top}`;
    if (scale.dataset.key !== key) {
      scale.dataset.key = key;
      replace(scale, tenTo(low), ramp(document), tenTo(top));
    }
    const way = derive.isReversed(state, followed) ? 1 : -1;
    const end = way < 0 ? 1 : reach.length;
    const args = { symbol: derive.bare(followed), step: end, share: percent(reach[end - 1].share), low: tenTo(low), high: tenTo(EXPLODED) };
    const [gone, grown] = /** @type {const} */ (["vanished", "exploded"]).map((mark) => firstMarked(reach, backward.step, way, mark));
    const said = hidden ? "" : grown !== null ? say(state, "gradients.exploded", { ...args, step: grown })
      : gone !== null ? say(state, "gradients.vanished", { ...args, step: gone })
      : derive.isStateless(state) ? say(state, "strip.stateless")
      : args.share && backward.step !== end && backward.of !== LOSS ? say(state, "gradients.arrives", args) : "";
    const { carried } = state.experiment;
    const truncated = carried > 0 ? say(state, "gradients.truncated", { reading: carried }) : "";
    setText(sentence, joined(state, [said, top > 0 ? say(state, "gradients.stretched", { high: tenTo(top) }) : "", truncated]));
  }

  /** @param {Event} event */
  function act(event) {
    const target = /** @type {Element} */ (event.target);
    const cell = target.closest(".loss, .part");
    if (!cell || (event instanceof KeyboardEvent && (event.key !== "Enter" || !cell.matches(":focus-visible")))) return;
    event.preventDefault();
    event.stopPropagation();
    const step = Number(cell.getAttribute("data-step"));
    const { backward } = store.get().experiment;
    if (cell.matches(".loss") && backward && backward.of !== LOSS) actions.differentiate(backward.of, step, backward.unit);
    actions.seek(step);
  }

  /** @type {Set<SVGGElement>} */
  const heard = new Set();
  const draw = () => paint(store.get());
  settleOn(root, (own) => {
    ground = own;
    if (!heard.has(own.group)) {
      heard.add(own.group);
      own.group.addEventListener("click", act);
      own.group.addEventListener("keydown", act);
    }
    build(store.get(), own);
    draw();
  });
  const stop = store.watch(["setting", "network", "lesson", "values", "gradients", "equation", "predictions", "preferred"], draw);
  return {
    destroy() {
      stop();
      replace(root);
    },
  };

  /** @param {HTMLElement} node @param {string} title @param {{key: string, text: string, chosen: boolean, act: () => void}[]} list */
  function choices(node, title, list) {
    const key = [title, ...list.map((one) => `${one.key}:${one.text}`)].join();
    if (node.dataset.key !== key) {
      node.dataset.key = key;
      set(node, "aria-label", title);
      replace(node, element(document, "span", { text: title }), ...list.map(({ key: address, text }) => {
        const [symbol, ...layer] = text.split(" ");
        return element(document, "button", { type: "button", class: "choice" }, element(document, address === LOSS ? "span" : "var", { text: symbol }), layer.length ? ` ${layer.join(" ")}` : null);
      }));
    }
    list.forEach(({ chosen, act: choose }, index) => {
      const button = /** @type {HTMLButtonElement} */ (node.children[index + 1]);
      button.onclick = choose;
      set(button, "aria-pressed", String(chosen));
    });
  }
}

/** @param {State} state @param {string} address @returns {number[]} */
function lengthsOf(state, address) {
  return norms(derive.steps(state), derive.unitCount(state, address), (step, unit) => derive.gradientAt(state, address, step, unit));
}

/** Whose way back is followed: the one asked for, else the memory of the layer that L is of, else of the highest. @param {State} state */
function reachOf(state) {
  const all = reachChoices(state);
  const asked = String(state.experiment.view.reach ?? "");
  if (all.includes(asked)) return asked;
  const own = derive.prefix(state.experiment.backward?.of ?? "");
  return all.find((address) => derive.prefix(address) === own) ?? all[0] ?? derive.gradientRows(state)[0];
}

/** @param {State} state */
function reachChoices(state) {
  return derive.gradientRows(state).filter((address) => derive.isCarried(state, address));
}

/** What can be differentiated: what leaves the network and its highest layer; of one layer alone, what it holds too. @param {State} state @param {string} of */
function lossChoices(state, of) {
  const top = derive.stacked(state)[0]?.layer;
  const found = state.network.layers.filter(({ layer }) => layer === "readout" || layer === top).flatMap(({ address, program }) => {
    const { output, states } = state.network.programs[program];
    return [...new Set([output, ...(derive.isStacked(state) ? [] : states)])].map((symbol) => `${address}.${symbol}`);
  });
  if (state.experiment.loss) found.unshift(LOSS);
  return found.includes(of) ? found : [of, ...found];
}

/** The same unit, where there is such a one. @param {State} state @param {string} address */
function kept(state, address) {
  const unit = state.experiment.backward?.unit ?? null;
  return unit !== null && address !== LOSS && unit < derive.unitCount(state, address) ? unit : null;
}

/** @param {State} state @param {string} address */
function short(state, address) {
  return address === LOSS ? say(state, "label.loss") : [derive.bare(address), derive.layerLabel(state, address, "short")].filter(Boolean).join(" ");
}

/** @param {State} state @param {string} address */
function label(state, address) {
  const layer = derive.layerLabel(state, address);
  const symbol = derive.bare(address);
  return { name: layer ? say(state, "strip.of-layer", { name: symbol, layer }) : symbol, label: derive.symbolLabel(state, address) };
}

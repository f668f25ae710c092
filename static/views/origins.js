/** Going backward: where the blame of the memory comes from, part by part. */

import { gradientTerms } from "../draw/arithmetic.js";
import { element, set, setStyle, setText } from "../draw/dom.js";
import { brief, number } from "../draw/format.js";
import { numbersOf } from "../draw/numbers.js";
import { direction, gradientAt, isWayBackHidden, LOSS, mainLayer, symbolLabel, unit, unitCount, unitName } from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {{key: string, label: string, value: number, total?: boolean}} Part */

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function origins(root, { store, document }) {
  const title = element(document, "h2", { class: "eyebrow" });
  const meeting = element(document, "div", { class: "origin-meeting", hidden: true });
  const list = element(document, "dl", { class: "origin-list" });
  root.append(title, meeting, list);
  let built = "";

  /** @param {Part[]} parts */
  const build = (parts) => {
    const key = parts.map((part) => part.key).join();
    if (key === built) return;
    built = key;
    list.replaceChildren(...parts.map(({ total }) => element(document, "div", { class: total ? "origin is-total" : "origin" },
      element(document, "dt"), element(document, "dd", { class: "number" }), element(document, "span", { class: "origin-bar", "aria-hidden": "true" }))));
  };

  const draw = () => {
    const now = /** @type {State} */ (store.get());
    const address = memory(now);
    const { step } = now.experiment;
    // A memory may have fewer units than the layer.
    const index = address === null ? 0 : Math.min(unit(now), unitCount(now, address) - 1);
    const known = address !== null && gradientAt(now, address, step, index) !== undefined;
    root.hidden = direction(now) !== "backward" || !known || isWayBackHidden(now, step);
    if (root.hidden || !address) return;
    const key = unitCount(now, address) > 1 ? "origins.title-unit" : "origins.title";
    setText(title, say(now, key, { label: symbolLabel(now, address), unit: index + 1 }));
    set(root, "aria-label", title.textContent);
    const parts = partsOf(now, address, step, index);
    build(parts);
    meet(now, address, step, index);
    const most = Math.max(...parts.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
    parts.forEach(({ label, value }, at) => {
      const [name, sum, bar] = list.children[at].children;
      setText(name, label);
      setText(sum, `${value > 0 ? "+" : ""}${brief(value)}`);
      const share = Number.isFinite(value) ? Math.abs(value) / most : 1;
      setStyle(/** @type {HTMLElement} */ (bar), "width", `${100 * Math.min(1, share)}%`);
    });
  };

  /** Of the loss two parts arrive: from above what this step itself is to blame for, from the right what later ones say. @param {State} now @param {string} address @param {number} step @param {number} index */
  const meet = (now, address, step, index) => {
    const found = arrivals(now, address, step, index);
    meeting.hidden = found === null;
    list.hidden = !meeting.hidden;
    if (!found) return;
    const [here, next, total] = [found.here, found.next, found.total].map(number);
    const name = unitName(`∂${address.slice(address.lastIndexOf(".") + 1)}`, index, unitCount(now, address));
    meeting.replaceChildren(
      element(document, "div", { class: "meeting-part meeting-here" }, element(document, "b", { class: "number", text: here }), element(document, "span", { text: say(now, "origins.here") }), element(document, "i", { text: "↓" })),
      element(document, "div", { class: "meeting-sum" }, element(document, "var", { text: name }), element(document, "b", { class: "number", text: total })),
      element(document, "div", { class: "meeting-part meeting-next" }, element(document, "i", { text: "←" }), element(document, "b", { class: "number", text: next }), element(document, "span", { text: say(now, "origins.later") })));
    set(meeting, "role", "img");
    set(meeting, "aria-label", say(now, "origins.sum", { name, here, next, total }));
  };

  draw();
  const stop = store.watch(["setting", "network", "gradients", "values", "predictions", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** The state whose gradient is followed. @param {State} state */
function memory(state) {
  const layer = mainLayer(state);
  const name = layer && state.network.programs[layer.program].states[0];
  return layer && name ? `${layer.address}.${name}` : null;
}

/** The two parts, which add up to the total; null where it is not the loss of the sequence that is followed. @param {State} state @param {string} address @param {number} step @param {number} index */
function arrivals(state, address, step, index) {
  if (state.experiment.backward?.of !== LOSS) return null;
  const cut = address.lastIndexOf(".");
  const found = gradientTerms(address.slice(cut + 1), numbersOf(state, address.slice(0, cut)), index, step);
  if (!found) return null;
  const next = found.terms.filter(({ when, value }) => when === "next" && !Number.isNaN(value)).reduce((sum, { value }) => sum + value, 0);
  return { here: found.value - next, next, total: found.value };
}

/** @param {State} state @param {string} address @param {number} step @param {number} index @returns {Part[]} */
function partsOf(state, address, step, index) {
  const cut = address.lastIndexOf(".");
  const found = gradientTerms(address.slice(cut + 1), numbersOf(state, address.slice(0, cut)), index, step);
  if (!found) return [];
  const parts = found.terms.filter(({ value }) => !Number.isNaN(value)).map(({ via, when, value }) => {
    const key = when === "outside" ? "origins.outside" : when === "next" ? "origins.next" : "origins.now";
    return { key: `${when}:${via}`, label: say(state, key, { name: via }), value };
  });
  return [...parts, { key: "total", label: say(state, "origins.total"), value: found.value, total: true }];
}

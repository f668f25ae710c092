/** Above the unrolled network: what is asked for at each step, how far the network is from it, and the sum. */

import { element, replace, set, setText, svg, toggle } from "../draw/dom.js";
import { brief, number, result } from "../draw/format.js";
import { settleOn } from "../draw/ground.js";
import { leftOf } from "../draw/plan.js";
import { cells, rowGroup } from "../draw/unrolled.js";
import { targetText } from "../state/classes.js";
import * as derive from "../state/derive.js";
import { say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../draw/ground.js").Ground} Ground */

/** From this width on the probability stands beside the loss. */
const BOTH = 84;
/** Views in the cell's place that say more about the loss, and their words. */
const STUDIES = [["surface", "losses.surface"], ["learning", "losses.learn"]];
/** The sum has more. */
const DIGITS = 3;

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function losses(root, { store, actions, document }) {
  const sentence = element(document, "p", { class: "loss-sum" });
  const total = element(document, "b", { class: "number" });
  const kindText = element(document, "span");
  const studies = STUDIES.map(([name]) => element(document, "button", { type: "button", class: "quiet loss-learn", onclick: () => actions.setStudy(derive.study(store.get()) === name ? "cell" : name) }));
  sentence.append(total, " ", kindText, ...studies);
  replace(root, sentence);

  /** @type {{kind: string, node: SVGGElement, label: SVGTextElement, share: SVGTextElement | null, units: SVGGElement[]}[]} */
  let drawn = [];
  /** Before each step but the first. @type {SVGTextElement[]} */
  let pluses = [];
  /** @type {Set<SVGGElement>} */
  const heard = new Set();

  /** @param {Ground} ground */
  function build({ plan, group, names }) {
    drawn = [];
    const state = store.get();
    const groups = plan.rows.flatMap((row) => {
      if (row.kind !== "target" && row.kind !== "cost") return [];
      const own = rowGroup(document, row);
      const made = cells(plan, row, own, derive.steps(state), () => cell(row.kind, row.size.width, row.height));
      drawn.push(...made);
      if (row.kind === "cost") {
        pluses = made.slice(1).map((_, index) => svg(document, "text", { x: leftOf(plan, index + 2) - (plan.pitch - plan.width) / 2, y: row.y + 18, text: "+" }));
        own.append(svg(document, "g", { class: "loss-plus", "aria-hidden": "true" }, ...pluses));
      }
      const x = Number(names.getAttribute("width")) - 2;
      names.append(row.kind === "cost" ? svg(document, "text", { class: "name-loss", x: x - 4, y: row.y + 18, text: "L" }) : svg(document, "text", { class: "name-note", x, y: row.y + 16, text: say(state, "losses.aim") }));
      return [own];
    });
    replace(group, ...groups);
  }

  /** @param {string} kind @param {number} width @param {number} height */
  function cell(kind, width, height) {
    const share = kind === "cost" && width >= BOTH ? svg(document, "text", { class: "share", x: width / 2 + 6, y: height / 2 + 5, "text-anchor": "start" }) : null;
    const label = svg(document, "text", { class: "figure", x: width / 2, y: height / 2 + 5 });
    const node = svg(document, "g", { class: `aim aim-${kind}` }, svg(document, "rect", { class: "box", width, height, rx: height / 2 }), label, share);
    return { kind, node, label, share, units: [] };
  }

  const draw = () => {
    const state = store.get();
    const { loss } = state.experiment;
    root.hidden = !loss || derive.isWide(state);
    if (root.hidden || !loss) return;
    const { last } = derive.reached(state);
    for (const { kind, node, label, share } of drawn) {
      const step = Number(node.getAttribute("data-step"));
      const row = loss.targets[step - 1] ?? null;
      const hidden = derive.isHidden(state, step);
      const value = derive.valueAt(state, "loss", step);
      const chance = derive.valueAt(state, "loss_probability", step);
      const aim = row ? targetText(state, row, brief) : "";
      const known = row !== null && !hidden && value !== undefined;
      toggle(node, "is-empty", row === null);
      toggle(node, "is-later", kind === "cost" && derive.direction(state) === "forward" && step > last);
      if (kind === "target") {
        setText(label, aim);
        set(node, "aria-label", say(state, row ? "losses.target-at" : "losses.none-at", { step, target: aim }));
        continue;
      }
      const both = share !== null && known && chance !== undefined && chance === chance;
      setText(label, known ? number(Number(value.toPrecision(DIGITS))) : "");
      set(label, "x", both ? Number(node.firstElementChild?.getAttribute("width")) / 2 - 2 : Number(node.firstElementChild?.getAttribute("width")) / 2);
      toggle(label, "is-left", both);
      if (share) setText(share, both ? `p ${chance.toFixed(2)}` : "");
      const told = { step, value: known ? result(value) : say(state, "strip.hidden"), target: aim, chance: chance === undefined ? "" : brief(chance) };
      set(node, "aria-label", say(state, row === null ? "losses.none-at" : chance === chance && chance !== undefined ? "losses.at-chance" : "losses.at", told));
    }
    const first = loss.targets.findIndex(Boolean);
    pluses.forEach((node, index) => set(node, "visibility", index >= first && loss.targets[index + 1] ? "visible" : "hidden"));
    const sum = derive.concealed(state) === null ? derive.valueAt(state, "loss_sum", derive.steps(state)) : undefined;
    setText(total, say(state, "losses.sum", { value: sum === undefined ? "…" : result(sum) }));
    setText(kindText, say(state, `losses.sum-kind.${loss.kind}`));
    STUDIES.forEach(([name, key], at) => {
      setText(studies[at], say(state, key));
      set(studies[at], "aria-pressed", String(derive.study(state) === name));
    });
  };

  /** @param {Event} event */
  function act(event) {
    const found = /** @type {Element} */ (event.target).closest(".aim");
    if (!found || (event instanceof KeyboardEvent && (event.key !== "Enter" || !found.matches(":focus-visible")))) return;
    event.preventDefault();
    event.stopPropagation();
    actions.seek(Number(found.getAttribute("data-step")));
  }

  settleOn(root, (ground) => {
    if (!heard.has(ground.group)) {
      heard.add(ground.group);
      ground.group.addEventListener("click", act);
      ground.group.addEventListener("keydown", act);
    }
    build(ground);
    draw();
  });
  const stop = store.watch(["setting", "network", "lesson", "values", "predictions", "preferred"], draw);
  return {
    destroy() {
      stop();
      replace(root);
    },
  };
}

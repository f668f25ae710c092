/** What can be moved and typed beside an error surface: how far the loss goes, what is asked, the descent. */

import { element, set, setStyle, setText } from "../../draw/dom.js";
import { typed } from "../../draw/field.js";
import { steps } from "../../state/derive.js";
import { firstAsked } from "../../state/surfaces.js";
import { say } from "../../state/words.js";
import { entry, fill } from "./entry.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */

const TYPED = /** @type {const} */ (["target", "rate", "clip"]);
const BUTTONS = /** @type {const} */ (["one", "ten", "run", "back", "take"]);
/** How many updates each button makes. */
const UPDATES = { one: 1, ten: 10, run: 60 };

/** @param {Document} document @param {any} actions @param {() => void} redraw */
export function surfaceControls(document, actions, redraw) {
  const until = element(document, "input", { class: "slider", type: "range", step: 1, oninput: () => actions.setUntil(Number(until.value)) });
  const untilText = element(document, "span", { class: "surface-label" });
  const rail = element(document, "div", { class: "slider-body" }, until);
  const reach = element(document, "div", { class: "surface-until" }, untilText, rail);
  const rows = Object.fromEntries(TYPED.map((name) => {
    const node = entry(document, `surface-${name}`, (text) => {
      const value = typed(text);
      if (value !== null && (name === "target" || (name === "rate" ? value > 0 : value >= 0))) {
        actions.accept();
        actions.setSurface({ [name]: value });
      } else actions.refuse(value);
    }, redraw);
    const text = element(document, "span", { class: "surface-label" });
    return [name, { node, text, row: element(document, "label", { class: "surface-row" }, text, node) }];
  }));
  const asked = element(document, "p", { class: "aside-text surface-asked" });
  const descent = element(document, "h3", { class: "heading" });
  const acts = { one: () => actions.roll(UPDATES.one), ten: () => actions.roll(UPDATES.ten), run: () => actions.roll(UPDATES.run), back: () => actions.setSurface({ updates: 0 }), take: () => actions.takeOver() };
  const buttons = Object.fromEntries(BUTTONS.map((name) => [name, element(document, "button", { type: "button", class: "quiet surface-button", onclick: acts[name] })]));
  const group = element(document, "div", { class: "surface-buttons", role: "group" }, ...Object.values(buttons));

  return {
    nodes: [reach, asked, rows.target.row, descent, rows.rate.row, rows.clip.row, group],
    /** `rest`: nothing would move any more. @param {State} now @param {Settings} own @param {boolean} rest */
    paint(now, own, rest) {
      const [least, most] = [firstAsked(now), steps(now)];
      reach.hidden = least === most;
      set(until, "min", least);
      set(until, "max", most);
      until.value = String(own.until);
      setStyle(rail, "--to", `${((own.until - least) / Math.max(1, most - least)) * 100}%`);
      set(until, "aria-label", say(now, "surface.until"));
      setText(untilText, say(now, "surface.steps", { count: own.until }));
      rows.target.row.hidden = Boolean(now.experiment.loss);
      asked.hidden = Boolean(now.experiment.loss) || now.experiment.view.target !== undefined;
      setText(asked, say(now, "surface.no-loss"));
      for (const name of TYPED) {
        setText(rows[name].text, say(now, `surface.${name}`));
        fill(rows[name].node, own[name]);
      }
      setText(descent, say(now, "surface.descent"));
      set(group, "aria-label", say(now, "surface.descent"));
      const full = rest || own.updates >= (now.limits.updates ?? Infinity);
      for (const name of BUTTONS) {
        setText(buttons[name], say(now, `surface.${name}`, { count: UPDATES.run }));
        buttons[name].disabled = name in UPDATES ? full : own.updates === 0;
      }
    },
  };
}

/** The settings of the runs: usual ones quiet, changed ones marked, what is wrong with one below it. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setText, toggle } from "../../draw/dom.js";
import { number } from "../../draw/format.js";
import { isBegun } from "../../state/training/runs.js";
import { fields, isShared, typedValue } from "../../state/training/settings.js";
import { languageOf, say } from "../../state/words.js";
import { equationsRow } from "./equations.js";
import { faultText, runNames, settingName, settingValue } from "./saying.js";
import { stageStart } from "./starting.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/settings.js").Field} Field */
/** What several runs have in one field; `values` of each run. @typedef {{field: Field, values: (string | number)[], same: boolean}} Row */

const GROUPS = ["task", "network", "learning", "data"];

/** @param {Document} document @param {() => State} state @param {any} actions */
export function settingsPanel(document, state, actions) {
  const title = element(document, "h2", { class: "heading" });
  const scope = element(document, "div", { class: "training-scope", role: "group" });
  const groups = Object.fromEntries(GROUPS.map((name) => {
    const legend = element(document, "legend", { class: "training-group" });
    const rows = element(document, "div", { class: "training-rows" });
    return [name, { legend, rows, node: element(document, "fieldset", { class: "training-set" }, legend, rows) }];
  }));
  const summary = element(document, "summary", { class: "aside-text" });
  const rest = element(document, "div", { class: "training-rows" });
  const more = element(document, "details", { class: "training-more" }, summary, rest);
  const note = element(document, "p", { class: "aside-text" });
  const node = element(document, "section", { class: "training-panel" }, element(document, "div", { class: "tool-head" }, title), scope, ...GROUPS.map((name) => groups[name].node), more, note);
  /** @type {Map<string, ReturnType<typeof row>>} */
  const rows = new Map();
  const equations = equationsRow(document, actions);
  const starting = stageStart(document, actions);

  /** @param {string} key @param {boolean} list */
  function row(key, list) {
    const label = element(document, "span", { class: "training-label" });
    const usual = element(document, "span", { class: "training-usual aside-text" });
    const fault = element(document, "p", { class: "training-fault", id: `training-fault-${key}` });
    const note = element(document, "p", { class: "training-note aside-text" });
    /** @type {Field | null} */
    let own = null;
    let shown = "";
    /** Why what was typed cannot be; it stays until something else is typed. */
    let refused = "";
    const control = list
      ? element(document, "select", { class: "training-choice", onchange: () => actions.setTraining(key, /** @type {HTMLSelectElement} */ (control).value) })
      : element(document, "input", { class: "training-entry number", type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
        const value = own && typedValue(own, control.value);
        const wrong = value === null && control.value !== "" && own;
        refused = wrong ? say(state(), wrong.kind === "whole" ? "train.not-whole" : wrong.above ? "train.not-above" : "train.not-number", { low: number(wrong.low), high: number(wrong.high) }) : "";
        mark(refused);
        if (wrong) return;
        if (value !== null && control.value !== shown) actions.setTraining(key, value);
        else control.value = shown;
      } });
    const line = element(document, "label", { class: "training-row" }, label, usual, control);
    /** @param {string} wrong */
    const mark = (wrong) => {
      setText(fault, wrong);
      set(control, "aria-invalid", wrong ? "true" : null);
      set(control, "aria-describedby", wrong ? fault.id : null);
    };
    return {
      node: element(document, "div", { class: "training-field" }, line, note, fault),
      /** @param {State} now @param {Row} what @param {boolean} locked @param {string} wrong */
      paint(now, { field, values, same }, locked, wrong) {
        own = field;
        const changed = values.some((value) => value !== field.usual);
        setText(label, settingName(now, key));
        toggle(line, "is-changed", changed && key !== "task");
        const fixed = field.fixed === "task";
        setText(usual, fixed ? say(now, "train.fixed-task") : changed && same && key !== "task" && !list ? say(now, "train.usual", { value: settingValue(now, key, field.usual) }) : "");
        control.disabled = locked || fixed;
        setText(note, field.fixed && !fixed ? say(now, `train.fixed-${field.fixed}`) : "");
        const various = say(now, "train.various");
        if (list) {
          const texts = field.all.map((name) => settingValue(now, key, name));
          const options = [...(same ? [] : [element(document, "option", { value: "", text: various })]), ...field.all.map((name, at) => element(document, "option", { value: name, text: texts[at] }))];
          const built = options.map(({ value, text }) => `${value}=${text}`).join("\n");
          if (built !== shown) replace(control, ...options);
          shown = built;
          control.value = same ? String(values[0]) : "";
        } else {
          shown = same ? number(Number(values[0])) : "";
          if (!refused && document.activeElement !== control) control.value = shown;
          set(control, "placeholder", same ? null : various);
        }
        mark(wrong || refused);
      },
    };
  }

  const changed = differs();
  /** @param {HTMLElement} place @param {HTMLElement[]} nodes */
  const lay = (place, nodes) => {
    if (nodes.length !== place.children.length || nodes.some((each, at) => each !== place.children[at])) replace(place, ...nodes);
  };

  /** @param {State} now @param {Training} training */
  function paint(now, training) {
    const { runs, edited, offer } = training;
    const going = runs.some(({ status }) => status === "going" || status === "asked");
    const givens = runs.map(({ given }) => given);
    if (!changed(JSON.stringify(givens), edited, going, languageOf(now), now.cells, ...runs.map(({ problems }) => problems), runs.some(isBegun), runs.map(({ name }) => name).join(), training.wanted, now.experiment?.parameters.values)) return;
    void actions.askWeights();
    setText(title, say(now, "train.settings"));
    const names = runNames(now, training);
    const tabs = runs.length > 1 ? [tab(null, say(now, "train.all")), ...runs.map((_, at) => tab(at, names[at]))] : [];
    if (runs.length < 4) tabs.push(element(document, "button", { type: "button", class: "quiet training-add", disabled: going, text: runs.length > 1 ? "+" : `+ ${say(now, "train.add")}`, "aria-label": say(now, "train.add"), onclick: () => actions.addRun() }));
    if (edited !== null && runs.length > 1) tabs.push(element(document, "button", { type: "button", class: "quiet training-add", disabled: going, text: "−", "aria-label": say(now, "train.drop", { name: names[edited] }), onclick: () => actions.dropRun(edited) }));
    replace(scope, ...tabs);
    set(scope, "aria-label", say(now, "train.scope"));

    const meant = edited === null ? givens : [givens[edited]];
    const each = meant.map((given) => new Map(fields(offer, given).map((field) => [field.key, field])));
    const found = /** @type {Map<string, Row>} */ (new Map());
    for (const known of each) {
      for (const [key, field] of known) {
        const values = each.map((other) => other.get(key)?.value ?? field.usual);
        if (!found.has(key) && (edited === null || !isShared(key))) found.set(key, { field, values, same: values.every((value) => value === values[0]) });
      }
    }
    const fits = starting.paint(now, training, meant, edited === null ? names : [names[edited]], going);
    const problems = (edited === null ? runs : [runs[edited]]).flatMap((run) => run.problems);
    /** @type {Record<string, HTMLElement[]>} */
    const placed = { ...Object.fromEntries(GROUPS.map((name) => [name, []])), more: [] };
    for (const [key, what] of found) {
      if (what.field.kind === "text") {
        const alike = meant.every(({ cell }) => cell === meant[0].cell);
        equations.paint(now, what.same ? String(what.values[0]) : null, { locked: going, alike, problems });
        placed[what.field.group].push(equations.node);
        continue;
      }
      const id = `${key}${what.field.kind === "choice"}`;
      const own = rows.get(id) ?? row(key, what.field.kind === "choice");
      rows.set(id, own);
      const wrong = problems.find(({ where }) => where?.field === key || key.endsWith(`.${where?.field}`));
      own.paint(now, what, going, wrong ? faultText(now, wrong) : "");
      const hidden = (what.field.rare || (what.field.fixed !== "" && what.field.fixed !== "task")) && what.values.every((value) => value === what.field.usual) && !wrong && !(key === "start" && fits);
      placed[hidden ? "more" : what.field.group].push(own.node, ...(key === "start" ? [starting.node] : []));
    }
    for (const name of GROUPS) {
      setText(groups[name].legend, say(now, `train.group-${name}`));
      lay(groups[name].rows, placed[name]);
      groups[name].node.hidden = placed[name].length === 0;
    }
    setText(summary, say(now, "train.more"));
    lay(rest, placed.more);
    more.hidden = placed.more.length === 0;
    note.hidden = !runs.some(isBegun);
    setText(note, say(now, going ? "train.locked" : "train.anew"));

    /** @param {number | null} at @param {string} text */
    function tab(at, text) {
      return element(document, "button", { type: "button", class: `choice ${at === null ? "" : `run-${at}`}`, "aria-pressed": String(edited === at), onclick: () => actions.editRun(at) },
        at !== null && element(document, "span", { class: "training-dot", "aria-hidden": "true" }), text);
    }
  }
  return { node, paint };
}

/** How far each run is, in numbers: also the legend of all pictures. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setText, svg } from "../../draw/dom.js";
import { brief, number, result } from "../../draw/format.js";
import { newest, solvedAt } from "../../state/training/runs.js";
import { taskOf } from "../../state/training/settings.js";
import { languageOf, problemHint, say } from "../../state/words.js";
import { DASHES, duration, faultText, percent, runNames } from "./saying.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/runs.js").Run} Run */

const COLUMNS = ["update", "loss", "held", "right", "speed", "left"];

/** @param {Document} document @param {any} actions */
export function standingTable(document, actions) {
  const head = element(document, "tr", {});
  const body = element(document, "tbody", {});
  const node = element(document, "table", { class: "training-standing number" }, element(document, "thead", {}, head), body);
  const built = differs();
  /** @type {{row: HTMLElement, name: HTMLElement, text: HTMLElement, cells: HTMLElement[], fault: HTMLElement}[]} */
  let rows = [];

  /** @param {number} at */
  function line(at) {
    const text = element(document, "span", {});
    const name = element(document, "button", { type: "button", class: "training-run", onclick: () => actions.seeRun(at) }, swatch(document, at), text);
    const cells = COLUMNS.map(() => element(document, "td", {}));
    const fault = element(document, "td", { class: "training-stop", colspan: COLUMNS.length + 1 });
    return { name, text, cells, fault, row: element(document, "tr", { class: `run-${at}` }, element(document, "th", { scope: "row" }, name), ...cells) };
  }

  return {
    node,
    /** @param {State} now @param {Training} training */
    paint(now, training) {
      const { runs, seen, offer } = training;
      const names = runNames(now, training);
      if (built(runs.length, languageOf(now))) {
        replace(head, element(document, "th", { scope: "col" }, element(document, "span", { class: "unseen", text: say(now, "train.run") })),
          ...COLUMNS.map((name) => element(document, "th", { scope: "col", text: say(now, `train.${name}`) })));
        rows = runs.map((_, at) => line(at));
      }
      const lines = rows.flatMap(({ row, fault }, at) => (runs[at]?.problems.length ? [row, fault.parentElement ?? element(document, "tr", {}, fault)] : [row]));
      if (lines.length !== body.children.length || lines.some((each, at) => each !== body.children[at])) replace(body, ...lines);
      runs.forEach((run, at) => {
        const { name, text, cells, fault } = rows[at];
        setText(text, names[at]);
        set(name, "aria-pressed", String(at === seen));
        const solved = solvedAt(run, taskOf(offer, run.given.task).solved);
        said(now, run).forEach((words, column) => setText(cells[column], words));
        cells[3].classList.toggle("is-solved", solved !== null);
        set(cells[3], "title", solved === null ? null : say(now, "train.solved", { update: solved }));
        if (solved !== null) setText(cells[3], `${cells[3].textContent} ✓`);
        setText(fault, run.problems.map((problem) => account(now, problem)).join(" "));
      });
    },
  };
}

/** @param {State} now @param {Run} run @returns {string[]} */
function said(now, run) {
  const { history, done, updates, status, perSecond, left, waiting } = run;
  const held = newest(run);
  const loss = history.of("loss").at(-1);
  const going = status === "going" && perSecond > 0;
  const last = waiting > 0 ? say(now, "train.waiting", { count: waiting }) : going ? duration(now, left) : say(now, `train.is-${status}`);
  return [
    updates > 0 ? `${brief(done)} / ${brief(updates)}` : "", loss === undefined ? "" : result(loss), held ? result(held.loss) : "", held ? percent(held.accuracy) : "",
    going ? say(now, "train.per-second", { count: number(perSecond < 10 ? Number(perSecond.toFixed(1)) : Math.round(perSecond)) }) : "", last,
  ];
}

/** What went wrong; what the page has words for says itself what to do. @param {State} now @param {import("../../net/contract.js").Problem} problem */
function account(now, problem) {
  const text = faultText(now, problem);
  return text === problem.message ? `${text} ${problemHint(now, problem)}` : text;
}

/** A piece of the run's line. @param {Document} document @param {number} at */
export function swatch(document, at) {
  return svg(document, "svg", { class: "training-swatch", viewBox: "0 0 26 10", "aria-hidden": "true" },
    svg(document, "path", { d: "M1 5H25", "stroke-dasharray": DASHES[at].join(" ") || null }));
}

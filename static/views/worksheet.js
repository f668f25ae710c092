/** The lesson on paper: what is given, what is to be worked out, and on a page of its own what comes out. */

import { curve } from "../draw/curve.js";
import { element, replace, set, setText } from "../draw/dom.js";
import { brief, number } from "../draw/format.js";
import { insert } from "../draw/markup.js";
import { isWord } from "../draw/symbol.js";
import { symbol } from "../draw/tokens.js";
import { className, targetText } from "../state/classes.js";
import { drawnSteps, truthAt } from "../state/curves.js";
import * as derive from "../state/derive.js";
import { pick, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/** What a sheet of paper holds. */
const MOST = { steps: 30, units: 4, weights: 80, unbroken: 16 };
/** So many columns stand side by side where no number has more signs than this. */
const ACROSS = [[4, 10], [7, 8], [9, 7]];
const PAPER = { width: 480, height: 150, type: 10 };

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function worksheet(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const label = element(document, "span", { class: "save-label" });
  const button = element(document, "button", { type: "button", class: "save-kind", onclick: () => void print() });
  const paper = element(document, "article", { class: "worksheet" });
  root.append(element(document, "div", { class: "save-row" }, label, button));

  const print = async () => {
    // Of a long sequence the page has only the numbers that are near.
    const values = derive.isWide(state()) ? await (await actions.saving()).values() : state().values;
    if (!values) return;
    const now = { ...state(), values };
    replace(paper, task(document, now), answers(document, now));
    document.body.append(paper);
    document.defaultView?.print();
  };
  const done = () => paper.remove();
  document.defaultView?.addEventListener("afterprint", done);

  const draw = () => {
    setText(label, say(state(), "worksheet.label"));
    setText(button, say(state(), "worksheet.print"));
    set(button, "aria-label", say(state(), "worksheet.print-what"));
  };
  draw();
  const stop = store.watch(["experiment", "preferred"], draw);
  return {
    destroy() {
      stop();
      done();
      document.defaultView?.removeEventListener("afterprint", done);
      root.replaceChildren();
    },
  };
}

/** @param {Document} document @param {State} now */
function task(document, now) {
  const open = now.lesson ?? now.cell;
  const questions = questionsOf(now);
  return element(document, "section", { class: "worksheet-page" },
    element(document, "p", { class: "worksheet-person" }, element(document, "span", { text: say(now, "worksheet.name") }), element(document, "span", { text: say(now, "worksheet.date") })),
    element(document, "h1", { text: open ? pick(now, open.title) : say(now, "header.own") }),
    now.lesson && element(document, "p", { text: pick(now, now.lesson.summary) }),
    element(document, "h2", { text: say(now, "worksheet.given") }), equations(document, now), below(document, now), weights(document, now), starts(document, now),
    asks(now) && element(document, "p", {}, element(document, "var", { text: "L" }), say(now, `worksheet.loss.${now.experiment.loss?.kind}`)),
    element(document, "h2", { text: say(now, byHand(now) ? "worksheet.fill" : "worksheet.numbers") }), reversed(now) && element(document, "p", { text: say(now, "worksheet.reversed") }), part(document, now), goesBack(now) && back(document, now), ...tables(document, now, false),
    questions.length > 0 && element(document, "h2", { text: say(now, "worksheet.questions") }),
    questions.length > 0 && element(document, "ol", {}, ...questions.map((question) => {
      const text = element(document, "div");
      insert(text, pick(now, question.question));
      const choices = question.choices?.map(number).join("   /   ");
      return element(document, "li", {}, text, choices ? element(document, "p", { class: "number", text: choices }) : null, question.curve ? chart(document, now, question, question.curve, false) : element(document, "p", { class: "worksheet-line" }));
    })));
}

/** @param {Document} document @param {State} now */
function answers(document, now) {
  const questions = questionsOf(now);
  return element(document, "section", { class: "worksheet-page worksheet-answers" },
    element(document, "h1", { text: say(now, "worksheet.answers") }), ...tables(document, now, true),
    questions.length > 0 && element(document, "ol", {}, ...questions.map((question) => {
      const why = element(document, "div");
      insert(why, pick(now, question.why));
      const truth = truthAt(now, question, question.step);
      const text = truth === undefined ? "" : brief(truth);
      return question.curve
        ? element(document, "li", {}, why, chart(document, now, question, question.curve, true))
        : element(document, "li", {}, element(document, "b", { class: "number", text }), why);
    })));
}

/** A chart to draw in, with the points that are given, or all of them. @param {Document} document @param {State} now @param {Prediction} question @param {[number, number]} range @param {boolean} filled */
function chart(document, now, question, range, filled) {
  const { first, last } = drawnSteps(now, question);
  const figure = curve(document, "state");
  const steps = derive.steps(now);
  const truth = Array.from({ length: steps }, (_, index) => (filled || index + 1 < first || index + 1 > last ? truthAt(now, question, index + 1) : null));
  figure.paint({ ...PAPER, range, steps, first, last, chosen: null, drawn: [], truth, apart: null });
  return figure.node;
}

/**
 * Asked about this network, this sequence and the weights that the words in force have set: with other numbers they are left out, and so
 * is what the example says.
 * @param {State} now @returns {(Prediction & {of: string, step: number})[]}
 */
function questionsOf(now) {
  const ways = goesBack(now) ? ["forward", "backward"] : ["forward"];
  const meet = (/** @type {string} */ direction) => derive.beats({ ...now, experiment: { ...now.experiment, view: { ...now.experiment.view, direction } } });
  const sets = (/** @type {import("../net/contract.js").Beat | null} */ of) => JSON.stringify(of?.set ?? {});
  const own = sets(derive.beat(now));
  const last = Math.min(derive.steps(now), MOST.steps);
  return now.changed ? [] : ways.flatMap(meet).filter((each) => sets(each) === own).flatMap(({ prediction }) =>
    prediction?.of && prediction.step !== null && prediction.step <= last && (prediction.gradient || prediction.step > 1)
      ? [{ ...prediction, of: prediction.of, step: prediction.step }] : []);
}

/** Where layers have equations of their own, whose they are. @param {Document} document @param {State} now */
function equations(document, now) {
  const { layers, programs, formulas } = now.network;
  const names = [...new Set(layers.map(({ program }) => program))];
  const several = new Set(layers.filter(({ layer }) => layer !== "readout").map(({ program }) => program)).size > 1;
  return element(document, "div", { class: "worksheet-equations" }, ...names.flatMap((name) => [
    ...(several ? layers.filter(({ program }) => program === name).map(({ address }) => element(document, "p", { text: layerName(now, address) })) : []),
    ...programs[name].equations.map(({ target }) => {
      const line = element(document, "div");
      insert(line, formulas[name][target] ?? "");
      return line;
    })]));
}

/** @param {State} now @param {string} address  of the layer, of several */
const layerName = (now, address) => derive.layerLabel(now, address) || say(now, "worksheet.readout");

/** What a layer over another reads: its x is not that of the table, the readout's h that of the topmost. @param {Document} document @param {State} now */
function below(document, now) {
  const { layers, programs } = now.network;
  const read = derive.isStacked(now) ? layers.flatMap(({ address, program }) => programs[program].inputs.map(({ name }) => ({ name, layer: address, address: `${address}.${name}` }))) : [];
  const found = read.filter(({ address }) => derive.belowLabel(now, address));
  if (found.length === 0 || !byHand(now)) return null;
  return element(document, "p", { class: "worksheet-weights" }, ...found.flatMap(({ name, layer, address }) => [
    element(document, "span", {}, symbol(document, name, () => address), say(now, "worksheet.layer", { layer: layerName(now, layer) }), " = ", derive.belowLabel(now, address)), " ",
  ]));
}

/** Whether a hand can work it out: nobody fills in a box whose weights are not on the sheet. @param {State} now */
const byHand = (now) => derive.parameterCount(now) <= MOST.weights;

/** Whether a layer that a hand works out begins at the right. @param {State} now */
const reversed = (now) => byHand(now) && now.network.layers.some(({ address }) => derive.isReversed(now, address));

/** How many of a symbol's units are on the sheet: all of them where a hand works them out, since each may count for the next step. @param {State} now @param {string} address */
const printed = (now, address) => Math.min(derive.unitCount(now, address), byHand(now) ? Infinity : MOST.units);

/** @param {Document} document @param {State} now */
function weights(document, now) {
  if (!byHand(now)) return element(document, "p", { text: say(now, "worksheet.many") });
  return element(document, "p", { class: "worksheet-weights number" }, ...Object.entries(now.experiment.parameters.values).flatMap(([address, value]) => [
    element(document, "span", {}, ...[address, ...derive.partners(now, address)].flatMap((name) => [...named(document, now, name), " = "]), written(value)), " ",
  ]));
}

/** A symbol, and where there are several layers, whose it is. @param {Document} document @param {State} now @param {string} address @param {string} [bare] */
function named(document, now, address, bare = derive.bare(address)) {
  const layer = derive.layerLabel(now, address);
  return [symbol(document, bare, () => address), layer ? say(now, "worksheet.layer", { layer }) : ""];
}

/** A number that is read is a symbol, a word is not. @param {Document} document @param {State} now @param {number} unit */
function inputNamed(document, now, unit) {
  const name = derive.inputName(now, unit);
  return derive.readsWords(now) || isWord(name) ? name : element(document, "var", { text: name });
}

/** Of a choice, also what the unit stands for. @param {Document} document @param {State} now @param {string} address @param {number | null} unit */
function namedUnit(document, now, address, unit) {
  const [letter, layer] = named(document, now, address);
  const units = derive.unitCount(now, address);
  const { loss } = now.experiment;
  const choice = unit !== null && loss?.kind === "cross-entropy" && loss.of === address ? className(now, unit, units) : null;
  return [letter, unit === null ? "" : ` ${unit + 1}`, layer, choice && choice !== String((unit ?? 0) + 1) ? ` (${choice})` : ""];
}

/** What is in the memory before the first step, where it is not nothing. @param {Document} document @param {State} now */
function starts(document, now) {
  const all = now.network.layers.flatMap(({ address, program }) => now.network.programs[program].states.map((name) => `${address}.${name}`));
  const found = all.map((address) => ({ address, row: Array.from({ length: printed(now, address) }, (_, unit) => derive.startAt(now, address, unit) ?? 0) }));
  const given = found.filter(({ row }) => row.some((value) => value !== 0));
  return given.length > 0 && element(document, "p", { class: "worksheet-weights number" }, ...given.flatMap(({ address, row }) => [
    element(document, "span", {}, ...named(document, now, address, `${derive.bare(address)}_0`), " = ", written(row.map((value) => Number(value.toPrecision(5))))), " ",
  ]));
}

/** Whether gradients are worked out too: they are looked at now, or most of the lesson speaks of them. @param {State} now */
function goesBack(now) {
  const beats = now.lesson?.beats ?? [];
  return Object.keys(now.gradients).length > 0 && !derive.isWide(now) && (derive.direction(now) === "backward" || 2 * beats.filter(({ direction }) => direction === "backward").length > beats.length);
}

/** Of what, and where it enters. @param {Document} document @param {State} now */
function back(document, now) {
  const { of, step } = /** @type {import("../net/contract.js").Backward} */ (now.experiment.backward);
  return element(document, "p", { text: of === "loss" ? say(now, "worksheet.back-loss") : say(now, "worksheet.back", { name: derive.bare(of), step }) });
}

/** Below the values: what each of them counts. Where L is, that is known; before it all is open. @param {Document} document @param {State} now @param {boolean} filled @param {(number | null)[]} steps */
function gradients(document, now, filled, steps) {
  if (!goesBack(now)) return [];
  const { of, step: end } = /** @type {import("../net/contract.js").Backward} */ (now.experiment.backward);
  const last = of === "loss" ? derive.steps(now) : end;
  return derive.gradientRows(now).flatMap((address) => Array.from({ length: printed(now, address) }, (_, unit) => {
    const name = address === derive.INPUT ? [inputNamed(document, now, unit)] : namedUnit(document, now, address, derive.unitCount(now, address) > 1 ? unit : null);
    return element(document, "tr", {}, element(document, "th", { scope: "row" }, "dL/d", ...name), ...steps.map((step) => {
      if (step === null) return element(document, "td", { class: "is-none" });
      const empty = byHand(now) && step < last;
      const value = derive.gradientAt(now, address, step, unit);
      return element(document, "td", { class: empty ? "is-open" : null, text: (empty && !filled) || value === undefined ? "" : brief(value) });
    }));
  }));
}

/** Of a sequence or a layer that is too long for paper, what is printed. @param {Document} document @param {State} now */
function part(document, now) {
  const units = Math.max(...lines(now).map(({ address }) => derive.unitCount(now, address)));
  const text = [
    derive.steps(now) > MOST.steps && say(now, "worksheet.steps", { shown: MOST.steps, count: derive.steps(now) }),
    units > MOST.units && !byHand(now) && say(now, "worksheet.units", { shown: MOST.units, count: units }),
  ].filter(Boolean).join(say(now, "page.gap"));
  return text && element(document, "p", { text });
}

/** A single row, or a single number, needs no brackets around it. @param {import("../net/contract.js").Nested} value @returns {string} */
function written(value) {
  if (Array.isArray(value) && value.length === 1) return written(value[0]);
  return Array.isArray(value) ? `[${value.map(written).join(", ")}]` : number(value);
}

/** A long sequence goes on in a table below, all of them as wide. @param {Document} document @param {State} now @param {boolean} filled */
function tables(document, now, filled) {
  const count = Math.min(derive.steps(now), MOST.steps);
  const longest = Math.max(...lines(now).flatMap(({ address, unit }) => Array.from({ length: count }, (_, index) => brief(derive.valueAt(now, address, index + 1, unit) ?? 0).length)));
  const most = ACROSS.find(([signs]) => longest <= signs)?.[1] ?? 6;
  const across = Math.ceil(count / Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / across) }, (_, index) =>
    table(document, now, filled, Array.from({ length: across }, (_, place) => index * across + place + 1).map((step) => (step <= count ? step : null))));
}

/** Whether anything is asked at a step that is printed. @param {State} now */
const asks = (now) => (now.experiment.loss?.targets ?? []).slice(0, MOST.steps).some((row) => row);

/** With a loss: the targets, and a line to work out how much each step costs; where nothing is asked, nothing is to be filled in. @param {Document} document @param {State} now @param {(number | null)[]} steps @param {boolean} filled */
function asked(document, now, steps, filled) {
  const { loss } = now.experiment;
  if (!loss || !asks(now)) return [];
  const row = (/** @type {string | Node} */ name, /** @type {boolean} */ open, /** @type {(step: number) => string} */ text) => element(document, "tr", {},
    element(document, "th", { scope: "row" }, name),
    ...steps.map((step) => step === null ? element(document, "td", { class: "is-none" }) : element(document, "td", { class: open && step > 1 && loss.targets[step - 1] ? "is-open" : null, text: loss.targets[step - 1] ? text(step) : say(now, "worksheet.none") })));
  return [
    row(say(now, "worksheet.target"), false, (step) => targetText(now, loss.targets[step - 1] ?? [], brief)),
    row(element(document, "var", { text: "L" }), true, (step) => (filled || step === 1 ? brief(derive.valueAt(now, "loss", step) ?? NaN) : "")),
  ];
}

/** The rows of the tables; whatever a lesson shows, inputs that are read are among them. @param {State} now */
function lines(now) {
  const shown = derive.rows(now);
  const read = Object.values(now.network.programs).some(({ equations: all }) => JSON.stringify(all.map(({ expr }) => expr)).includes('"x"'));
  const rows = shown.includes(derive.INPUT) || !read ? shown : [...shown, derive.INPUT];
  return rows.flatMap((address) => Array.from({ length: printed(now, address) }, (_, unit) => ({ address, unit })));
}

/**
 * Time to the right, units down, as in the page. The step that a layer reads first is worked out as an example; then states and what leaves the network are left
 * open at every step, the rest at every second one; where a hand cannot work them out, only what a question asks for.
 * @param {Document} document @param {State} now @param {boolean} filled @param {(number | null)[]} steps  null: room only
 */
function table(document, now, filled, steps) {
  const none = () => element(document, "td", { class: "is-none" });
  const rows = lines(now);
  const possible = byHand(now);
  const questions = questionsOf(now);
  return element(document, "table", { class: `worksheet-table number${rows.length > MOST.unbroken ? " is-tall" : ""}` },
    element(document, "thead", {}, element(document, "tr", {}, element(document, "td"), ...steps.map((step) => step === null ? none() : element(document, "th", { scope: "col", text: derive.stepLabel(now, step, Infinity) })))),
    element(document, "tbody", {}, ...asked(document, now, steps, filled), ...rows.map(({ address, unit }) => {
      const units = derive.unitCount(now, address);
      const name = address === derive.INPUT ? inputNamed(document, now, unit) : null;
      const role = derive.roleOf(now, address);
      const example = derive.isReversed(now, address) ? Math.min(derive.steps(now), MOST.steps) : 1;
      return element(document, "tr", {},
        element(document, "th", { scope: "row" }, ...(name ? [name] : namedUnit(document, now, address, units > 1 ? unit : null))),
        ...steps.map((step) => {
          if (step === null) return none();
          const wanted = questions.some((question) => question.of === address && (question.curve ? step >= question.step : step === question.step));
          const empty = address !== derive.INPUT && step !== example && (possible ? role === "state" || role === "output" || step % 2 === 0 : wanted);
          const value = derive.valueAt(now, address, step, unit);
          return element(document, "td", { class: empty ? "is-open" : null, text: (empty && !filled) || value === undefined ? "" : brief(value) });
        }));
    }), ...gradients(document, now, filled, steps)));
}

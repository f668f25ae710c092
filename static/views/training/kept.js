/** The runs that this browser keeps: to go on with, to set beside others, to name, to take away as files. */

import { differs } from "../../draw/differs.js";
import { element, replace, set, setText } from "../../draw/dom.js";
import { brief, result } from "../../draw/format.js";
import { cutOf, MOST_RUNS } from "../../state/training/link.js";
import { languageOf, pick, problemText, say } from "../../state/words.js";
import { races } from "../../state/training/recipes.js";
import { STAGE } from "../../state/training/stagenetwork.js";
import { ofRace } from "../../state/training/shelf.js";
import { ago, runNames } from "./saying.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/shelf.js").Kept} Kept */

/** What somebody may begin with. @type {[string, string][]} */
const RACES = [
  ["remember", "adding,.length:30,cell:simple-rnn,units:16,rate:0.01,updates:1500;cell:lstm;cell:gru"],
  ["bit", "one-bit,units:8,updates:300,every:10"],
  ["parity", "parity,cell:simple-rnn;cell:gru"],
  ["grammar", "reber,cell:simple-rnn;cell:lstm"],
];

/** @param {Document} document @param {any} actions */
export function keptRuns(document, actions) {
  const begin = element(document, "h2", { class: "heading" });
  const begins = element(document, "ul", { class: "training-races" });
  const papers = element(document, "h2", { class: "heading" });
  const results = element(document, "ul", { class: "training-races" });
  const title = element(document, "h2", { class: "heading" });
  const file = element(document, "input", { type: "file", accept: ".json,application/json", class: "unseen", id: "training-file", onchange: () => {
    const [chosen] = file.files ?? [];
    if (chosen) void actions.readRecord(chosen);
    file.value = "";
  } });
  const label = element(document, "span", {});
  const open = element(document, "label", { class: "quiet under-hover training-open", for: "training-file" }, label);
  const link = element(document, "button", { type: "button", class: "quiet under-hover", onclick: () => actions.copyLink() });
  const cut = element(document, "p", { class: "aside-text" });
  const fault = element(document, "p", { class: "training-fault", role: "alert" });
  const list = element(document, "ul", { class: "training-kept" });
  const none = element(document, "p", { class: "aside-text" });
  const node = element(document, "section", { class: "training-shelf" }, element(document, "div", { class: "tool-head" }, begin), begins, element(document, "div", { class: "tool-head" }, papers), results,
    element(document, "div", { class: "tool-head" }, title), none, list, fault, cut, element(document, "div", { class: "training-acts" }, file, open, link));
  const changed = differs();
  const fresh = differs();

  return {
    node,
    /** @param {State} now @param {Training} training */
    paint(now, training) {
      const { kept, offer, recipes, problems, runs, race, link: shown } = training;
      const going = runs.some(({ status }) => status === "going" || status === "asked");
      if (!changed(kept, offer, problems, languageOf(now), now.cells, going, recipes, shown, runs.map(({ id }) => id).join(), race, now.experiment === null)) return;
      setText(begin, say(now, "train.begin-with"));
      const all = now.experiment ? [["stage", STAGE], ...RACES] : RACES;
      replace(begins, ...all.map(([name, text]) => to(text, say(now, `train.race-${name}`), false)));
      papers.parentElement?.toggleAttribute("hidden", recipes.length === 0);
      setText(papers, say(now, "train.papers"));
      replace(results, ...recipes.map((recipe) => {
        const all = races(offer, recipe);
        return to(all[all.length - 1].link, pick(now, recipe.title), all.some((each) => each.link === shown));
      }));
      setText(title, say(now, "train.kept"));
      none.hidden = kept.length > 0;
      setText(none, say(now, "train.none-kept"));
      setText(label, say(now, "train.open-file"));
      setText(link, say(now, "train.copy-link"));
      setText(cut, cutOf(shown).map((key) => say(now, `train.link-${key}`)).join(" "));
      cut.hidden = cut.textContent === "";
      setText(fault, problems.map((problem) => problemText(now, problem)).join(" "));
      // A file may be let fall anywhere on the page.
      if (fresh(problems) && problems.length > 0) fault.scrollIntoView?.({ block: "nearest" });
      /** @type {Map<string, Kept[]>} */
      const groups = new Map();
      for (const each of kept) groups.set(each.race, [...(groups.get(each.race) ?? []), each]);
      replace(list, ...[...groups].map(([name, all]) => group(now, training, name, ofRace(all, name), going)));
    },
  };

  /** @param {string} text  the settings as an address has them @param {string} said @param {boolean} current */
  function to(text, said, current) {
    return element(document, "li", {}, element(document, "a", {
      class: "training-race", href: `#train=${text}`, "aria-current": current ? "true" : null, onclick: (/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        actions.layRuns(text);
      },
    }, said));
  }

  /** @param {State} now @param {Training} training @param {string} race @param {Kept[]} all @param {boolean} going */
  function group(now, { offer, runs, race: present }, race, all, going) {
    const task = offer.tasks.find((each) => each.name === all[0].given.task);
    const unfinished = all.some(({ over }) => !over);
    const names = runNames(now, { offer, runs: all.map(({ given }) => ({ given, name: "" })) });
    const here = race === present && all.every(({ id }) => runs.some((run) => run.id === id));
    const go = element(document, "button", { type: "button", class: "training-go under-hover", disabled: going || here, text: say(now, here ? "train.shown" : unfinished ? "train.go-on" : "train.show"), onclick: () => actions.goOnWith(race) });
    return element(document, "li", { class: "training-kept-race" },
      element(document, "div", { class: "training-kept-head" }, element(document, "b", { text: task ? pick(now, task.title) : all[0].given.task }), element(document, "span", { class: "aside-text", text: ago(now, all[0].when) }), go),
      element(document, "ul", {}, ...all.map((each, at) => one(now, each, names[at], runs.some(({ id }) => id === each.id), runs.length >= MOST_RUNS || going))));
  }

  /** @param {State} now @param {Kept} kept @param {string} plain  what it is called until somebody names it @param {boolean} shown @param {boolean} full */
  function one(now, kept, plain, shown, full) {
    const name = element(document, "input", { class: "training-name", type: "text", maxlength: 40, placeholder: plain, onchange: () => actions.nameRun(kept.id, name.value.trim()) });
    name.value = kept.name;
    set(name, "aria-label", say(now, "train.name-of", { name: plain }));
    const act = (/** @type {string} */ key, /** @type {string} */ text, /** @type {() => void} */ work, off = false) => element(document, "button", { type: "button", class: "quiet", disabled: off, text, title: say(now, key), "aria-label": say(now, key), onclick: work });
    return element(document, "li", { class: "training-kept-run" }, name,
      element(document, "span", { class: "aside-text number", text: `${brief(kept.done)} / ${brief(kept.updates)}${kept.loss === null ? "" : ` · ${result(kept.loss)}`}` }),
      act("train.beside", "+", () => actions.setBeside(kept.id), shown || full), act("train.save", "↓", () => actions.saveRecord(kept.id)), act("train.remove", "×", () => actions.forget(kept.id)));
  }
}

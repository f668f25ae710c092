/** A paper's result beside the race that tries for it: what was published, and what came of the tries that come with the program. */

import { differs } from "../../draw/differs.js";
import { element, replace, setText } from "../../draw/dom.js";
import { brief, result as shown } from "../../draw/format.js";
import { races, recipeOf } from "../../state/training/recipes.js";
import { languageOf, pick, say } from "../../state/words.js";
import { percent, percentAtMost } from "./saying.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/recipes.js").Contender} Contender */

/** @param {Document} document @param {any} actions */
export function paperResult(document, actions) {
  const title = element(document, "summary", {});
  const published = element(document, "p", {});
  const about = element(document, "p", { class: "aside-text" });
  const head = element(document, "tr", {});
  const body = element(document, "tbody", {});
  const table = element(document, "table", { class: "training-recipe-table number" }, element(document, "thead", {}, head), body);
  const node = element(document, "details", { class: "training-recipe", open: true }, title, published, element(document, "div", { class: "training-recipe-scroll", tabindex: 0 }, table), about);
  const changed = differs();
  let [wasGoing, wasLink] = [false, ""];
  return {
    node,
    /** @param {State} now @param {import("../../state/training/training.js").Training} training */
    paint(now, { offer, recipes, link, runs }) {
      const going = runs.some(({ status }) => status === "going" || status === "asked");
      // Whoever has pressed Run wants to see the curves below it.
      if (going && !wasGoing) node.open = false;
      else if (link !== wasLink) node.open = true;
      [wasGoing, wasLink] = [going, link];
      if (!changed(recipes, link, going, languageOf(now))) return;
      const found = recipeOf(offer, recipes, link);
      node.hidden = found === null;
      if (!found) return;
      const { recipe, race } = found;
      setText(title, `${pick(now, recipe.title)} · ${recipe.source}`);
      setText(published, say(now, "train.published", { said: pick(now, recipe.published) }));
      setText(about, pick(now, recipe.about));
      replace(head, ...["network", "goal", "paper", "here", "seconds"].map((name) => element(document, "th", { scope: "col", text: say(now, `train.recipe-${name}`) })));
      replace(body, ...races(offer, recipe).flatMap((each) => each.contenders.map((contender) => {
        const name = pick(now, contender.title);
        const here = each.link === race.link;
        const head = here ? element(document, "b", { text: name }) : element(document, "button", { type: "button", class: "training-race", disabled: going, text: name, onclick: () => actions.layRuns(each.link) });
        return element(document, "tr", {}, element(document, "th", { scope: "row" }, head), element(document, "td", { text: goal(now, contender) }),
          element(document, "td", { text: contender.published.en ? pick(now, /** @type {{en: string, zh: string}} */ (contender.published)) : "–" }), element(document, "td", { text: measured(now, recipe, contender) }),
          element(document, "td", { text: contender.result ? contender.result.seconds.toFixed(1) : "–" }));
      })));
    },
  };
}

/** @param {State} now @param {Contender} contender */
function goal(now, { goal: { of, number } }) {
  return say(now, `train.goal-${of}`, { value: of === "loss" ? shown(number) : percent(number) });
}

/** How often the goal was reached, and how soon; else how far the middle try came. @param {State} now @param {import("../../state/training/recipes.js").Recipe} recipe @param {Contender} contender */
function measured(now, recipe, { result, goal: { of } }) {
  if (!result) return "–";
  const { tried, reached, updates: [middle, fewest, most], loss, accuracy, beyond } = result;
  if (reached > 0) {
    const said = say(now, "train.reached", { reached, tried, middle: brief(middle), fewest: brief(fewest), most: brief(most) });
    return beyond === null || !recipe.beyond.length ? said : say(now, "train.beyond", { said, length: recipe.beyond.length, value: percentAtMost(beyond) });
  }
  const last = of === "loss" ? loss : accuracy;
  return say(now, `train.unreached-${of}`, { tried, most: brief(most), value: last === null ? "–" : of === "loss" ? shown(last) : percentAtMost(last) });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink } from "../../../../static/state/training/link.js";
import { races, recipeOf } from "../../../../static/state/training/recipes.js";
import { OFFER } from "./offer.js";

const contender = (name, settings) => ({ name, title: { en: name, zh: name }, settings, published: {}, goal: { of: "loss", number: 0.01 }, result: null });
const RECIPE = {
  name: "both", title: { en: "", zh: "" }, source: "", published: { en: "", zh: "" }, about: { en: "", zh: "" },
  contenders: [
    contender("a", { task: "adding", options: { length: 30 }, cell: "gru", updates: 500 }), contender("b", { task: "adding", options: { length: 40 }, cell: "gru" }),
    contender("c", { task: "adding", options: { length: 30 }, cell: "lstm", rate: 0.01 }), contender("d", { task: "reber" }),
  ],
};

test("networks that learn the same task race each other, with the recipe's settings", () => {
  const found = races(OFFER, RECIPE);
  assert.deepEqual(found.map(({ contenders }) => contenders.map(({ name }) => name)), [["a", "c"], ["b"], ["d"]]);
  assert.deepEqual(readLink(found[0].link), [{ task: "adding", options: { length: 30 }, cell: "gru", updates: 500 }, { task: "adding", options: { length: 30 }, rate: 0.01 }]);
  assert.equal(found[2].link, "reber");
});

test("an address tells of which recipe it is", () => {
  const [first] = races(OFFER, RECIPE);
  assert.deepEqual(recipeOf(OFFER, [RECIPE], first.link), { recipe: RECIPE, race: first });
  assert.equal(recipeOf(OFFER, [RECIPE], `${first.link},seed:1`), null);
  assert.equal(recipeOf(OFFER, [], "reber"), null);
});

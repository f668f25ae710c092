/** Results of papers as races: those networks of a recipe that learn the same task are trained side by side. Pure. */

import { writeLink } from "./link.js";
import { spare } from "./settings.js";

/** @typedef {import("../../net/contract.js").Bilingual} Bilingual */
/** @typedef {import("./settings.js").Given} Given */
/**
 * What came of the tries that come with the program: how many there were and reached the goal; the middle number of updates, the fewest and the most;
 * what held-out sequences said in the middle try, and those of the recipe's other settings; its processor time.
 * @typedef {{tried: number, reached: number, updates: [number, number, number], loss: number | null, accuracy: number | null, beyond: number | null, seconds: number}} Result
 */
/** @typedef {{name: string, title: Bilingual, settings: Given, published: Partial<Bilingual>, goal: {of: "loss" | "accuracy", number: number}, result: Result | null}} Contender */
/** As GET /api/recipes has it. @typedef {{name: string, title: Bilingual, source: string, published: Bilingual, about: Bilingual, beyond: {length?: number}, contenders: Contender[]}} Recipe */
/** @typedef {{link: string, contenders: Contender[]}} Race */

/** The networks that learn the same, in their order. @param {import("./settings.js").Offer} offer @param {Recipe} recipe @returns {Race[]} */
export function races(offer, { contenders }) {
  const tasks = [...new Set(contenders.map(taskOf))];
  return tasks.map((task) => {
    const own = contenders.filter((contender) => taskOf(contender) === task);
    return { contenders: own, link: writeLink(own.map(({ settings }) => spare(offer, settings))) };
  });
}

/** @param {Contender} contender */
const taskOf = ({ settings: { task, options } }) => JSON.stringify([task, options]);

/** The recipe whose race an address is. @param {import("./settings.js").Offer} offer @param {Recipe[]} recipes @param {string} link @returns {{recipe: Recipe, race: Race} | null} */
export function recipeOf(offer, recipes, link) {
  for (const recipe of recipes) {
    const race = races(offer, recipe).find((each) => each.link === link);
    if (race) return { recipe, race };
  }
  return null;
}

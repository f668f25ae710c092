/** How a training's settings, numbers and runs are said. */

import { number } from "../../draw/format.js";
import { legends } from "../../state/training/runs.js";
import { known, languageOf, pick, problemText, say } from "../../state/words.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/training/training.js").Training} Training */
/** @typedef {import("../../state/training/runs.js").Run} Run */

/** Each run is told apart by its colour and by how its line is broken. */
export const COLOURS = ["--matrix-1", "--matrix-2", "--matrix-3", "--matrix-4"];
export const DASHES = [[], [9, 4], [2, 4], [10, 3, 2, 3]];

/** The name of a setting. @param {State} now @param {string} key */
export function settingName(now, key) {
  const name = key.slice(key.indexOf(".") + 1);
  return known(now, `train.set-${name}`) ? say(now, `train.set-${name}`) : name;
}

/** What a setting is set to. @param {State} now @param {string} key @param {string | number} value */
export function settingValue(now, key, value) {
  if (typeof value === "number") return number(value);
  if (key === "cell") return cellName(now, value);
  if (key === "equations") return value ? say(now, "train.own-cell") : say(now, "train.listed-cell");
  if (key === "task") return pick(now, /** @type {Training} */ (now.training).offer.tasks.find((task) => task.name === value)?.title ?? { en: value, zh: value });
  return known(now, `train.${key}-${value}`) ? say(now, `train.${key}-${value}`) : value;
}

/** Short where it has a short name, else its title. @param {State} now @param {string} name */
export function cellName(now, name) {
  if (known(now, `train.cell-${name}`)) return say(now, `train.cell-${name}`);
  const card = (now.cells ?? []).find((cell) => cell.name === name);
  return card ? pick(now, card.title) : name;
}

/** A problem as a sentence, the setting that it is about by its name here. @param {State} now @param {import("../../net/contract.js").Problem} problem */
export function faultText(now, problem) {
  const { field } = problem.args;
  return problemText(now, field === undefined ? problem : { ...problem, args: { ...problem.args, field: settingName(now, String(field)) } });
}

/** Each run's name: what a person called it, or the settings by which it differs from the others. @param {State} now @param {{offer: Training["offer"], runs: {name: string, given: import("../../state/training/settings.js").Given}[]}} training @returns {string[]} */
export function runNames(now, { offer, runs }) {
  const said = legends(offer, runs.map(({ given }) => given)).map((settings) => settings.map(({ key, value }) => {
    const text = settingValue(now, key, value);
    return typeof value === "number" ? `${settingName(now, key)} ${text}` : text;
  }).join(say(now, "train.comma")));
  return runs.map(({ name }, at) => name || (said.indexOf(said[at]) === said.lastIndexOf(said[at]) ? said[at] : `${said[at]} (${at + 1})`));
}

/** @param {number} share */
export function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** Rounded down: only what is always right is 100 %. @param {number} share */
export function percentAtMost(share) {
  return `${(Math.floor(1000 * share + 1e-9) / 10).toFixed(1)} %`;
}

/** @param {State} now @param {number | null} seconds */
export function duration(now, seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 90) return say(now, "train.seconds", { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return say(now, "train.minutes", { count: Math.round(seconds / 60) });
  return say(now, "train.hours", { count: number(Math.round(seconds / 360) / 10) });
}

/** How long ago something was. @param {State} now @param {number} when  milliseconds */
export function ago(now, when) {
  const minutes = Math.round((Date.now() - when) / 60_000);
  if (minutes < 1) return say(now, "train.just-now");
  if (minutes < 60) return say(now, "train.minutes-ago", { count: minutes });
  return new Date(when).toLocaleString(languageOf(now) === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
}

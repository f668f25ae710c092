import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { known, label, langTag, languageOf, numbered, pick, problemHint, problemText, say, unpacked } from "../../../static/state/words.js";
import { experiment, state } from "../scene.js";

const FOLDER = new URL("../../../static/i18n/", import.meta.url);
/** The words of each part of the page, by the part's name. */
const parts = (language) => Object.fromEntries(
  readdirSync(new URL(language, FOLDER)).sort().map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(new URL(`${language}/${file}`, FOLDER), "utf-8"))]),
);
const read = (language) => Object.assign({}, ...Object.values(parts(language)));

test("the words come with their keys told once", () => {
  assert.deepEqual(unpacked({ keys: ["a", "b"], said: { en: ["one", "two"], zh: ["一", "二"] } }), { en: { a: "one", b: "two" }, zh: { a: "一", b: "二" } });
});

test("where nothing is like what was typed, nobody is asked whether he meant it", () => {
  const now = { ...state(experiment()), words: { en: read("en"), zh: read("zh") } };
  const problem = (suggestion) => ({ code: "unknown-name", args: { name: "h_prv", suggestion }, message: "", hint: "they are: h, c" });
  assert.equal(problemHint(now, problem("h_prev")), "Did you mean 'h_prev'?");
  assert.equal(problemHint(now, problem("")), "they are: h, c");
});

test("each part of the page has a file in every language, whose keys begin with its name", () => {
  const [en, zh] = [parts("en"), parts("zh")];
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const [part, entries] of Object.entries(en)) {
    assert.deepEqual(Object.keys(entries).filter((key) => !key.startsWith(`${part}.`)), [], part);
  }
});

test("both languages have the same keys and the same placeholders", () => {
  const [en, zh] = [read("en"), read("zh")];
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  const holes = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const key of Object.keys(en)) {
    assert.ok(key === "page.gap" || (en[key] && zh[key]), key);
    assert.deepEqual(holes(zh[key]), holes(en[key]), key);
  }
});

test("the experiment's language goes before the reader's", () => {
  assert.equal(languageOf(state()), "en");
  assert.equal(languageOf(state({ experiment: experiment({ language: "zh" }) })), "zh");
  assert.equal(languageOf({ preferred: "zh", experiment: null, words: {} }), "zh");
  assert.equal(languageOf(state({ experiment: experiment({ language: "fr" }), preferred: "zh" })), "zh", "the page has no such words");
  assert.equal(langTag(state({ preferred: "zh" })), "zh-Hans");
});

test("a sentence is filled, with a singular where there is one", () => {
  assert.equal(say(state(), "steps", { count: 3 }), "3 steps");
  assert.equal(say(state(), "steps", { count: 1 }), "1 step");
  assert.equal(say(state(), "weights.bias", {}), "{label}, bias");
  assert.equal(say(state(), "no such key"), "no such key");
  assert.equal(known(state(), "no such key"), false);
});

test("letters that are filled in stand apart from Chinese characters, Chinese names do not", () => {
  const zh = state({ preferred: "zh" });
  const now = { ...zh, words: { ...zh.words, zh: { ...zh.words.zh, "label.before": "之前的{label}的值", "strip.layer": "第{layer}层。{label}" } } };
  assert.equal(say(now, "label.before", { label: "h₁" }), "之前的 h₁ 的值");
  assert.equal(say(now, "label.before", { label: "∂c" }), "之前的 ∂c 的值");
  assert.equal(say(now, "label.before", { label: "遗忘门" }), "之前的遗忘门的值");
  assert.equal(say(now, "strip.layer", { layer: 2, label: "h" }), "第2层。h");
});

test("labels and problems are translated where the catalogue knows them", () => {
  const zh = state({ preferred: "zh" });
  assert.equal(label(zh, "forget gate"), "遗忘门");
  assert.equal(label(zh, "my own label"), "my own label");
  assert.equal(problemText(zh, { code: "too-long", args: { limit: 5 }, message: "too long" }), "at most 5");
  assert.equal(problemText(zh, { code: "too-long", args: { most: 5 }, message: "another too long" }), "another too long");
  assert.equal(problemText(zh, { code: "over", args: { limit: "steps", value: 9 }, message: "over" }), "9 steps are too many");
  assert.equal(problemText(zh, { code: "unlike", args: { size: "a number" }, message: "unlike" }), "that is 一个数");
  assert.equal(problemText(zh, { code: "unlike", args: { size: "units" }, message: "unlike" }), "that is units");
  assert.equal(problemText(zh, { code: "large", args: { allowed: 67_108_864 }, message: "large" }), "more than 64 MB");
  assert.equal(problemText(zh, { code: "other", args: {}, message: "as it came" }), "as it came");
});

test("of two languages the one in force is read, and the other where it is missing", () => {
  assert.equal(pick(state(), { en: "a", zh: "b" }), "a");
  assert.equal(pick(state({ preferred: "zh" }), { en: "a", zh: "" }), "a");
});

test("lessons are counted in the order of the list", () => {
  const chapter = { en: "Memory", zh: "记忆" };
  assert.equal(numbered(state(), { id: "other", chapter }), "2 · Memory");
  assert.equal(numbered(state(), { id: "elsewhere", chapter }), "Memory");
});

test("every family of cells has its name", () => {
  for (const family of ["simple", "lstm", "gru", "slow", "other"]) assert.ok(read("en")[`menu.${family}`] && read("zh")[`menu.${family}`], family);
});

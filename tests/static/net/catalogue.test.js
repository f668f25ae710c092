import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../../static/net/catalogue.js";

const answer = (entries) => ({ ok: true, status: 200, json: async () => entries });

test("a part's words are asked for in every language, beside the page", async () => {
  const asked = [];
  const ask = async (address) => {
    asked.push(String(address));
    return answer({ "help.title": String(address).includes("/zh/") ? "帮助" : "Help" });
  };
  const found = await catalogue("http://127.0.0.1:1/unrolled/?lang=zh", ["en", "zh"], "help", ask);
  assert.deepEqual(found, { en: { "help.title": "Help" }, zh: { "help.title": "帮助" } });
  assert.deepEqual(asked, ["en", "zh"].map((language) => `http://127.0.0.1:1/unrolled/static/i18n/${language}/help.json`));
});

test("a language that is missing is none", async () => {
  const ask = async (address) => (String(address).includes("/zh/") ? { ok: false, status: 404, json: async () => ({}) } : answer({}));
  await assert.rejects(catalogue("http://127.0.0.1:1/", ["en", "zh"], "help", ask), /zh\/help\.json: 404/);
});

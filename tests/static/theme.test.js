import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../static/theme.js", import.meta.url), "utf-8");

/** @param {Record<string, string>} kept @param {string[]} wishes what the system asks for */
function run(kept, wishes, { refuse = false, hash = "#lesson=cell", links = {} } = {}) {
  const dataset = {};
  runInNewContext(script, {
    location: { hash },
    document: { documentElement: { dataset }, querySelectorAll: (query) => Object.keys(links).filter((first) => query.includes(`"${first}"`)).map((first) => ({ setAttribute: (name, value) => (links[first] = `${name}=${value}`) })) },
    matchMedia: (query) => ({ matches: wishes.some((wish) => query.includes(wish)) }),
    localStorage: {
      getItem(key) {
        if (refuse) throw new Error("SecurityError");
        return kept[key] ?? null;
      },
    },
  });
  return { ...dataset };
}

test("the system's wishes hold until a person has chosen", () => {
  assert.deepEqual(run({}, []), { theme: "light", motion: "full" });
  assert.deepEqual(run({}, ["dark", "reduce"]), { theme: "dark", motion: "none" });
  assert.deepEqual(run({ "unrolled.theme": "light", "unrolled.motion": "full" }, ["dark", "reduce"]), { theme: "light", motion: "full" });
});

test("without storage the system's wishes hold", () => {
  assert.deepEqual(run({}, ["dark"], { refuse: true }), { theme: "dark", motion: "full" });
});

test("the scripts of what comes first are fetched ahead, and the list of lessons shows itself as such", () => {
  const links = { home: "", stage: "" };
  assert.equal(run({}, [], { hash: "", links }).home, "");
  assert.deepEqual(links, { home: "rel=modulepreload", stage: "" });
  const other = { home: "", stage: "" };
  assert.equal("home" in run({}, [], { links: other }), false);
  assert.deepEqual(other, { home: "", stage: "rel=modulepreload" });
});

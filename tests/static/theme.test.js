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

test("where the system chooses the colours, it chooses the theme", () => {
  assert.equal(run({ "unrolled.theme": "light" }, ["dark", "forced-colors"]).theme, "dark");
  assert.equal(run({ "unrolled.theme": "dark" }, ["forced-colors"]).theme, "light");
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

const TOKENS = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");

/** The colours of a theme, over those of the light one. @param {string} selector */
function colours(selector) {
  const block = (start) => TOKENS.slice(TOKENS.indexOf(start)).split("}")[0];
  const read = (text) => [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]);
  return Object.fromEntries([...read(block(":root {")), ...read(block(selector))]);
}

/** @param {string} colour */
function light(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("on a projector every letter stands out at least seven to one", () => {
  const theme = colours(':root[data-theme="projector"] {');
  const pairs = [
    ...["ink", "muted", "alarm", "role-input", "role-state", "role-gate", "role-output", "role-value", "role-gradient"].map((name) => [name, "paper"]),
    ["on-signed-strong", "signed-high"], ["on-signed-strong", "signed-low"], ["on-gate", "gate-open"], ["on-gate-shut", "gate-shut"], ["on-gradient", "gradient-high"],
  ];
  const low = pairs.flatMap(([letter, ground]) => {
    const [dark, pale] = [light(theme[letter]), light(theme[ground])].sort((a, b) => a - b);
    const contrast = (pale + 0.05) / (dark + 0.05);
    return contrast < 7 ? [`${letter} on ${ground}: ${contrast.toFixed(2)}`] : [];
  });
  assert.deepEqual(low, []);
});

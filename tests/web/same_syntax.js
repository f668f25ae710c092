/** Reads {name: [one text, another]} of scripts and writes the names of those whose two texts do not say the same, line by line. */

import { readFileSync } from "node:fs";
import { parse } from "acorn";

/** The tree without places but the line in which each part begins, and without how a number or a text is spelt. @param {string} text */
function tree(text) {
  const found = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true });
  return JSON.stringify(found, (key, value) => (["start", "end", "raw"].includes(key) ? undefined : key === "loc" ? value.start.line : value));
}

const pairs = /** @type {Record<string, [string, string]>} */ (JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(Object.keys(pairs).filter((name) => tree(pairs[name][0]) !== tree(pairs[name][1]))));

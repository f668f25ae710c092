import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf, tokens } from "../../../static/draw/tokens.js";
import { document } from "../paper.js";

const how = { full: (name) => `a.${name}`, more: (count, value) => `${count} more: ${value}` };

test("symbols can be pointed at, numbers are text", () => {
  const line = [{ kind: "symbol", text: "W_f", name: "W_f" }, { kind: "sign", text: "·" }, { kind: "number", text: "3" }];
  const [symbol, , number] = tokens(document, line, how);
  assert.equal(symbol.getAttribute("data-name"), "a.W_f");
  assert.equal(symbol.textContent, "Wf");
  assert.equal(number.textContent, "3");
});

test("the next step's symbols say so, left out terms are counted", () => {
  const line = [{ kind: "symbol", text: "∂c", name: "∂c", next: true }, { kind: "more", text: "10", count: 4 }];
  const [symbol, more] = tokens(document, line, how);
  assert.equal(symbol.textContent, "∂ct+1");
  assert.equal(symbol.getAttribute("data-name"), "a.∂c");
  assert.equal(tokens(document, [{ kind: "symbol", text: "∂n:in", name: "∂n:in", next: true }], how)[0].textContent, "∂nin, t+1", "and not int+1");
  assert.equal(more.textContent, "4 more: 10");
  assert.equal(textOf([line, line]), "∂c10\n∂c10");
});

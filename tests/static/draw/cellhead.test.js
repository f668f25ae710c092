import assert from "node:assert/strict";
import { test } from "node:test";

import { cellHead } from "../../../static/draw/cellhead.js";
import { document } from "../paper.js";

const say = (key, values = {}) => [key, ...Object.values(values)].join(" ");

function painted(kinds, kind, { shut = false } = {}) {
  const chosen = [];
  const head = cellHead(document, { choose: (name) => chosen.push(name), next: () => undefined, fold: () => chosen.push("fold") });
  head.paint({ kind, kinds, unit: 0, count: 3, shut, say });
  const [heading, picker, pick] = head.node.children;
  const [title] = heading.children;
  return { chosen, title, picker, offered: pick.children.filter(({ hidden }) => !hidden) };
}

test("offers the drawings that there are, and always operations and formulas", () => {
  const { title, picker, offered } = painted(["valves", "conveyor"], "valves");
  assert.equal(title.textContent, "cell.title");
  assert.equal(picker.hidden, false);
  assert.deepEqual(offered.map((button) => button.textContent), ["cell.valves", "cell.conveyor", "cell.operations", "cell.formulas"]);
  assert.deepEqual(offered.map((button) => button.getAttribute("aria-pressed")), ["true", "false", "false", "false"]);
});

test("without a drawing by hand there is an overview, which is asked for as the first drawing", () => {
  const { chosen, offered } = painted([], "overview");
  assert.deepEqual(offered.map((button) => button.textContent), ["cell.overview", "cell.operations", "cell.formulas"]);
  offered[0].listeners.click();
  assert.deepEqual(chosen, ["conveyor"]);
});

test("its name opens and shuts the cell, and says which it is", () => {
  const { chosen, title } = painted([], "overview");
  assert.equal(title.getAttribute("aria-expanded"), "true");
  title.listeners.click();
  assert.deepEqual(chosen, ["fold"]);
  assert.equal(painted([], "overview", { shut: true }).title.getAttribute("aria-expanded"), "false");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { element, replace, set, setStyle, setText, svg, toggle } from "../../../static/draw/dom.js";
import { document } from "../paper.js";

test("a node with attributes, listeners, text and children", () => {
  let pressed = 0;
  const child = svg(document, "path", { d: "M0 0" });
  const node = element(document, "button", { class: "a", hidden: true, "data-x": null, onclick: () => (pressed += 1) }, "go", child, null, false);
  node.listeners.click();
  assert.equal(pressed, 1);
  assert.equal(node.getAttribute("hidden"), "");
  assert.equal(node.hasAttribute("data-x"), false);
  assert.equal(node.textContent, "go");
  assert.equal(node.children[0], child);
});

test("writing the same again costs nothing", () => {
  const node = svg(document, "rect", { x: 1 });
  const before = node.writes;
  set(node, "x", 1);
  assert.equal(node.writes, before);
  set(node, "x", 2);
  assert.equal(node.writes, before + 1);
  set(node, "x", null);
  assert.equal(node.hasAttribute("x"), false);
  setStyle(node, "fill", "red");
  setStyle(node, "fill", "red");
  assert.equal(node.style.writes, 1);
});

test("text, class and children", () => {
  const node = element(document, "p");
  setText(node, "one");
  toggle(node, "on", true);
  toggle(node, "on", true);
  assert.equal(node.getAttribute("class"), "on");
  replace(node, element(document, "b", { text: "two" }), null);
  assert.equal(node.textContent, "two");
});

test("a node's only text is written over, and only when it is another", () => {
  let written = 0;
  const text = { nodeType: 3, own: "one", get data() { return this.own; }, set data(next) { written += 1; this.own = next; } };
  const node = { firstChild: text, lastChild: text, get textContent() { return text.own; }, set textContent(_) { assert.fail("another text node"); } };
  setText(node, "one");
  assert.equal(written, 0);
  setText(node, "two");
  assert.deepEqual([text.own, written], ["two", 1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { freeze } from "../../../static/draw/freeze.js";

const node = (tagName, attributes = {}, style = {}, ...children) => ({
  tagName, nodeType: 1, attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })), style, childNodes: children,
});
const text = (nodeValue) => ({ nodeType: 3, nodeValue });
class Made {
  constructor(tag) {
    this.tag = tag;
    this.set = {};
    this.children = [];
  }
  hasAttribute(name) { return name in this.set; }
  getAttribute(name) { return this.set[name] ?? null; }
  setAttribute(name, value) { this.set[name] = value; }
  append(...nodes) { this.children.push(...nodes); }
}
const document = {
  createElementNS: (_, tag) => new Made(tag),
  defaultView: {
    getComputedStyle: ({ style }) => ({ display: "inline", transform: "none", ...style, getPropertyValue: (name) => style[name] ?? "" }),
  },
};
const how = { colours: (name) => ({ colour: `[${name}]`, alpha: name === "pale" ? 0.25 : 1 }), prefix: "p-" };

test("what the style sheets say is written into the node; names and listeners are not", () => {
  const made = freeze(document, node("rect", { x: "1", class: "box", "data-name": "c", style: "fill: var(--x)" }, { fill: "red", stroke: "pale", "stroke-width": "2px" }), how);
  assert.deepEqual(made.set, { x: "1", "stroke-width": "2px", fill: "[red]", stroke: "[pale]", "stroke-opacity": "0.250" });
});

test("a share of a colour counts twice where both say so", () => {
  const made = freeze(document, node("path", {}, { fill: "pale", "fill-opacity": "0.5" }), how);
  assert.equal(made.set["fill-opacity"], "0.125");
});

test("references stay within the drawing, and what is not shown is left out", () => {
  const clip = node("clipPath", { id: "gate" });
  const made = freeze(document, node("g", { "clip-path": "url(#gate)" }, {}, clip, text("7.00"), node("g", {}, { display: "none" }), node("title")), how);
  assert.equal(made.set["clip-path"], "url(#p-gate)");
  assert.deepEqual(made.children.map((child) => child.set?.id ?? child), ["p-gate", "7.00"]);
});

test("a place that was set by style becomes an attribute", () => {
  const made = freeze(document, node("rect", { transform: "translate(1 2)" }, { transform: "matrix(1, 0, 0, 1, 9, 0)" }), how);
  assert.equal(made.set.transform, "matrix(1, 0, 0, 1, 9, 0)");
});

test("a ground behind letters stays behind them", () => {
  const made = freeze(document, node("text", {}, { fill: "black", stroke: "white", "paint-order": "stroke" }, node("tspan", {}, { "paint-order": "normal" })), how);
  assert.equal(made.set["paint-order"], "stroke");
  assert.equal(made.children[0].set["paint-order"], undefined);
});

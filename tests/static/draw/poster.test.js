import assert from "node:assert/strict";
import { test } from "node:test";
import { poster } from "../../../static/draw/poster.js";

/** A node with attributes, children and a size. */
class Made {
  nodeType = 1;
  childNodes = [];
  known = new Map();
  classList = { contains: () => false };
  constructor(tagName, size) {
    this.tagName = tagName;
    this.size = size;
    this.style = { setProperty: () => undefined };
  }
  get attributes() { return [...this.known].map(([name, value]) => ({ name, value })); }
  hasAttribute(name) { return this.known.has(name); }
  getAttribute(name) { return this.known.get(name) ?? null; }
  setAttribute(name, value) { this.known.set(name, String(value)); }
  append(...nodes) { this.childNodes.push(...nodes.map((node) => (typeof node === "string" ? { nodeType: 3, nodeValue: node } : node))); }
  prepend(...nodes) { this.childNodes.unshift(...nodes); }
  replaceChildren(...nodes) { this.childNodes = nodes; }
  set textContent(text) { this.childNodes = [{ nodeType: 3, nodeValue: text }]; }
  get textContent() { return this.childNodes.map((node) => node.nodeValue).join(""); }
  getBoundingClientRect() { return this.size; }
  getComputedTextLength() { return 30; }
}
const plain = { display: "inline", transform: "none", getPropertyValue: (name) => (name === "fill" ? "ink" : "") };
const pen = { clearRect() {}, fillRect() {}, getImageData: () => ({ data: [0, 10, 255, 255] }) };
const document = {
  createElementNS: (_, tag) => new Made(tag),
  createElement: () => ({ getContext: () => pen }),
  defaultView: { getComputedStyle: () => plain },
};

test("title, drawings side by side, scales and source stand below each other; the letters come along", () => {
  const bench = new Made("div");
  const figure = (width, height) => new Made("svg", { width, height });
  const said = { title: "LSTM", subtitle: "step 2", scales: [{ kind: "signed", low: "−1", high: "1", text: "h" }], source: "from here" };
  const faces = [{ family: "Inter", style: "normal", weight: "400", data: "AAAA", range: "U+1-2" }];
  const sheet = poster(document, bench, [[figure(40, 100), figure(600, 120)]], said, faces);
  assert.equal(sheet.getAttribute("width"), "704");
  assert.match(sheet.getAttribute("viewBox"), /^0 0 704 \d+$/);
  const drawings = sheet.childNodes.filter((one) => one.tagName === "svg");
  assert.deepEqual(drawings.map((one) => ["x", "width", "height"].map((name) => one.getAttribute(name))), [["32", "40", "100"], ["72", "600", "120"]]);
  assert.equal(drawings[0].getAttribute("y"), drawings[1].getAttribute("y"));
  const [style] = sheet.childNodes;
  assert.equal(style.textContent, '@font-face{font-family:"Inter";font-style:normal;font-weight:400;unicode-range:U+1-2;src:url(data:font/woff2;base64,AAAA) format("woff2")}');
  assert.equal(bench.childNodes.length, 0);
  assert.ok(sheet.childNodes.filter((one) => one.tagName === "rect").length > 10);
});

test("what several rows are called stands over each", () => {
  const row = () => [new Made("svg", { width: 600, height: 100 })];
  const said = { title: "Side by side", subtitle: "", names: ["LSTM", "GRU · minus LSTM"], scales: [], source: "" };
  const sheet = poster(document, new Made("div"), [row(), row()], said, []);
  const tops = sheet.childNodes.filter((one) => one.tagName === "svg").map((one) => Number(one.getAttribute("y")));
  const names = sheet.childNodes.filter((one) => one.tagName === "text" && said.names.includes(one.textContent));
  assert.deepEqual(names.map((one) => one.textContent), said.names);
  names.forEach((one, at) => assert.ok(Number(one.getAttribute("y")) < tops[at] && Number(one.getAttribute("y")) > (at > 0 ? tops[at - 1] + 100 : 0)));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { painted } from "../../../static/draw/painted.js";
import { document as paper } from "../paper.js";

const document = { ...paper, defaultView: { getComputedStyle: () => ({ fontSize: "20px", fontFamily: "Math", color: "red" }) } };
const colours = () => ({ colour: "#ff0000", alpha: 1 });
const box = (left, top, width, height) => () => ({ left, top, width, height, right: left + width, bottom: top + height });
const holder = (found) => ({ getBoundingClientRect: box(10, 100, 300, 200), querySelectorAll: (selector) => found[selector] ?? [] });

test("canvases are images where they stand", () => {
  const canvas = { toDataURL: (type) => `data:${type},one`, getBoundingClientRect: box(15, 130, 280, 50) };
  const { children } = painted(document, holder({ canvas: [canvas] }), colours);
  assert.equal(children.length, 1);
  const image = Object.fromEntries(["href", "x", "y", "width", "height"].map((name) => [name, children[0].getAttribute(name)]));
  assert.deepEqual([children[0].tag, image], ["image", { href: "data:image/png,one", x: "5", y: "30", width: "280", height: "50" }]);
});

test("a name keeps its place, its colour, and what stands below the line", () => {
  const name = { getBoundingClientRect: box(20, 110, 40, 20), children: [{ tagName: "VAR", textContent: "c" }, { tagName: "SUB", textContent: "2" }] };
  const [text] = painted(document, holder({ "[data-name]": [name] }), colours).children;
  assert.deepEqual(["x", "y", "fill", "font-family"].map((key) => text.getAttribute(key)), ["50", "20", "#ff0000", "Math"]);
  assert.deepEqual(text.children.map((part) => [part.textContent, part.getAttribute("dy"), part.getAttribute("font-size")]), [["c", null, "20"], ["2", "5", "12"]]);
});

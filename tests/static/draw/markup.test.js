import assert from "node:assert/strict";
import { test } from "node:test";

import { addressed, insert } from "../../../static/draw/markup.js";
import { element } from "../../../static/draw/dom.js";
import { document } from "../paper.js";

const full = (name) => `main.1.forward.${name}`;

test("a bare symbol becomes its address, a gradient the gradient's", () => {
  assert.equal(addressed("c_prev", full), "main.1.forward.c_prev");
  assert.equal(addressed("∂c", full), "main.1.forward.∂c");
});

test("in a layer that reads from the end the step before is t+1", () => {
  const node = element(document, "div");
  node.querySelectorAll = () => [];
  const earlier = "<msub><mi>h</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>";
  insert(node, earlier, (name) => `main.1.backward.${name}`);
  assert.equal(node.innerHTML, earlier.replace("−", "+"));
  insert(node, earlier, full);
  assert.equal(node.innerHTML, earlier);
});

test("names that are addresses already stay", () => {
  const node = element(document, "div");
  const named = ["c", "main.2.forward.h"].map((name) => element(document, "mi", { "data-name": name }));
  node.querySelectorAll = () => named;
  insert(node, "<math></math>", full);
  assert.equal(node.innerHTML, "<math></math>");
  assert.deepEqual(named.map((one) => one.getAttribute("data-name")), ["main.1.forward.c", "main.2.forward.h"]);
});

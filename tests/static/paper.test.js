import assert from "node:assert/strict";
import { test } from "node:test";
import { watchPaper } from "../../static/paper.js";

test("what is printed is light, and the screen has its own theme again after it", () => {
  const listeners = {};
  const added = [];
  const root = { dataset: { theme: "dark" } };
  const link = { given: {}, setAttribute(name, value) { this.given[name] = value; } };
  watchPaper({
    documentElement: root, head: { append: (node) => added.push(node) }, createElement: () => link,
    defaultView: { addEventListener: (kind, act) => (listeners[kind] = act) },
  }, () => (root.dataset.theme = "dark"));
  assert.deepEqual(added, [link]);
  assert.deepEqual(link.given, { rel: "stylesheet", media: "print", href: "static/css/paper.css" });
  listeners.beforeprint();
  assert.equal(root.dataset.theme, "light");
  listeners.afterprint();
  assert.equal(root.dataset.theme, "dark");
});

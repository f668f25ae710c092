import assert from "node:assert/strict";
import { test } from "node:test";
import { intoSight } from "../../static/sight.js";

function part(more) {
  const gone = [];
  let change = () => undefined;
  const window = {
    innerHeight: 800,
    requestAnimationFrame: (act) => act(),
    MutationObserver: class {
      constructor(act) {
        change = act;
      }
      observe() {}
      disconnect() {
        change = () => undefined;
      }
    },
  };
  return { node: { hidden: true, offsetHeight: 300, scrollIntoView: ({ block }) => gone.push(block), ...more }, window, gone, change: () => change() };
}

test("what is hidden waits until it is shown, and comes once", () => {
  const { node, window, gone, change } = part();
  intoSight(node, window);
  change();
  assert.deepEqual(gone, []);
  node.hidden = false;
  change();
  change();
  assert.deepEqual(gone, ["nearest"]);
});

test("what is shown already comes at once, its top where it is higher than the window", () => {
  const { node, window, gone } = part({ hidden: false, offsetHeight: 1200 });
  intoSight(node, window);
  assert.deepEqual(gone, ["start"]);
  intoSight(null, window);
});

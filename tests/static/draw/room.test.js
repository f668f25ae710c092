import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { room } from "../../../static/draw/room.js";

/** @type {any} */
const surroundings = globalThis;
/** @type {{resize: () => void, nodes: unknown[], stopped: boolean}} */
let watching;

beforeEach(() => {
  watching = { resize: () => {}, nodes: [], stopped: false };
  surroundings.ResizeObserver = class {
    /** @param {() => void} callback */
    constructor(callback) {
      watching.resize = callback;
    }

    /** @param {unknown} node */
    observe(node) {
      watching.nodes.push(node);
    }

    disconnect() {
      watching.stopped = true;
    }
  };
});

afterEach(() => delete surroundings.ResizeObserver);

/** @param {number} width @param {number} height */
function nodeOf(width, height) {
  const node = { asked: 0, width, height, get clientWidth() { this.asked += 1; return this.width; }, get clientHeight() { return this.height; } };
  return /** @type {any} */ (node);
}

test("a node is measured at the start and when it changes, not when its room is read", () => {
  const node = nodeOf(300, 90);
  let told = 0;
  const size = room(node, () => (told += 1));
  assert.deepEqual([size.width, size.height, size.width, size.width], [300, 90, 300, 300]);
  assert.equal(node.asked, 1);
  assert.deepEqual(watching.nodes, [node]);
  node.width = 420;
  assert.equal(size.width, 300);
  watching.resize();
  assert.deepEqual([size.width, told, node.asked], [420, 1, 2]);
});

test("stopping lets the node go", () => {
  room(nodeOf(1, 1), () => {}).stop();
  assert.equal(watching.stopped, true);
});

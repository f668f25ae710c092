import assert from "node:assert/strict";
import { test } from "node:test";

import { carry, execute, follow, phases } from "../../../static/draw/carry.js";
import { document } from "../paper.js";

const wire = (from, to) => ({ from, to, name: from, d: `M0 0 H${from.length}` });

test("operands go first, what comes out of an operation after them", () => {
  const wires = [wire("f", "c/0"), wire("c_prev", "c/0"), wire("c/0", "c/"), wire("i", "c/1"), wire("c/1", "c/"), wire("c/", "c")];
  assert.deepEqual(phases(wires), [0, 0, 1, 0, 1, 2]);
});

test("each number runs along its wire in its turn and is gone afterwards; going backward the last comes first", () => {
  const figure = document.createElement("svg");
  const runs = [];
  const page = { createElementNS: () => Object.assign(document.createElement("g"), {
    animate(frames, { delay, duration }) { return runs[runs.push({ frames, delay, duration, bead: this }) - 1]; },
    remove() { figure.childNodes = figure.childNodes.filter((one) => one !== this); },
  }) };
  const loads = [{ wire: wire("f", "c/0"), text: "1", phase: 0 }, { wire: wire("x", "f"), text: "", phase: 0 }, { wire: wire("c/0", "c/"), text: "7", phase: 1 }];
  carry(page, figure, loads, { duration: 1000, back: false });
  assert.deepEqual(runs.map(({ delay, duration }) => [delay, duration]), [[0, 500], [500, 500]]);
  assert.deepEqual(runs.map(({ bead }) => bead.textContent), ["1", "7"]);
  assert.equal(runs[0].bead.style.values["offset-path"], 'path("M0 0 H1")');
  for (const run of runs) run.onfinish();
  assert.equal(figure.children.length, 0);
  runs.length = 0;
  carry(page, figure, loads, { duration: 1000, back: true });
  assert.deepEqual(runs.map(({ delay, frames }) => [delay, frames[0].offsetDistance]), [[500, "100%"], [0, "100%"]]);
});

test("the result of an equation appears when it has arrived, and at once going backward", () => {
  const shown = [];
  const place = (id, kind = "value") => ({ node: { id, kind }, group: { querySelectorAll: () => [{ animate: (frames) => shown.push([id, frames[0].opacity]) }] } });
  const figure = { figure: document.createElement("svg"), places: [place("c"), place("h:tanh"), place("c_prev", "before"), place("y")] };
  const how = { wires: [], isResult: (id) => id !== "y", textOf: () => "1", duration: 100 };
  execute(document, figure, { ...how, back: false });
  assert.deepEqual(shown, [["c", 0]]);
  execute(document, figure, { ...how, back: true });
  assert.equal(shown.length, 1);
});

test("where a drawing scrolls, what is executed comes into view, its result first", () => {
  const moves = [];
  const box = (/** @type {number} */ left, /** @type {number} */ right) => ({ left, right, top: 20, bottom: 60 });
  const stage = (/** @type {any[]} */ ...present) => /** @type {any} */ ({
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 200, height: 100 }),
    querySelectorAll: () => present.map((each) => ({ getBoundingClientRect: () => each })),
    scrollBy: (/** @type {any} */ { left, top, behavior }) => moves.push([left, top, behavior]),
  });
  follow(stage(), true);
  follow(stage(box(40, 80), box(90, 150)), true);
  follow(stage(box(-60, -20)), true);
  follow(stage(box(-90, -50), box(240, 280)), false);
  assert.deepEqual(moves, [[0, 0, "smooth"], [-76, 0, "smooth"], [96, 0, "instant"]]);
  follow({ ...stage(box(-60, -20)), currentCSSZoom: 2 }, false);
  assert.deepEqual(moves[3], [-38, 0, "instant"], "on a wall, in the pixels of what scrolls");
});

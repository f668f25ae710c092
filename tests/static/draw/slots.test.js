import assert from "node:assert/strict";
import { test } from "node:test";

import { gateSlot, roomFor, valueSlot } from "../../../static/draw/slots.js";
import { document } from "../paper.js";

const size = (units, type = 13) => ({ width: 90, height: 20, gap: 2, units, type });
const figures = (slot) => slot.node.all("text").map((text) => text.textContent).filter(Boolean);
const paint = (values, more = {}) => ({ value: (unit) => values[unit], reach: "shown", ...more });

test("a value shows its number; beyond the range it is marked, beyond all numbers said", () => {
  const slot = valueSlot(document, size(3), "memory");
  slot.paint(paint([7, 20, Infinity], { bound: 10 }));
  assert.deepEqual(figures(slot), ["7.00", "20.00", "∞"]);
  assert.deepEqual(slot.node.all("clip").map((mark) => mark.getAttribute("visibility")), ["hidden", "visible", "visible"]);
  assert.equal(slot.units[2].classList.contains("is-overflow"), true);
});

test("a memory of one unit says how little is left of it", () => {
  const written = (units, kind) => {
    const slot = valueSlot(document, size(units), kind);
    slot.paint(paint([0.0034, 0.0034]));
    return figures(slot)[0];
  };
  assert.deepEqual([written(1, "memory"), written(1, "value"), written(2, "memory")], ["0.003", "0.00", "0.00"]);
  const slot = valueSlot(document, size(1), "memory");
  const at = (faded) => {
    slot.paint(paint([9.54e-7], { faded }));
    return figures(slot)[0];
  };
  assert.deepEqual([at(true), at(false)], ["1·10⁻⁶", "0.00"]);
});

test("what is hidden says nothing, and asks where it is asked", () => {
  const slot = valueSlot(document, size(1), "memory");
  slot.paint(paint([7], { reach: "hidden", question: true }));
  assert.deepEqual(figures(slot), ["?"]);
  assert.equal(slot.node.classList.contains("is-hidden"), true);
  slot.paint(paint([7], { reach: "later" }));
  assert.deepEqual(figures(slot), ["7.00"]);
  assert.equal(slot.node.classList.contains("is-later"), true);
});

test("a gate that is asked for is a question, too", () => {
  const slot = gateSlot(document, size(1, 11), "clip");
  slot.paint(paint([1], { reach: "hidden", question: true, word: () => "open" }));
  assert.deepEqual(figures(slot), ["?"]);
  slot.paint(paint([1], { word: () => "open" }));
  assert.deepEqual(figures(slot), ["open"]);
});

test("without room for digits the length of a bar says how much", () => {
  const slot = valueSlot(document, size(2, 0), "value");
  slot.paint(paint([5, -2.5], { bound: 10 }));
  assert.deepEqual(slot.node.all("box").map((box) => Number(box.getAttribute("width"))), [45, 22.5]);
});

test("a gate is as long as it is open, its word where there is room", () => {
  const slot = gateSlot(document, size(1, 11), "clip");
  const at = (opening) => {
    slot.paint(paint([opening], { word: (now) => (now > 0.9 ? "open" : now < 0.1 ? "shut" : now.toFixed(2)) }));
    return [slot.node.all("bar")[0].getAttribute("width"), figures(slot)[0], slot.node.all("text")[0].getAttribute("text-anchor")];
  };
  assert.deepEqual(at(1), ["90.0", "open", "start"]);
  assert.deepEqual(at(0), ["0.0", "shut", "end"]);
  assert.deepEqual(at(0.5), ["45.0", "0.50", "start"]);
  const narrow = gateSlot(document, { ...size(1, 11), width: 38 }, "clip");
  narrow.paint(paint([0.5], { word: () => "0.50" }));
  assert.equal(narrow.node.all("text")[0].getAttribute("text-anchor"), "middle");
});

test("a word that just fits its side of a narrow gate stands in the middle of it", () => {
  const slot = gateSlot(document, { ...size(1, 11), width: 36 }, "clip");
  const at = (opening) => {
    slot.paint(paint([opening], { word: () => "open" }));
    const [bar, text] = [slot.node.all("bar")[0], slot.node.all("text")[0]];
    return [bar.getAttribute("y"), text.getAttribute("text-anchor"), Number(text.getAttribute("x")).toFixed(1)];
  };
  assert.deepEqual(at(1), ["0", "start", "4.6"]);
  assert.deepEqual(at(0), ["0", "end", "31.4"]);
  assert.equal(at(0.5)[1], "middle");
});

test("where digits stand above the bar of a low gate, the bar does not touch them", () => {
  const below = (height) => {
    const slot = gateSlot(document, { ...size(1, 10.5), width: 38, height }, "clip");
    slot.paint(paint([0.5], { word: () => "0.50" }));
    const [bar, text] = [slot.node.all("bar")[0], slot.node.all("text")[0]].map((node) => Number(node.getAttribute("y")));
    return [bar - text >= 1.5, bar < height - 1];
  };
  for (const height of [12, 12.7, 15, 18]) assert.deepEqual(below(height), [true, true]);
});

test("room is counted in digits", () => {
  assert.equal(roomFor(size(1, 0)), 0);
  assert.ok(roomFor(size(1, 13)) > 10);
});

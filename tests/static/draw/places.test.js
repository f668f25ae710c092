import assert from "node:assert/strict";
import { test } from "node:test";

import { draw, label, operationHalf } from "../../../static/draw/places.js";
import { document } from "../paper.js";

const at = (shape, more = {}) => ({ shape, x: 10, y: 10, ...more });
const paint = (values, more = {}) => ({ value: (unit) => values[unit], bound: 10, known: true, unit: 0, whole: false, ...more });

test("a valve's slot is as open as the gate", () => {
  const valve = draw(document, at("valve"), { units: 1, role: "gate", op: "sigmoid" });
  const disc = valve.node.all("disc")[0];
  const open = (value) => {
    valve.paint(paint([value]));
    return Number(disc.getAttribute("ry"));
  };
  assert.ok(open(0) < 0.2);
  assert.equal(open(0.5), 8);
  assert.equal(open(1), 16);
  const text = valve.node.all("figure")[0];
  assert.equal(text.textContent, "");
  valve.paint(paint([1], { known: false }));
  assert.ok(valve.node.classList.contains("is-hidden"));
  assert.equal(text.textContent, "?");
});

test("more units are a column, in a valve's place too", () => {
  const column = draw(document, at("valve", { width: 46, height: 72 }), { units: 3, role: "gate", op: "" });
  column.paint(paint([0.1, 0.5, 0.9], { unit: 2 }));
  assert.deepEqual(column.node.all("figure").map((text) => text.textContent), ["0.10", "0.50", "0.90"]);
  assert.equal(column.full, true);
  const mark = () => column.node.all("cursor")[0].getAttribute("visibility");
  assert.equal(mark(), "visible");
  column.paint(paint([0.1, 0.5, 0.9], { unit: 3 }));
  assert.equal(mark(), "hidden");
});

test("a memory alone shows five digits, an integer network integers", () => {
  const box = draw(document, at("state", { width: 128, height: 68 }), { units: 1, role: "state", op: "" });
  box.paint(paint([6.999500633749107]));
  assert.equal(box.node.all("figure")[0].textContent, "6.9995");
  box.paint(paint([7], { whole: true }));
  assert.equal(box.node.all("figure")[0].textContent, "7");
  box.paint(paint([Infinity]));
  assert.ok(box.node.all("box")[0].classList.contains("is-overflow"));
  box.paint(paint([20]));
  assert.ok(box.node.all("box")[0].classList.contains("is-beyond"));
});

test("operations are signs, functions their names", () => {
  const sign = (op) => draw(document, at("op"), { units: 1, role: "", op }).node.textContent;
  assert.deepEqual(["mul", "add", "sub", "tanh"].map(sign), ["×", "+", "−", "tanh"]);
});

test("labels stack what they have to say", () => {
  const text = label(document, { x: 5, y: 10, anchor: "end" }, "gate");
  text.paint({ letter: "f", number: "0.5", word: "", gradient: "dL/df 1" }, 1);
  assert.equal(text.node.textContent, "f0.5dL/df 1");
  const [letter, , number, , , , gradient] = text.node.children;
  assert.deepEqual([letter, number, gradient].map((node) => node.getAttribute("y")), ["10", "28", "45"]);
});

test("an operation with a number or a parameter says it, and is as wide as that", () => {
  const sign = (op, label) => draw(document, at("op"), { units: 1, role: "", op, label }).node.textContent;
  assert.deepEqual([sign("sub", "1 −"), sign("matmul", "U_n ·"), sign("mul", "alpha ×"), sign("mul", "×")], ["1 −", "Un ·", "α ×", "×"]);
  assert.equal(operationHalf("mul", "×"), 12);
  assert.ok(operationHalf("mul", "(1 − alpha) ×") > operationHalf("sub", "1 −"));
});

test("where lines are short, a gradient's name stands in the place of the word", () => {
  const text = label(document, { x: 5, y: 10, anchor: "middle", slim: true }, "gate");
  const said = () => text.node.children.slice(1).map((node) => node.textContent);
  text.paint({ letter: "f", number: "", word: "open", gradient: "" }, 1);
  assert.deepEqual(said(), ["", "", "", "open", "", ""]);
  text.paint({ letter: "f", number: "", word: "", gradient: "dL/df −0.5" }, 1);
  assert.deepEqual(said(), ["", "", "", "dL/df", "", "−0.5"]);
  const [, , , , word, , gradient] = text.node.children;
  assert.deepEqual([word, gradient].map((node) => node.getAttribute("y")), ["27", "44"]);
  text.paint({ letter: "c", number: "", word: "before", gradient: "to step 3: 0.5" }, 1);
  assert.deepEqual(said(), ["", "", "", "to step 3:", "", "0.5"]);
});

test("a word that is longer than its room takes two lines", () => {
  const text = label(document, { x: 5, y: 10, anchor: "start", slim: true, room: 60 }, "gate");
  const [, , , , word, rest] = text.node.children;
  let measured = 0;
  word.ownerDocument = { documentElement: { dataset: {} } };
  word.getComputedTextLength = () => {
    measured += 1;
    return 6 * word.textContent.length;
  };
  const said = (written) => {
    text.paint({ letter: "f", number: "", word: written, gradient: "" }, 1);
    return [word, rest].map((node) => node.textContent);
  };
  assert.deepEqual(said("open"), ["open", ""]);
  assert.deepEqual(said("shut: keep"), ["shut: keep", ""]);
  assert.deepEqual(said("keeps a part"), ["keeps", "a part"]);
  assert.deepEqual([word, rest].map((node) => node.getAttribute("y")), ["27", "44"]);
  assert.deepEqual(said("47 % old, 53 % new"), ["47 % old,", "53 % new"]);
  assert.deepEqual(said("to the start:"), ["to the", "start:"]);
  assert.deepEqual(said("旧 47 %，新 53 %"), ["旧 47 %，", "新 53 %"]);
  // What has been measured is not measured again, until the type is another.
  const known = measured;
  assert.deepEqual(said("keeps a part"), ["keeps", "a part"]);
  assert.equal(measured, known);
  word.ownerDocument.documentElement.dataset.theme = "projector";
  assert.deepEqual(said("keeps a part"), ["keeps", "a part"]);
  assert.equal(measured, known + 1);
});

test("a gate says what it means, the sum it comes of, and its slope, each on its line", () => {
  const text = label(document, { x: 5, y: 10, anchor: "end" }, "gate");
  text.paint({ letter: "f", says: "= keep", sum: "σ(110)", number: "1.0000", word: "", slope: "σ′ 0", gradient: "" }, 1);
  const [letter, sum, number, slope] = text.node.children;
  assert.deepEqual([letter, sum, number, slope].map((node) => [node.textContent, node.getAttribute("y")]), [["f = keep", "10"], ["σ(110)", "27"], ["1.0000", "45"], ["σ′ 0", "62"]]);
});

const gates = (more) => draw(document, at("valve", { width: 48, height: 72, ...more }), { units: 2, role: "gate", op: "" });

test("a gate that keeps has its ends marked, one that shares is always full", () => {
  const keeps = gates({ ticks: true });
  keeps.paint(paint([0.1, 0.9], { ticks: ["0 drop", "1 keep"] }));
  assert.deepEqual(keeps.node.all("tick").map((tick) => tick.textContent), ["0 drop", "1 keep"]);
  const shares = gates({ share: "kept" });
  shares.paint(paint([0.25, 0.75]));
  const [rest, box] = [shares.node.all("rest")[0], shares.node.all("box")[0]];
  assert.equal(Number(box.getAttribute("width")), 0.25 * Number(rest.getAttribute("width")));
});

test("units that have no room for digits are a column of heat too, with what its ends mean", () => {
  const drawn = (units, height) => draw(document, at("valve", { width: 44, height, ticks: true }), { units, role: "gate", op: "" });
  assert.equal(drawn(8, 88).node.all("box").length, 8);
  assert.equal(drawn(12, 200).node.all("box").length, 12, "with room for digits");
  const bare = drawn(12, 88);
  bare.paint(paint(Array(12).fill(0.5), { ticks: ["0 drop", "1 keep"] }));
  assert.equal(bare.node.all("box").length, 0);
  assert.deepEqual(bare.node.all("tick").map((tick) => tick.textContent), ["0 drop", "1 keep"]);
});

test("more units than sixteen are a column of heat without digits", () => {
  const column = draw(document, at("state", { width: 56, height: 180 }), { units: 128, role: "state", op: "" });
  column.paint(paint(Array.from({ length: 128 }, (_, unit) => unit / 128)));
  assert.equal(column.full, false);
  assert.equal(column.node.all("box").length, 0);
  assert.equal(column.node.all("shade").flatMap((shape) => shape.getAttribute("points").trim().split(" ").filter(Boolean)).length, 4 * 128);
});

test("of a mixing gate what is kept is seen on the right", () => {
  const mixes = gates({ share: "kept", tap: true });
  mixes.paint(paint([0.25, 0.75]));
  const [box] = mixes.node.all("box");
  const right = Number(mixes.node.all("rest")[0].getAttribute("x")) * -1;
  assert.equal(Number(box.getAttribute("x")) + Number(box.getAttribute("width")), right);
  const writes = gates({ share: "written", tap: true });
  writes.paint(paint([0.25, 0.75]));
  assert.equal(Number(writes.node.all("box")[0].getAttribute("x")), -right);
});

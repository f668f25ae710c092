import assert from "node:assert/strict";
import { test } from "node:test";
import { together, weightPictures } from "../../../static/draw/weightpicture.js";
import { document as paper } from "../canvas.js";

globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};
const document = { ...paper, documentElement: { dataset: {} }, defaultView: { devicePixelRatio: 1, getComputedStyle: () => ({ getPropertyValue: () => "#808080" }) } };

test("an equation's parameters stand side by side, a row for each unit", () => {
  const { data, steps, units, widths } = together([[[1, 2], [3, 4]], [5, 6]]);
  assert.deepEqual([steps, units, widths], [3, 2, [2, 1]]);
  assert.deepEqual([...data], [1, 3, 2, 4, 5, 6]);
});

test("a press chooses the weight under it, arrows the next one", () => {
  const chosen = [];
  const { node, paint } = weightPictures(document, (place) => chosen.push(place));
  const show = (now) => paint({ lines: [{ name: "f", address: "f", role: "gate", label: "weights", parts: ["W_f", "b_f"], columns: "" }], values: { W_f: [[1, 2], [3, 4]], b_f: [5, 6] }, chosen: now, bound: 1 });
  show(null);
  const [field] = node.all("weight-field");
  const [mark] = node.all("weight-mark");
  assert.equal(mark.hidden, true);
  field.getBoundingClientRect = () => ({ left: 0, top: 0, width: 30, height: 20 });
  field.listeners.click({ clientX: 15, clientY: 15 });
  field.listeners.click({ clientX: 25, clientY: 5 });
  assert.deepEqual(chosen, [{ address: "W_f", index: [1, 1] }, { address: "b_f", index: [0] }]);
  show({ address: "W_f", index: [1, 1] });
  assert.equal(mark.hidden, false);
  field.listeners.keydown({ key: "ArrowRight", preventDefault() {}, stopPropagation() {} });
  field.listeners.keydown({ key: "ArrowUp", preventDefault() {}, stopPropagation() {} });
  field.listeners.keydown({ key: "x" });
  assert.deepEqual(chosen.slice(2), [{ address: "b_f", index: [1] }, { address: "W_f", index: [0, 1] }]);
  for (const key of ["End", "Home"]) field.listeners.keydown({ key, preventDefault() {}, stopPropagation() {} });
  assert.deepEqual(chosen.slice(4), [{ address: "b_f", index: [1] }, { address: "W_f", index: [1, 0] }]);
});

test("what the columns are is said once, before the first of those that share them", () => {
  const { node, paint } = weightPictures(document, () => undefined);
  const line = (name, columns) => ({ name, address: name, role: "gate", label: "", parts: ["W"], columns });
  paint({ lines: [line("i", "x, h"), line("f", "x, h"), line("y", "h")], values: { W: [[1, 2]] }, chosen: null, bound: 1 });
  assert.deepEqual(node.children.map((child) => child.textContent), ["x, h", "i", "f", "h", "y"]);
});

test("many pictures share the height that few have, and a single unit's is low", () => {
  const matrix = Array.from({ length: 16 }, () => [1, 2]);
  const highs = (count) => {
    const { node, paint } = weightPictures(document, () => undefined);
    const lines = Array.from({ length: count }, (_, at) => ({ name: `g${at}`, address: `g${at}`, role: "gate", label: "", parts: [`W${at}`], columns: "" }));
    lines.push({ name: "y", address: "y", role: "out", label: "", parts: ["V", "d"], columns: "" });
    const values = { ...Object.fromEntries(lines.map(({ parts }) => [parts[0], matrix])), V: [[1, 2, 3]], d: [0] };
    paint({ lines, values, chosen: null, bound: 1 });
    return node.all("weight-paper").map((canvas) => canvas.height);
  };
  assert.deepEqual(highs(1), [44, 14]);
  assert.deepEqual(highs(4), [30, 30, 30, 30, 14]);
  assert.deepEqual(highs(12), [...Array.from({ length: 12 }, () => 24), 14]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { command, placeOf } from "../../static/keys.js";

const press = (key, held = {}) => ({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });
const shift = { shiftKey: true };
const said = (key, held, place = "stage") => {
  const found = command(press(key, held), place);
  return found && [found.name, ...(found.args ?? [])].join(" ");
};

const TABLE = [
  ["ArrowRight", {}, "go 1"], ["ArrowLeft", {}, "go -1"], ["n", {}, "go 1"], ["p", {}, "go -1"],
  ["ArrowRight", shift, "event 1"], ["ArrowLeft", shift, "event -1"],
  ["ArrowDown", {}, "nextEquation"], ["ArrowUp", {}, "previousEquation"], ["ArrowDown", shift, "nextUnit 1"], ["ArrowUp", shift, "nextUnit -1"],
  ["PageDown", {}, "onward 1"], ["PageUp", {}, "onward -1"], ["Home", {}, "first"], ["End", {}, "last"],
  [" ", {}, "toggle"], [" ", shift, "back"], ["Enter", {}, "deeper"], ["Escape", {}, "shallower"],
  ["1", {}, "spotlight 1"], ["6", {}, "spotlight 6"], ["0", {}, "spotlight 0"], ["7", {}, null],
  ["d", {}, "theme"], ["r", {}, "motion"], ["u", {}, "undo"], ["U", shift, "redo"], ["z", { ctrlKey: true }, "undo"],
  ["Z", { ctrlKey: true, shiftKey: true }, "redo"], ["z", { metaKey: true }, "undo"], ["y", { ctrlKey: true }, "redo"],
  ["?", shift, "help"], ["F1", {}, "help"], ["g", {}, "goto"], ["e", {}, "toggleEditor"], ["f", {}, "fullscreen"], ["b", {}, "blank"], [".", {}, "blank"],
  ["F5", {}, null], ["x", {}, null],
];

for (const [key, held, wanted] of TABLE) {
  test(`${Object.keys(held).join(" ")} ${key} means ${wanted}`, () => assert.equal(said(key, held), wanted));
}

test("nothing is heard while something is typed", () => {
  for (const [key, held] of TABLE) assert.equal(said(key, held, "text"), null, key);
});

test("a remote leads on from a single line of text, where nothing else is heard", () => {
  const heard = TABLE.filter(([key, held]) => said(key, held, "line") !== null).map(([key, held]) => said(key, held, "line"));
  assert.deepEqual([...new Set(heard)], ["onward 1", "onward -1"]);
});

test("nothing is heard with Ctrl, Alt or Meta, but for undo", () => {
  for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
    for (const key of ["ArrowRight", "d", "f", "1", "Home", " "]) assert.equal(said(key, held), null, key);
  }
  assert.equal(said("z", { ctrlKey: true, altKey: true }), null);
});

test("letters, digits and signs can be switched off; what a remote and the arrows send stays", () => {
  for (const [key, held, wanted] of TABLE) {
    const found = command(press(key, held), "stage", false);
    if (/^\S$/.test(key) && !held.ctrlKey && !held.metaKey) assert.equal(found, null, key);
    else assert.equal(found && [found.name, ...(found.args ?? [])].join(" "), wanted, key);
  }
});

test("a slider keeps its own keys, a button its own two", () => {
  for (const key of ["ArrowLeft", "ArrowUp", "PageDown", "Home", "End"]) assert.equal(said(key, {}, "slider"), null, key);
  assert.equal(said("d", {}, "slider"), "theme");
  assert.equal(said(" ", {}, "slider"), "toggle");
  assert.equal(said(" ", {}, "control"), null);
  assert.equal(said("Enter", {}, "control"), null);
  assert.equal(said("ArrowRight", {}, "control"), "go 1");
});

test("a presenter's remote goes through a whole lesson", () => {
  assert.deepEqual(["PageDown", "PageUp", ".", "F5", "Escape"].map((key) => said(key, {})), ["onward 1", "onward -1", "blank", null, "shallower"]);
});

test("where the focus is, is told by what has it", () => {
  const node = (kind) => ({ matches: (selector) => selector.split(", ").includes(kind) });
  assert.equal(placeOf(null), "stage");
  assert.equal(placeOf(node("textarea")), "text");
  assert.equal(placeOf(node("input[type=range]")), "slider");
  assert.equal(placeOf(node("input")), "line");
  assert.equal(placeOf(node("button")), "control");
  assert.equal(placeOf(node("div")), "stage");
});

import assert from "node:assert/strict";
import test from "node:test";
import { offers } from "../../../static/draw/offers.js";
import { document } from "../paper.js";

const PLACE = { x: 10, y: 20 };
const OFFERED = [{ text: "c", said: "value" }, { text: "c_prev", said: "before" }];

/** A list over a field, with what it took; the browser's part of a popover is left out. */
function open(written, names = OFFERED) {
  /** @type {string[]} */
  const taken = [];
  const field = document.createElement("textarea");
  const made = offers(document, field, { id: "names", take: (text) => taken.push(text) });
  /** @type {string[]} */
  const states = [];
  Object.assign(made.list, { showPopover: () => states.push("open"), hidePopover: () => states.push("closed") });
  made.show(names, written, PLACE);
  const key = (name, more = {}) => made.key({ key: name, preventDefault: () => undefined, stopPropagation: () => undefined, ...more });
  return { made, field, taken, states, key, active: () => field.getAttribute("aria-activedescendant") };
}

test("a word begun is chosen, a single letter or a whole name is not", () => {
  assert.equal(open("si", [{ text: "sigmoid", said: "" }]).active(), "names-0");
  assert.equal(open("c").active(), null);
  assert.equal(open("al", [{ text: "al", said: "" }, { text: "alpha", said: "" }]).active(), null);
});

test("Enter takes only what is chosen, Tab the first", () => {
  const list = open("c");
  assert.equal(list.key("Enter"), false);
  assert.equal(list.key("ArrowDown"), true);
  assert.equal(list.key("ArrowDown"), true);
  assert.equal(list.active(), "names-1");
  assert.equal(list.key("Enter"), true);
  assert.deepEqual(list.taken, ["c_prev"]);
  const other = open("c");
  other.key("Tab");
  assert.deepEqual(other.taken, ["c"]);
});

test("Esc closes the list; then the keys are the field's again", () => {
  const list = open("c");
  assert.equal(list.key("Escape"), true);
  assert.deepEqual(list.states, ["open", "closed"]);
  assert.deepEqual(["Escape", "ArrowDown", "Tab"].map((key) => list.key(key)), [false, false, false]);
});

test("what is being composed, and keys with others, are not the list's", () => {
  const list = open("c");
  assert.equal(list.key("ArrowDown", { isComposing: true }), false);
  assert.equal(list.key("Tab", { shiftKey: true }), false);
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { follower } from "../../../static/draw/follower.js";

before(() => (/** @type {any} */ (globalThis).requestAnimationFrame = (act) => act()));
after(() => delete (/** @type {any} */ (globalThis).requestAnimationFrame));

/** A row of twenty steps, each 30 wide, of which ten are seen. */
function row() {
  const scroll = { scrollLeft: 0, clientWidth: 300, firstElementChild: { offsetLeft: 4 } };
  const at = (step) => (step >= 1 && step <= 20 ? { offsetLeft: 4 + (step - 1) * 30, offsetWidth: 30 } : null);
  return { scroll, follow: follower(scroll, at) };
}

test("what is in view stays where it is, and what is not comes with five steps before it", () => {
  const { scroll, follow } = row();
  follow(10);
  assert.equal(scroll.scrollLeft, 0);
  follow(11);
  assert.equal(scroll.scrollLeft, 150);
  follow(15);
  assert.equal(scroll.scrollLeft, 150);
  follow(2);
  assert.ok(scroll.scrollLeft <= 0);
  follow(30);
  assert.ok(scroll.scrollLeft <= 0);
});

test("who has scrolled away is left there until the step is another", () => {
  const { scroll, follow } = row();
  follow(12);
  scroll.scrollLeft = 0;
  follow(12);
  assert.equal(scroll.scrollLeft, 0);
  follow(13);
  assert.equal(scroll.scrollLeft, 210);
});

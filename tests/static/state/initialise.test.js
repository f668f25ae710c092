import assert from "node:assert/strict";
import { test } from "node:test";
import { createInitialise } from "../../../static/state/initialise.js";
import { MAIN, page } from "../scene.js";

const W = `${MAIN}W_f`;
const B = `${MAIN}b_f`;

function open() {
  const made = page();
  made.ready();
  const actions = made.actions.more(createInitialise);
  const answer = (arrays) => made.listener.received({ type: "initialised", id: made.sent.at(-1).id, lane: "main", arrays });
  const drawn = (...numbers) => answer([{ name: W, data: Float64Array.from(numbers), shape: [1, 2] }]);
  const own = () => made.store.get().experiment.parameters;
  return { ...made, actions, answer, drawn, own };
}

test("the engine is asked for numbers, and they come as one change that is taken back as one", () => {
  const { actions, drawn, own, sent, store, tick } = open();
  actions.initialise([W], "he", 3);
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "initialise", starts: { [W]: { kind: "he", seed: 3, scale: 1 } }, id: 0 });
  assert.equal(store.get().undo, 0);
  drawn(0.5, -2);
  assert.deepEqual(own().values[W], [[0.5, -2]]);
  assert.deepEqual(own().starts, { [W]: { kind: "he", seed: 3, scale: 1 } });
  tick();
  assert.deepEqual({ ...sent.at(-1), id: 0 }, { type: "change", starts: { [W]: { kind: "he", seed: 3, scale: 1 } }, id: 0 });
  assert.equal(store.get().undo, 1);
  actions.undo();
  assert.deepEqual([own().values[W], own().starts], [[[0, 100]], {}]);
  actions.redo();
  assert.deepEqual([own().values[W], store.get().ground.drawn[W]], [[[0.5, -2]], [[0.5, -2]]]);
});

test("a refused rule, or an answer that fits no more, changes nothing", () => {
  const { actions, answer, listener, own, sent, store } = open();
  const before = own();
  actions.initialise([W], "he", 3);
  listener.received({ type: "problems", id: sent.at(-1).id, lane: "main", problems: [{ code: "x", message: "no" }] });
  actions.initialise([W], "he", 3);
  answer([{ name: W, data: Float64Array.of(1, 2, 3), shape: [1, 3] }]);
  assert.equal(own(), before);
  assert.equal(store.get().undo, 0);
});

test("a matrix that a rule started is scaled by its factor, a drag being one change", () => {
  const { actions, drawn, own, store } = open();
  actions.initialise([W], "he", 3);
  drawn(0.1, -0.3);
  const before = actions.before(W);
  for (const factor of [1.1, 1.7, 3]) actions.scale(W, before, factor, { live: true });
  actions.scale(W, before, 3);
  assert.deepEqual(own().starts[W], { kind: "he", seed: 3, scale: 3 });
  assert.deepEqual(own().values[W], [[0.1 * 3, -0.3 * 3]]);
  assert.equal(store.get().undo, 2);
});

test("one that was changed by hand is scaled by its numbers, and then belongs to no rule", () => {
  const { actions, drawn, own } = open();
  actions.initialise([W], "he", 3);
  drawn(0.5, -2);
  actions.setParameter(W, [0, 0], 7);
  actions.scale(W, actions.before(W), -2);
  assert.deepEqual([own().values[W], own().starts], [[[-14, 4]], {}]);
});

test("what would overflow is refused with a sentence, and nothing is half done", () => {
  const { actions, own, store } = open();
  const before = own();
  actions.scale(W, actions.before(W), 1e307);
  assert.equal(own(), before);
  assert.equal(store.get().notice, "initial.too-large");
});

test("parameters are put back one by one", () => {
  const { actions, drawn, own } = open();
  actions.setParameter(B, [0], 1);
  actions.initialise([W], "he", 3);
  drawn(0.5, -2);
  actions.putBack([W]);
  assert.deepEqual([own().values[W], own().values[B], own().starts], [[[0, 100]], [1], {}]);
});

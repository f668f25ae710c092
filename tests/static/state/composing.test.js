import assert from "node:assert/strict";
import { test } from "node:test";
import { createComposing } from "../../../static/state/composing.js";
import { applyFields } from "../../../static/state/fields.js";
import { fragment, parseFragment } from "../../../static/state/fragment.js";
import { experiment, network, page } from "../scene.js";

function open() {
  const made = page();
  made.ready();
  made.store.set({ limits: { steps: 6 } });
  const actions = made.actions.more(createComposing);
  return { ...made, actions, now: () => made.store.get().experiment, inputs: () => made.store.get().experiment.sequence.inputs };
}

test("a wave fills one input and leaves the other; one change each", () => {
  const { actions, inputs, store } = open();
  actions.setWave(1, "square", 0);
  assert.deepEqual(inputs(), [[3, 1], [4, -1], [2, 1], [1, -1]]);
  actions.undo();
  assert.deepEqual(inputs(), experiment().sequence.inputs);
  assert.equal(store.get().redo, 1);
});

test("a drawn curve is one change, however many points it has", () => {
  const { actions, inputs, store } = open();
  const at = (step) => ({ step, value: step / 2 });
  for (const step of [1, 2, 3, 4]) actions.draw(0, at(Math.max(1, step - 1)), at(step), { live: true });
  actions.drawn();
  actions.draw(0, { step: 1, value: 9 }, { step: 1, value: 9 }, { live: true });
  actions.drawn();
  assert.deepEqual(inputs().map(([value]) => value), [9, 1, 1.5, 2]);
  assert.equal(store.get().undo, 2);
});

test("a quick hand leaves no step out, in either direction", () => {
  const { actions, inputs } = open();
  actions.draw(0, { step: 4, value: 1 }, { step: 1, value: -0.5 }, { live: true });
  actions.drawn();
  assert.deepEqual(inputs().map(([value]) => value), [-0.5, 0, 0.5, 1]);
});

test("order, and a step twice up to the limit", () => {
  const { actions, inputs } = open();
  actions.reverse();
  assert.deepEqual(inputs(), [[1, -1], [2, 0], [4, 1], [3, 1]]);
  for (let times = 0; times < 4; times += 1) actions.duplicate(2);
  assert.deepEqual(inputs(), [[1, -1], [2, 0], [2, 0], [2, 0], [4, 1], [3, 1]]);
});

test("a length that is typed adds empty steps at the end or takes steps from there, as one change, up to the limit", () => {
  const { actions, inputs, store } = open();
  const before = inputs();
  assert.equal(actions.lengthen(6), null);
  assert.deepEqual(inputs(), [...before, [0, 0], [0, 0]]);
  actions.undo();
  assert.deepEqual(inputs(), before);
  assert.equal(actions.lengthen(1), null);
  assert.deepEqual(inputs(), [before[0]]);
  assert.deepEqual(actions.lengthen(7), { wrong: "signal.too-many", args: { count: 7, limit: 6 } });
  assert.deepEqual([inputs().length, store.get().undo], [1, 1]);
});

test("pasted numbers replace the sequence, or are refused whole", () => {
  const { actions, inputs, store } = open();
  assert.deepEqual(actions.paste("1,2\n3,x"), { wrong: "signal.no-number", args: { line: 2, part: "x" } });
  assert.equal(store.get().undo, 0);
  assert.equal(actions.paste("1\t2\n3\t4"), null);
  assert.deepEqual(inputs(), [[1, 2], [3, 4]]);
});

test("a sentence asks for a network with a place for each word and one for any other", () => {
  const { actions, sent, opened, now } = open();
  assert.equal(actions.write("the dog the cat", true), null);
  const asked = sent.at(-1).experiment;
  assert.equal(asked.network.parts[0].inputs, 4);
  assert.deepEqual(asked.sequence, { inputs: [[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]], vocabulary: ["the", "dog", "cat"], words: ["the", "dog", "the", "cat"] });
  opened(experiment({ network: asked.network, sequence: asked.sequence }), { network: network() });
  assert.equal(actions.write("the bird", false), null);
  assert.deepEqual(now().sequence.inputs, [[1, 0, 0, 0], [0, 0, 0, 1]]);
  assert.deepEqual(now().sequence.words, ["the", "bird"]);
  assert.deepEqual(actions.write(" ", false), { wrong: "signal.no-words" });
  assert.deepEqual(actions.write("a b c d e f g", false), { wrong: "signal.too-many", args: { count: 7, limit: 6 } });
});

test("words of any script come back from the address", () => {
  const base = experiment({ backward: null, sequence: { inputs: [[1, 0], [0, 1]], vocabulary: null, words: null } });
  const own = { ...base, sequence: { inputs: [[0, 1], [1, 0]], vocabulary: ["a,b;c|&%"], words: ["吃", "a,b;c|&%"] } };
  const { fields, faulty } = parseFragment(fragment(own, base));
  assert.equal(faulty, false);
  assert.deepEqual(applyFields(base, fields).experiment, own);
  const whole = fragment(own, base);
  assert.match(String(whole), new RegExp(`,?${encodeURIComponent("吃")},`), "one escape is enough");
  const twice = `lesson=cell&words=${encodeURIComponent(["a,b;c|&%", "吃"].map(encodeURIComponent).join(";"))}`;
  assert.deepEqual(applyFields(base, parseFragment(twice).fields).experiment.sequence, { ...base.sequence, vocabulary: ["a,b;c|&%"], words: ["吃"] }, "links of before");
  for (const bad of ["words=a", "words=a,,b;c", "words=%25E0%25A4%25A;", "words=a;b;c"]) assert.equal(applyFields(base, parseFragment(`lesson=cell&${bad}`).fields).faulty, true, bad);
});

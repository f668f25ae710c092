import assert from "node:assert/strict";
import { test } from "node:test";
import { answeredPrediction, beat, beats, concealed, openPrediction, progress, spotlight, spotlightFor } from "../../../static/state/beats.js";
import { beat as made, experiment, lesson, MAIN, page, prediction, state } from "../scene.js";

const at = (step, more = {}, view = { direction: "forward" }) => state({ experiment: experiment({ step, view }), ...more });

test("the beat of the step, else the nearest already passed in the direction of travel", () => {
  assert.equal(beat(at(1))?.id, "one");
  assert.equal(beat(at(4))?.id, "three");
  assert.equal(beat(at(2, {}, { direction: "backward" }))?.id, "back");
  const later = lesson({ beats: [made("late", 3)] });
  assert.equal(beat(at(1, { lesson: later })), null);
  assert.equal(beat(at(1, { lesson: null })), null);
});

test("beats of another sequence are not met", () => {
  const own = lesson({ beats: [made("a", 1, { preset: "long" }), made("b", 1, { preset: "short" }), made("c", 1, { preset: null })] });
  assert.deepEqual(beats(at(1, { lesson: own })).map(({ id }) => id), ["b", "c"]);
  assert.equal(beat(at(1, { lesson: own }, { direction: "forward", beat: "c" }))?.id, "c");
});

test("a prediction hides from its step on until it is answered", () => {
  assert.deepEqual(concealed(at(2)), { gradient: false, step: 3 });
  assert.equal(concealed(at(1)), null);
  assert.equal(concealed(at(2, { predictions: { two: { answer: 7 } } })), null);
});

test("what lies between is hidden with what is asked about, and a question about the past or the present hides from there", () => {
  const asked = (from, to, direction, more = {}) => {
    const own = lesson({ beats: [made("far", from, { direction, prediction: prediction("far", to, more) })] });
    return concealed(at(from, { lesson: own }, { direction }))?.step;
  };
  assert.deepEqual([asked(1, 4, "forward"), asked(2, 2, "forward"), asked(3, 1, "forward")], [2, 2, 1]);
  const gradient = { gradient: true };
  assert.deepEqual([asked(4, 1, "backward", gradient), asked(3, 3, "backward", gradient)], [3, 3]);
});

test("a question about a gradient hides gradients", () => {
  const asked = prediction("back", 2, { gradient: true });
  const own = lesson({ beats: [made("back", 3, { direction: "backward", prediction: asked })] });
  assert.deepEqual(concealed(at(3, { lesson: own }, { direction: "backward" })), { gradient: true, step: 2 });
  assert.equal(concealed(at(3, { lesson: own })), null);
});

test("a prediction about a step that does not exist is not asked, nor one about numbers that were changed", () => {
  const far = lesson({ beats: [made("far", 1, { prediction: prediction("far", 9) })] });
  assert.equal(openPrediction(at(1, { lesson: far })), null);
  assert.equal(openPrediction(at(2, { changed: true })), null);
});

test("the stage alone, where nobody can answer, asks and hides nothing", () => {
  assert.equal(openPrediction(at(2))?.id, "two");
  assert.equal(openPrediction(at(2, { embed: true })), null);
  assert.equal(concealed(at(2, { embed: true })), null);
});

test("the answer can be looked at where it was asked and where it came true", () => {
  const predictions = { two: { answer: null } };
  assert.equal(answeredPrediction(at(2, { predictions }))?.id, "two");
  assert.equal(answeredPrediction(at(3, { predictions }))?.id, "two");
  assert.equal(answeredPrediction(at(4, { predictions })), null);
  assert.equal(answeredPrediction(at(3, { predictions, changed: true })), null);
});

test("of several questions answered at a step the one of the words in force is told", () => {
  const own = lesson({ beats: [made("first", 4, { prediction: prediction("asked", 4) }), made("last", 4, { prediction: prediction("counted", 4) })] });
  const told = (/** @type {string} */ beat) => answeredPrediction(at(4, { lesson: own, predictions: { asked: { answer: 1 }, counted: { answer: 2 } } }, { direction: "forward", beat }))?.id;
  assert.deepEqual(["first", "last"].map(told), ["asked", "counted"]);
});

test("other words of the same step are not followed by what was asked before them", () => {
  const own = lesson({ beats: [made("asking", 4, { prediction: prediction("asked", 4) }), made("later", 4)] });
  const told = (/** @type {string} */ beat) => answeredPrediction(at(4, { lesson: own, predictions: { asked: { answer: 1 } } }, { direction: "forward", beat }))?.id;
  assert.deepEqual(["asking", "later"].map(told), ["asked", undefined]);
});

test("what was asked is still told where its words are still said, unless it is a curve", () => {
  const told = (/** @type {object} */ more) => {
    const own = lesson({ beats: [made("last", 2, { prediction: prediction("asked", 2, more) })] });
    return answeredPrediction(at(4, { lesson: own, predictions: { asked: { answer: null } } }))?.id;
  };
  assert.deepEqual([told({}), told({ curve: [0, 1] })], ["asked", undefined]);
});

test("an answered question is not told of other weights than those it was asked about", () => {
  const asked = { prediction: prediction("asked", 4), set: { [`${MAIN}b_f`]: -1 } };
  const own = lesson({ beats: [made("asking", 1, asked), made("same", 4, { set: asked.set }), made("other", 4)] });
  const shown = (/** @type {string} */ beat) => answeredPrediction(at(4, { lesson: own, predictions: { asked: { answer: 1 } } }, { direction: "forward", beat }))?.id;
  assert.equal(shown("same"), "asked");
  assert.equal(shown("other"), undefined);
});

test("a person's spotlight dims, the lesson's only marks", () => {
  const own = lesson({ beats: [made("a", 1, { spotlight: [`${MAIN}f`] })] });
  assert.deepEqual(spotlight(at(1, { lesson: own })), { addresses: [`${MAIN}f`], dim: false });
  assert.deepEqual(spotlight(at(1, { lesson: own, spotlight: [`${MAIN}c`] })), { addresses: [`${MAIN}c`], dim: true });
});

test("the keys light a symbol and the weights that make it", () => {
  assert.deepEqual(spotlightFor(state(), 4), [`${MAIN}f`, `${MAIN}W_f`, `${MAIN}b_f`]);
  assert.deepEqual(spotlightFor(state(), 2), [`${MAIN}y`]);
  assert.equal(spotlightFor(state(), 6), null);
});

test("a beat of another network is not met", () => {
  const own = [made("exact", 1, { variant: "exact" }), made("rounded", 1, { variant: "rounded" }), made("both", 1)];
  const now = state({ lesson: lesson({ beats: own }) });
  assert.deepEqual(beats(now).map(({ id }) => id), ["exact", "both"]);
  now.experiment = experiment({ variant: "rounded" });
  assert.deepEqual(beats(now).map(({ id }) => id), ["rounded", "both"]);
});

test("what is counted hides nothing", () => {
  const counted = { ...prediction("one", null), of: null, step: null, count: { of: "steps", preset: null, variant: null } };
  const now = state({ lesson: lesson({ beats: [made("one", 1, { prediction: counted })] }) });
  assert.equal(openPrediction(now)?.id, "one");
  assert.equal(concealed(now), null);
});

test("a lesson is begun beyond its first words and done at its last ones", () => {
  assert.deepEqual([1, 2, 3].map((step) => progress(at(step))), [null, "begun", "begun"]);
  assert.equal(progress(at(4, {}, { direction: "backward" })), "done");
  assert.equal(progress(at(2, { lesson: null })), null);
  assert.equal(progress(at(1, { lesson: lesson({ beats: [made("late", 3)] }) })), null);
});

test("what a beat sets is the lesson's own, and no change", () => {
  const { ready, actions, store, tick } = page();
  ready();
  const told = made("one", 1, { set: { [`${MAIN}b_f`]: [4] }, study: { study: "surface", clip: 1 } });
  store.set({ lesson: lesson({ beats: [made("zero", 1), told] }) });
  actions.onward(1);
  tick();
  assert.deepEqual(store.get().experiment.parameters.values[`${MAIN}b_f`], [4]);
  assert.equal(store.get().changed, false);
  assert.deepEqual([store.get().experiment.view.study, store.get().experiment.view.clip], ["surface", 1]);
  actions.setParameter(`${MAIN}b_f`, [0], 5);
  assert.equal(store.get().changed, true);
  actions.reset();
  assert.deepEqual(store.get().experiment.parameters.values[`${MAIN}b_f`], [4]);
  actions.setParameter(`${MAIN}b_f`, [0], 5);
  actions.resetWeights();
  assert.deepEqual(store.get().experiment.parameters.values[`${MAIN}b_f`], [4]);
  assert.equal(store.get().changed, false);
});

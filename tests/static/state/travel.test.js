import assert from "node:assert/strict";
import { test } from "node:test";
import * as derive from "../../../static/state/derive.js";
import { following, preceding } from "../../../static/state/travel.js";
import { beat, experiment, lesson, page, prediction } from "../scene.js";

function open(own) {
  const made = page();
  made.ready(own);
  return { ...made, step: () => made.store.get().experiment.step };
}

test("steps stay inside the sequence", () => {
  const { actions, step } = open();
  actions.go(1);
  assert.equal(step(), 2);
  actions.seek(99);
  assert.equal(step(), 4);
  actions.seek(-3);
  assert.equal(step(), 1);
  actions.last();
  assert.equal(step(), 4);
  actions.first();
  assert.equal(step(), 1);
});

test("going through time sends nothing: the page has all steps", () => {
  const { actions, sent } = open();
  actions.go(1);
  actions.last();
  assert.deepEqual(sent, []);
});

test("going back past the step whose gradient is asked for reveals it as skipped", () => {
  const asked = prediction("back", 2, { gradient: true });
  const own = lesson({ beats: [beat("back", 4, { direction: "backward", prediction: asked })] });
  const { store, actions } = open(experiment({ step: 4, view: { direction: "backward" } }));
  store.set({ lesson: own });
  actions.seek(3);
  assert.deepEqual(store.get().predictions, {});
  actions.seek(4);
  actions.seek(1);
  assert.deepEqual(store.get().predictions, { back: { answer: null } });
});

test("pressing on reveals an open prediction as skipped", () => {
  const { actions, store } = open(experiment({ step: 2 }));
  actions.go(-1);
  assert.deepEqual(store.get().predictions, {});
  actions.go(1);
  actions.go(1);
  assert.deepEqual(store.get().predictions, { two: { answer: null } });
});

test("with other words a study is as they ask for, whatever it was set to before them", () => {
  const told = { study: "surface", rate: 0.1 };
  const { actions, store } = open();
  const beats = [beat("long", 1, { study: told }), beat("short", 2, { study: { ...told, until: 10 } }), beat("free", 3)];
  store.set({ lesson: lesson({ beats }) });
  const view = () => store.get().experiment.view;
  const set = (more) => store.set({ experiment: { ...store.get().experiment, view: { ...view(), ...more } } });
  actions.onward(1);
  assert.equal(view().until, 10);
  set({ rate: 2, target: 0.2 });
  actions.onward(-1);
  assert.deepEqual(view(), { direction: "forward", ...told });
  actions.onward(1);
  set({ rate: 2 });
  actions.onward(1);
  assert.equal(view().rate, 2, "words that ask for no study leave it alone");
});

test("an answered prediction keeps its answer", () => {
  const { actions, store } = open(experiment({ step: 2 }));
  actions.answer("two", 7);
  actions.go(1);
  assert.deepEqual(store.get().predictions, { two: { answer: 7 } });
});

test("onward goes through the beats of a step, then to those of the next", () => {
  const { actions, store, step } = open();
  const own = store.get().lesson;
  store.set({ lesson: { ...own, beats: [own.beats[0], { ...own.beats[0], id: "one-b" }, ...own.beats.slice(1)] } });
  actions.onward(1);
  assert.equal(step(), 1);
  assert.equal(store.get().experiment.view.beat, "one-b");
  actions.onward(1);
  assert.equal(step(), 2);
  assert.equal(store.get().experiment.view.beat, undefined);
  actions.onward(-1);
  actions.onward(-1);
  assert.equal(step(), 1);
  assert.equal(store.get().experiment.view.beat, "one");
});

test("onward goes straight to the next beat, and on by steps where the lesson has no more to say", () => {
  const { actions, store, step } = open();
  const own = store.get().lesson;
  const [first] = own.beats;
  store.set({ lesson: { ...own, beats: [{ ...first, prediction: null }, { ...first, id: "three", step: 3, prediction: null }] } });
  const steps = [1, 1, 1, 1, -1, -1, -1].map((delta) => {
    actions.onward(delta);
    return step();
  });
  assert.deepEqual(steps, [3, 4, 4, 4, 3, 1, 1]);
});

test("onward stays at the lesson's last words where the next step has words of its own, and answers what they ask", () => {
  const { actions, store, step } = open(experiment({ step: 2 }));
  const own = store.get().lesson;
  const [first] = own.beats;
  const question = { ...first.prediction, id: "last", step: 2 };
  store.set({ lesson: { ...own, beats: [{ ...first, id: "two", step: 2, prediction: null }, { ...first, id: "again", prediction: question }] } });
  actions.onward(1);
  assert.equal(step(), 1);
  assert.equal("last" in store.get().predictions, false);
  actions.onward(1);
  assert.equal(step(), 1);
  assert.deepEqual(store.get().predictions.last, { answer: null });
  actions.onward(1);
  assert.equal(step(), 1);
});

test("onward tells a question that the next words would leave behind, and goes on when asked again", () => {
  const { actions, store } = open();
  const own = store.get().lesson;
  const [first] = own.beats;
  const asking = { ...first, id: "asking", step: 1, prediction: { ...first.prediction, id: "asked", step: 2 } };
  const told = (/** @type {object} */ next) => {
    store.set({ predictions: {}, lesson: { ...own, beats: [asking, { ...first, id: "next", step: 2, prediction: null, ...next }] } });
    actions.seek(1);
    actions.onward(1);
    const stayed = store.get().experiment.step === 1 && store.get().experiment.view.beat === undefined;
    const asked = store.get().predictions.asked;
    if (stayed) actions.onward(1);
    return [stayed, asked, store.get().experiment.step];
  };
  assert.deepEqual(told({}), [false, { answer: null }, 2]);
  assert.deepEqual(told({ step: 3 }), [true, { answer: null }, 3]);
  assert.deepEqual(told({ set: { "main.1.forward.b_f": [1] } }), [true, { answer: null }, 2]);
});

test("onward leads from one sequence to the next, from forward to backward, and back again", () => {
  const { actions, store, step } = open();
  const own = store.get().lesson;
  const beat = (id, preset, at, direction = "forward") => ({ ...own.beats[0], id, preset, step: at, direction, prediction: null });
  store.set({ lesson: { ...own, beats: [beat("a", "short", 4), beat("b", "long", 2), beat("c", "long", 2, "backward"), beat("d", "short", 1)] } });
  const seen = () => [store.get().experiment.preset, store.get().experiment.view.direction ?? "forward", step()];
  
  actions.seek(4);
  const there = [["long", "forward", 2], ["long", "backward", 2], ["short", "forward", 1]];
  for (const expected of there) {
    actions.onward(1);
    assert.deepEqual(seen(), expected);
  }
  for (const expected of [["long", "backward", 2], ["long", "forward", 2], ["short", "forward", 4]]) {
    actions.onward(-1);
    assert.deepEqual(seen(), expected);
  }
  assert.equal(store.get().undo, 0);
});

test("a question that is only passed on the way to another network is still asked there", () => {
  const { actions, store, step, opened } = open(experiment({ step: 3 }));
  const counted = { ...prediction("passed", null), of: null, step: null, count: { of: "steps", preset: null, variant: null } };
  const own = lesson({ beats: [beat("left", 3, { variant: "exact" }), beat("first", 1, { variant: "rounded" }), beat("passed", 3, { variant: "rounded", prediction: counted })] });
  store.set({ lesson: own });
  actions.onward(1);
  opened(experiment({ variant: "rounded" }), { lesson: own });
  assert.deepEqual([store.get().experiment.variant, step(), store.get().predictions], ["rounded", 1, {}]);
  actions.onward(1);
  assert.deepEqual([step(), store.get().predictions], [3, {}]);
});

test("what a beat had set is taken back by the next, unless somebody has changed it since", () => {
  const { actions, store } = open();
  const [bias, weight] = ["main.1.forward.b_f", "main.1.forward.W_z"];
  const numbers = () => [bias, weight].map((address) => store.get().experiment.parameters.values[address]);
  const told = (id, set) => ({ ...store.get().lesson.beats[0], id, prediction: null, set });
  store.set({ lesson: { ...store.get().lesson, beats: [told("a", {}), told("b", { [bias]: [1] }), told("c", { [weight]: [[7, 7]] })] } });
  actions.onward(1);
  assert.deepEqual(numbers(), [[1], [[1, 0]]]);
  actions.onward(1);
  assert.deepEqual(numbers(), [[10], [[7, 7]]]);
  assert.equal(store.get().changed, false);
  actions.setParameter(weight, [0, 0], 5);
  actions.onward(-1);
  assert.deepEqual(numbers(), [[1], [[5, 7]]]);
  actions.onward(-1);
  assert.deepEqual(numbers(), [[10], [[5, 7]]]);
});

test("to look along the sequence turns none of the pages that stand at one step, and takes no weights away", () => {
  const { actions, store, step } = open();
  const bias = "main.1.forward.b_f";
  const told = (id, at, set) => ({ ...store.get().lesson.beats[0], id, step: at, prediction: null, set: { [bias]: set } });
  store.set({ lesson: { ...store.get().lesson, beats: [told("a", 4, [1]), told("b", 2, [2]), told("c", 4, [3]), told("d", 4, [10]), told("e", 4, [10])] } });
  const seen = () => [step(), store.get().experiment.parameters.values[bias], derive.beat(store.get())?.id];
  const looked = (steps) => steps.map((to) => (actions.seek(to), seen()));
  actions.last();
  actions.onward(1);
  actions.onward(1);
  assert.deepEqual(seen(), [4, [3], "c"]);
  assert.deepEqual(looked([3, 2, 1, 4]), [[3, [3], "c"], [2, [3], "c"], [1, [3], "c"], [4, [3], "c"]]);
  assert.equal(store.get().changed, false);
  actions.setDirection("backward");
  actions.seek(2);
  actions.setDirection("forward");
  assert.deepEqual(seen(), [2, [3], "c"]);
  actions.onward(-1);
  actions.onward(-1);
  assert.deepEqual(seen(), [2, [2], "b"]);
  actions.setParameter(bias, [0], 7);
  assert.deepEqual(looked([3, 4]), [[3, [7], "b"], [4, [7], "b"]]);
  actions.onward(1);
  assert.deepEqual(seen(), [4, [3], "c"]);
  actions.onward(1);
  actions.onward(1);
  assert.deepEqual(looked([3, 4]), [[3, [10], "e"], [4, [10], "e"]]);
});

test("to look back before the first words of a sequence leaves no page without words", () => {
  const { actions, store } = open();
  store.set({ lesson: lesson({ beats: [beat("third", 3), beat("fourth", 4)] }) });
  const said = (to) => (actions.seek(to), derive.beat(store.get())?.id ?? null);
  assert.deepEqual([1, 2].map(said), [null, null]);
  assert.deepEqual([3, 2, 1, 3, 4, 3, 4, 2].map(said), ["third", "third", "third", "third", "fourth", "third", "fourth", "fourth"]);
  assert.equal(said(3), "third");
});

test("who turns to the gradients and back finds the page that was left, where the steps at which they begin have another", () => {
  const { actions, store, step } = open(experiment({ backward: { of: "main.1.forward.y", step: 4, unit: null } }));
  const bias = "main.1.forward.b_f";
  const told = (id, at, set) => ({ ...store.get().lesson.beats[0], id, step: at, prediction: null, set: { [bias]: set } });
  store.set({ lesson: { ...store.get().lesson, beats: [told("a", 4, [1]), told("b", 2, [2]), told("c", 4, [3])] } });
  const seen = () => [step(), store.get().experiment.parameters.values[bias], derive.beat(store.get())?.id];
  actions.last();
  actions.onward(1);
  assert.deepEqual(seen(), [2, [2], "b"]);
  actions.setDirection("backward");
  assert.equal(step(), 4);
  actions.setDirection("forward");
  assert.deepEqual(seen(), [4, [2], "b"]);
  actions.setDirection("backward");
  actions.seek(1);
  actions.setDirection("forward");
  assert.deepEqual(seen(), [1, [2], "b"]);
});

test("backward begins where the error enters, and forward stays there", () => {
  const { actions, store, step } = open(experiment({ backward: { of: "main.1.forward.y", step: 3, unit: null } }));
  actions.setDirection("backward");
  assert.equal(step(), 3);
  actions.go(-1);
  actions.setDirection("forward");
  assert.equal(step(), 2);
  assert.equal(store.get().undo, 0);
});

test("an experiment without a differentiation gets one of what the network says last", () => {
  const { actions, store, tick, sent } = open(experiment({ backward: null }));
  actions.setDirection("backward");
  tick();
  assert.deepEqual(store.get().experiment.backward, { of: "main.1.forward.y", step: 4, unit: null });
  assert.equal(sent.at(-1).type, "differentiate");
});

test("the second clock goes through the equations and comes to rest when the step is complete", () => {
  const { actions, store } = open();
  const seen = [];
  for (let press = 0; press < 5; press += 1) {
    actions.nextEquation();
    seen.push(store.get().equation);
  }
  assert.deepEqual(seen, [0, 1, 2, 3, null]);
  actions.previousEquation();
  assert.equal(store.get().equation, 3);
  actions.go(1);
  assert.equal(store.get().equation, null);
  assert.equal(following(null, 0), null);
  assert.equal(preceding(null, 0), null);
});

test("play at the end begins again, and a pinned value goes with the step", () => {
  const { actions, store, step } = open(experiment({ step: 4 }));
  actions.pin("main.1.forward.c", 0, 4);
  actions.toggle();
  assert.equal(step(), 1);
  assert.equal(store.get().playing, true);
  assert.equal(store.get().pinned.step, 1);
  actions.toggle();
  assert.equal(store.get().playing, false);
});

test("another speed holds at once, and does not begin to play", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { actions, step } = open();
  actions.setSpeed(0.25);
  context.mock.timers.tick(4000);
  assert.equal(step(), 1);
  actions.toggle();
  context.mock.timers.tick(1000);
  actions.setSpeed(4);
  context.mock.timers.tick(250);
  assert.equal(step(), 2);
  actions.toggle();
});

test("play waits at a question, and says so", () => {
  const { actions, store, step } = open(experiment({ step: 2 }));
  actions.toggle();
  assert.deepEqual([store.get().playing, store.get().notice, step()], [false, "notice.question", 2]);
  actions.answer("two", 7);
  actions.toggle();
  assert.equal(store.get().playing, true);
  actions.toggle();
});

test("a beat may set weights, which can be taken back", () => {
  const { actions, store } = open();
  const own = store.get().lesson;
  store.set({ lesson: { ...own, beats: own.beats.map((beat) => (beat.id === "three" ? { ...beat, set: { "main.1.forward.b_f": [-1] } } : beat)) } });
  actions.seek(3);
  assert.deepEqual(store.get().experiment.parameters.values["main.1.forward.b_f"], [-1]);
  assert.equal(store.get().undo, 1);
});

test("events are gone to", async () => {
  const { actions, step } = open();
  await actions.event(1);
  assert.equal(step(), 4);
  await actions.event(-1);
  assert.equal(step(), 1);
});

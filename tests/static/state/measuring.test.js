import assert from "node:assert/strict";
import { test } from "node:test";
import { createMeasuring } from "../../../static/state/measuring.js";
import { MAIN, page } from "../scene.js";

const B = `${MAIN}b_f`;

function open(view = {}) {
  const made = page();
  made.ready();
  const actions = made.actions.more(createMeasuring);
  const asked = () => made.sent.filter(({ type }) => type === "measure");
  const refresh = () => {
    made.tick();
    actions.refreshPowers();
  };
  actions.setPowers({ study: "powers", across: `${B}.0:0.9:1.1`, ...view });
  refresh();
  const answer = (message) => made.listeners.main.received({ lane: "main", ...message });
  return { ...made, actions, asked, refresh, answer, now: () => made.store.get() };
}

const norms = (...values) => [{ name: "norms", shape: [values.length], data: Float64Array.from(values) }];

test("a question is asked once, and again when something of it has changed", () => {
  const { actions, asked, refresh, answer, now, sent } = open();
  refresh();
  assert.equal(asked().length, 1);
  actions.setPower(1.05);
  refresh();
  assert.equal(asked().length, 2);
  const types = sent.map(({ type }) => type);
  assert.ok(types.lastIndexOf("change") < types.lastIndexOf("measure"), "the engine has the weight before it is asked about it");
  answer({ type: "measured", id: asked()[1].id, name: "time", arrays: norms(1) });
  answer({ type: "measured", id: asked()[1].id, name: "range", arrays: norms(1) });
  assert.equal(Object.keys(now().powers.curves).length, 2, "what one weight does is shown as it comes");
  actions.setReach(2);
  refresh();
  assert.equal(asked().at(-1).ask.until, 2);
});

test("networks drawn from a seed do not ask anew for a weight of the experiment", () => {
  const { actions, asked, refresh } = open({ question: "matrix" });
  actions.setPower(1.05);
  refresh();
  assert.equal(asked().length, 1);
  actions.setPowers({ radius: 1.2 });
  refresh();
  assert.equal(asked().at(-1).ask.radius, 1.2);
});

test("curves come one by one; those of another question go, an older answer is not shown", () => {
  const { actions, asked, refresh, answer, now } = open({ question: "matrix" });
  const [{ id }] = asked();
  answer({ type: "measured", id, name: "linear", arrays: norms(1, 2) });
  answer({ type: "measured", id, name: "tanh", arrays: norms(3) });
  assert.deepEqual(Object.keys(now().powers.curves), ["linear", "tanh"]);
  assert.deepEqual([...now().powers.curves.linear.norms], [1, 2]);
  actions.setPowers({ question: "gates" });
  refresh();
  assert.deepEqual(now().powers.curves, {});
  answer({ type: "measured", id, name: "relu", arrays: norms(1) });
  assert.deepEqual(now().powers.curves, {});
});

test("while a slider is dragged the last curves stay until all new ones are there, and a problem takes them away", () => {
  const { actions, asked, refresh, answer, now } = open({ question: "matrix" });
  const all = (value) => ["linear", "tanh", "relu"].map((name) => ({ type: "measured", id: asked().at(-1).id, name, arrays: norms(value) }));
  const shown = () => Object.values(now().powers.curves).map((curve) => curve.norms[0]);
  all(1).forEach(answer);
  actions.setPowers({ radius: 1.5 });
  refresh();
  const [first, second, last] = all(2);
  answer(first);
  answer(second);
  assert.deepEqual(shown(), [1, 1, 1]);
  answer(last);
  assert.deepEqual(shown(), [2, 2, 2]);
  const problem = { code: "over-limit", message: "too much", hint: "", args: {} };
  answer({ type: "problems", id: asked().at(-1).id, problems: [problem] });
  assert.deepEqual([now().powers.curves, now().powers.problems], [{}, [problem]]);
});

test("the weight is changed as any other, and can be taken back", () => {
  const { actions, now } = open();
  const before = now().experiment.parameters.values[B];
  actions.setPower(1.05);
  assert.deepEqual(now().experiment.parameters.values[B], [1.05]);
  actions.undo();
  assert.deepEqual(now().experiment.parameters.values[B], before);
});

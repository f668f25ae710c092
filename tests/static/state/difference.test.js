import assert from "node:assert/strict";
import { test } from "node:test";
import { changedNumbers, messages as told } from "../../../static/state/difference.js";
import { withInput, withInitial, withParameter } from "../../../static/state/edit.js";
import { plainGround } from "../../../static/state/starts.js";
import { experiment, MAIN } from "../scene.js";

const base = experiment();
const messages = (known, wanted, ground = plainGround(base)) => told(known, wanted, { base, ground });

test("nothing is told when nothing that is computed has changed", () => {
  const known = experiment();
  assert.deepEqual(messages(known, { ...known, step: 3, view: { direction: "backward" }, language: "zh" }), []);
});

test("changed numbers go in one message, with absolute values", () => {
  const known = experiment();
  const wanted = withInput(withParameter(known, `${MAIN}W_f`, [0, 1], 7), 1, 0, 8);
  assert.deepEqual(messages(known, wanted), [{
    type: "change",
    parameters: [{ address: `${MAIN}W_f`, index: [0, 1], value: 7 }],
    inputs: wanted.sequence.inputs,
  }]);
});

test("a starting state that is named no more is set back to zero", () => {
  const known = withInitial(experiment(), `${MAIN}c`, 0, 5, 1);
  const [message] = messages(known, { ...known, initial: {} });
  assert.deepEqual(message, { type: "change", initial: { [`${MAIN}c`]: [0] } });
});

test("what is differentiated is told apart from the numbers", () => {
  const known = experiment();
  const other = { of: `${MAIN}c`, step: 2, unit: 0 };
  assert.deepEqual(messages(known, { ...known, backward: other }), [{ type: "differentiate", ...other }]);
  assert.deepEqual(messages(known, { ...known, backward: null }), [{ type: "differentiate", of: null }]);
});

test("another cell or lesson is a new experiment", () => {
  const known = experiment();
  const wanted = { ...known, variant: "rounded" };
  assert.deepEqual(messages(known, wanted), [{ type: "open", experiment: wanted }]);
});

test("numbers are compared one by one, infinite ones too", () => {
  assert.deepEqual(changedNumbers({ a: [[1, 2]], b: Infinity }, { a: [[1, 3]], b: Infinity, c: [4] }), [
    { address: "a", index: [0, 1], value: 3 },
    { address: "c", index: [0], value: 4 },
  ]);
});

test("a parameter that is started by a rule is told by the rule, and what lies over it as numbers", () => {
  const known = experiment();
  const address = `${MAIN}W_f`;
  const start = { kind: "he", seed: 4, scale: 0.5 };
  const ground = { own: base.parameters.values, drawn: { [address]: [[2, 6]] } };
  const drawn = { ...known, parameters: { ...known.parameters, starts: { [address]: start }, values: { ...known.parameters.values, [address]: [[1, 3]] } } };
  assert.deepEqual(messages(known, drawn, ground), [{ type: "change", starts: { [address]: start } }]);
  const moved = withParameter(drawn, address, [0, 1], 9);
  assert.deepEqual(messages(known, moved, ground), [{ type: "change", starts: { [address]: start }, parameters: [{ address, index: [0, 1], value: 9 }] }]);
  assert.deepEqual(messages(moved, known, ground), [{ type: "change", parameters: [{ address, index: [0, 0], value: 0 }, { address, index: [0, 1], value: 100 }] }]);
});

test("very many numbers go in several messages, each short enough", () => {
  const known = { ...base, parameters: { ...base.parameters, values: { a: Array(1000).fill(0) } } };
  const wanted = { ...known, parameters: { ...known.parameters, values: { a: Array(1000).fill(-1.2345678901234567e-300) } } };
  const list = messages(known, wanted);
  assert.deepEqual(list.map(({ parameters }) => parameters.length), [400, 400, 200]);
  for (const message of list) assert.ok(JSON.stringify(message).length < 60_000);
});

test("an experiment with another network leaves out what the engine finds by itself", () => {
  const network = { parts: [{ ...base.network.parts[0], inputs: 2, layers: [...base.network.parts[0].layers, { cell: "lstm", units: 1 }] }] };
  const own = { ...base.parameters.values, "main.2.forward.W": [[1], [2]], "main.2.forward.b": [7] };
  const ground = { own: { ...own, "main.2.forward.b": [0] }, drawn: {} };
  const wanted = { ...base, network, parameters: { ...base.parameters, values: own } };
  const [{ experiment: told }] = messages(base, wanted, ground);
  assert.deepEqual(told.parameters.values, { ...base.parameters.values, "main.2.forward.b": [7] });
});

test("other targets are told with what else changed; another loss opens anew", () => {
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [[1], null, [3], [4]] };
  const known = { ...experiment(), loss };
  const wanted = { ...known, loss: { ...loss, targets: [[1], [2], null, [4]] } };
  assert.deepEqual(messages(known, wanted), [{ type: "change", targets: [[1], [2], null, [4]] }]);
  assert.deepEqual(messages(known, { ...known, loss: { ...loss, targets: [[1], null, [3], [4]] } }), []);
  for (const other of [null, { ...loss, of: `${MAIN}c` }, { ...loss, kind: "binary" }]) assert.equal(messages(known, { ...known, loss: other })[0].type, "open");
});

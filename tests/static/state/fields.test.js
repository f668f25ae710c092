import assert from "node:assert/strict";
import { test } from "node:test";
import { withInitial, withInput, withParameter, withStep, withView } from "../../../static/state/edit.js";
import { applyFields, FIELDS, foundation } from "../../../static/state/fields.js";
import { fragment, parseFragment } from "../../../static/state/fragment.js";
import { experiment, MAIN } from "../scene.js";

const base = experiment();
const through = (own) => {
  const parsed = parseFragment(fragment(own, base));
  assert.equal(parsed.faulty, false);
  const { experiment: back, faulty } = applyFields(base, parsed.fields);
  assert.equal(faulty, false);
  return back;
};

test("every difference comes back exactly", () => {
  const odd = [-0, 0.1 + 0.2, 5e-324, -1.7976931348623157e308, 1 / 3, -0.0001];
  for (const value of odd) {
    const own = withInput(withParameter(base, `${MAIN}W_f`, [0, 1], value), 1, 1, value);
    assert.deepEqual(through(own), own, String(value));
  }
});

test("sequence, start, step, view, differentiation and language come back", () => {
  let own = withStep(withInitial(base, `${MAIN}c`, 0, 2.5, 1));
  own = withView({ ...own, step: 5, language: "zh", backward: { of: `${MAIN}c`, step: 2, unit: 0 } }, {
    direction: "backward", drawing: "formulas", depth: "strip", unit: 0, beat: "one-b", layer: "main.2.backward",
  });
  assert.deepEqual(through(own), own);
  const none = { ...base, backward: null };
  assert.deepEqual(through(none), none);
  // Nobody goes back where nothing is differentiated.
  assert.deepEqual(applyFields(base, [["of", "none"], ["dir", "backward"]]), { experiment: none, faulty: true });
});

test("what cannot be read leaves the lesson's own, and the rest is read", () => {
  const hostile = [
    "w=main.1.forward.b_f.0:NaN", "w=main.1.forward.b_f.0:1e999", "w=main.1.forward.b_f.9:1", "w=nothing.0:1", "w=__proto__.0:1", "w=main.1.forward.W_z.0:1", "w=;",
    "x=1,2;3", "x=a,b", "start=main.1.forward.c", "step=0", "step=99", "step=1e3", "of=main.1.forward.y@9", "of=<script>@1", "dir=sideways",
    "draw=__proto__", "unit=-1", "beat=a b", "layer=main.2", "layer=main.readout.forward", "lang=Fr!",
  ];
  for (const part of hostile) {
    const { fields } = parseFragment(`lesson=cell&${part}&depth=strip`);
    const { experiment: own, faulty } = applyFields(base, fields);
    assert.equal(faulty, true, part);
    assert.deepEqual(own, withView(base, { depth: "strip" }), part);
  }
});

test("every field has a key of its own", () => {
  assert.equal(new Set(FIELDS.map(({ key }) => key)).size, FIELDS.length);
});

test("rules by name and seed stand in the address, and numbers over them are counted from what they gave", () => {
  const W = `${MAIN}W_f`;
  const starts = { [W]: { kind: "glorot-normal", seed: 12, scale: -1.5 }, [`${MAIN}W_z`]: { kind: "glorot-normal", seed: 12, scale: -1.5 }, [`${MAIN}b_f`]: { kind: "zeros", seed: 0, scale: 1 } };
  const ground = { own: base.parameters.values, drawn: { [W]: [[1, 2]], [`${MAIN}W_z`]: [[4, 0]], [`${MAIN}b_f`]: [0] } };
  const values = { ...base.parameters.values, [W]: [[-1.5, 7]], [`${MAIN}W_z`]: [[-6, -0]], [`${MAIN}b_f`]: [0] };
  const own = { ...base, parameters: { ...base.parameters, starts, values } };
  const text = fragment(own, base, ground);
  assert.equal(text.split("&").slice(3).join("&"), "init=glorot-normal@12*-1.5:main.1.forward.W_f,main.1.forward.W_z;zeros@0:main.1.forward.b_f&w=main.1.forward.W_f.0.1:7");
  const asked = foundation(base, parseFragment(text).fields);
  assert.deepEqual(asked.parameters.starts, starts);
  assert.equal(asked.network, base.network);
});

test("another network stands in the address in a line", () => {
  const [part] = base.network.parts;
  const layers = [{ ...part.layers[0], units: 12, direction: "both" }, { cell: "lstm-peephole", text: null, units: 128, direction: "backward", sizes: { context: 2 } }];
  const network = { parts: [{ ...part, inputs: 3, layers, readout: "y[outputs] = softmax(V @ h + d)", sizes: { outputs: 4 } }], tied: {} };
  const own = { ...base, network, sequence: { inputs: [[1, 2, 3]] } };
  const text = fragment(own, base);
  assert.match(decodeURIComponent(text), /&net=3\/memory-cell\*12,both\/lstm-peephole\*128,backward,context=2\/readout,outputs=4&/);
  assert.deepEqual(foundation(base, parseFragment(text).fields).network, network);
  const mine = { ...own, network: { parts: [{ ...part, layers: [{ ...layers[0], text: "h = x" }] }] } };
  assert.match(fragment(mine, base), /^e=/);
});

test("what is asked of the top layer is in the address of a taller network only where it is asked of another", () => {
  const [part] = base.network.parts;
  const network = { parts: [{ ...part, layers: [part.layers[0], part.layers[0]] }], tied: {} };
  const asked = (of) => decodeURIComponent(fragment({ ...base, network, backward: { ...base.backward, of } }, base)).split("&").slice(4).join("&");
  assert.equal(asked("main.2.forward.y"), "");
  assert.equal(asked(`${MAIN}y`), "of=main.1.forward.y@4");
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [null, [1], null, null] };
  const told = (of) => decodeURIComponent(fragment({ ...base, network, backward: null, loss: { ...loss, of } }, { ...base, backward: null, loss })).split("&").slice(4).join("&");
  assert.equal(told("main.2.forward.y"), "");
  assert.equal(told(`${MAIN}y`), "loss=squared@main.1.forward.y@;1;;");
});

test("parameters that are one stand in the address by both names", () => {
  const tied = { [`${MAIN}W_f`]: `${MAIN}W_z`, "main.2.forward.b_f": `${MAIN}b_z` };
  const own = { ...base, network: { ...base.network, tied } };
  const text = fragment(own, base);
  assert.equal(decodeURIComponent(text).split("&").slice(3).join("&"), "tied=main.1.forward.W_f~main.1.forward.W_z;main.2.forward.b_f~main.1.forward.b_z");
  assert.deepEqual(foundation(base, parseFragment(text).fields).network, own.network);
});

test("a network or a rule that cannot be read is none", () => {
  for (const hostile of ["net=", "net=2", "net=0/lstm*2", "net=2/lstm*0", "net=2/lstm*1e3", "net=2/<b>*2", "net=3/lstm*2", "net=2/lstm*2/readout,x", "init=magic@1:a", "init=he@-1:a", "init=he@1*1e999:a", "init=he@1", "tied=", "tied=a", "tied=a~b~c", "tied=<b>~a"]) {
    assert.equal(foundation(base, parseFragment(`lesson=cell&${hostile}`).fields), null, hostile);
  }
});

/** The same numbers in every run. @param {number} seed */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("whatever somebody does comes back exactly from its link", () => {
  const next = chance(7);
  const below = (count) => Math.floor(next() * count);
  const one = (list) => list[below(list.length)];
  const bits = new DataView(new ArrayBuffer(8));
  // Any double at all, as its bits fall, or what a hand would type.
  const number = () => {
    bits.setUint32(0, below(2 ** 32));
    bits.setUint32(4, below(2 ** 32));
    const found = next() < 0.5 ? bits.getFloat64(0) : Math.round((next() - 0.5) * 2000) / 100;
    return Number.isFinite(found) ? found : -0;
  };
  const steps = base.sequence.inputs.length;
  const lane = () => ({ cell: one(["gru", "lstm", "记忆 → ÿ"]), network: base.network, parameters: { ...base.parameters, seed: below(2 ** 31) }, initial: { [`${MAIN}c`]: [number()] } });
  const CHANGES = [
    (own) => withParameter(own, `${MAIN}${one(["W_z", "W_f"])}`, [0, below(2)], number()),
    (own) => withParameter(own, `${MAIN}${one(["b_z", "b_f"])}`, [0], number()),
    (own) => withInput(own, below(steps), below(2), number()),
    (own) => withInitial(own, `${MAIN}c`, 0, number(), 1),
    (own) => ({ ...own, step: 1 + below(steps) }),
    (own) => ({ ...own, language: one(["en", "zh", "de"]) }),
    (own) => ({ ...own, backward: one([null, { of: `${MAIN}${one(["c", "f:in", "y"])}`, step: 1 + below(steps), unit: one([null, 0, 12]) }]) }),
    (own) => ({ ...own, carried: below(20) }),
    (own) => ({ ...own, lanes: Array.from({ length: below(3) }, lane) }),
    (own) => withView(own, { direction: one(["forward", "backward"]), drawing: one(["valves", "conveyor", "operations", "formulas"]), layer: `main.${1 + below(12)}.${one(["forward", "backward"])}` }),
    (own) => withView(own, { depth: one(["strip", "cell"]), unit: below(64), from: below(500), zoom: below(40) }),
    (own) => withView(own, { difference: one(["on", "off"]), open: `${MAIN}`.slice(0, -1), reach: `${MAIN}c`, editing: "gru", beat: "one-b" }),
  ];
  for (let round = 0; round < 400; round += 1) {
    let own = base;
    for (let count = below(9); count >= 0; count -= 1) own = one(CHANGES)(own);
    // Who goes back has something to go back with.
    if (!own.backward) own = withView(own, { direction: "forward" });
    assert.deepEqual(through(own), own, fragment(own, base));
  }
});

test("a sequence that was read before says how often; what reads backward cannot", () => {
  assert.match(fragment(experiment({ carried: 2 }), base), /again=2/);
  const [part] = base.network.parts;
  const network = { ...base.network, parts: [{ ...part, layers: [{ ...part.layers[0], direction: "both" }] }] };
  assert.deepEqual(applyFields({ ...base, network }, [["again", "2"]]), { experiment: { ...base, network }, faulty: true });
});

test("a loss and its targets come back", () => {
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [[1, -0.5], null, [3, 0.1 + 0.2], null] };
  const own = { ...base, loss, backward: { of: "loss", step: 4, unit: null } };
  assert.deepEqual(through(own), own);
  const field = FIELDS.find(({ key }) => key === "loss");
  assert.equal(field.read(base, own), "none");
  assert.equal(field.write(own, "none").loss, null);
  const named = { ...base, loss: { ...loss, classes: ["a", "b"] } };
  assert.deepEqual(field.write(named, `squared@${MAIN}y@1;;;`).loss, { kind: "squared", of: `${MAIN}y`, targets: [[1], null, null, null], classes: ["a", "b"] });
  assert.equal(field.write(named, `squared@${MAIN}z@1;;;`).loss.classes, undefined, "another value has other classes");
  for (const text of ["squared@y@1;2", "cubed@y@1;;;", "squared@y", "squared@y@a;;;", "squared@<b>@1;;;"]) assert.equal(field.write(base, text), null, text);
});

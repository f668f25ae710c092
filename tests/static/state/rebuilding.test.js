import assert from "node:assert/strict";
import { test } from "node:test";
import { bareOf, fitted } from "../../../static/state/rebuilding.js";
import { experiment, MAIN, network, stack } from "../scene.js";

test("a network is asked for with its seed and none of the numbers", () => {
  const own = experiment({ parameters: { seed: 7, starts: { a: { kind: "he", seed: 1, scale: 1 } }, values: { a: [1] } } });
  const { experiment: bare } = bareOf(own);
  assert.deepEqual(bare, { ...own, parameters: { seed: 7, starts: {}, values: {} }, initial: {}, carried: 0, loss: null, backward: null });
});

test("starting states and the loss stay where they have a place", () => {
  const fresh = experiment({ parameters: { seed: 0, starts: {}, values: { fresh: [1] } } });
  const own = experiment({ initial: { [`${MAIN}c`]: [2], [`${MAIN}y`]: [1, 2], "main.2.forward.c": [3] } });
  const found = fitted(own, fresh, network());
  assert.deepEqual(found.initial, { [`${MAIN}c`]: [2] });
  assert.deepEqual(found.backward, own.backward);
  assert.deepEqual(found.parameters, fresh.parameters);
});

test("a loss that is gone becomes what leaves the network at the last step", () => {
  const gone = [{ of: "main.2.forward.h", step: 2, unit: null }, { of: `${MAIN}y`, step: 2, unit: 1 }, { of: `${MAIN}y`, step: 9, unit: null }];
  for (const backward of gone) {
    assert.deepEqual(fitted(experiment({ backward }), experiment(), network()).backward, { of: `${MAIN}y`, step: 4, unit: null });
  }
  assert.equal(fitted(experiment({ backward: null }), experiment(), network()).backward, null);
});

test("a network that reads backward begins with the first reading again", () => {
  const own = experiment({ carried: 2 });
  assert.equal(fitted(own, experiment(), network()).carried, 2);
  const [part] = own.network.parts;
  const turned = { ...own.network, parts: [{ ...part, layers: [{ ...part.layers[0], direction: "backward" }] }] };
  assert.equal(fitted(own, experiment({ network: turned }), network()).carried, 0);
});

test("targets stay where what they are for still has their size, and with them what is differentiated", () => {
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [null, [1], null, null] };
  const own = experiment({ loss, backward: { of: "loss", step: 4, unit: null } });
  const kept = fitted(own, experiment(), network());
  assert.deepEqual([kept.loss, kept.backward], [loss, own.backward]);
  const lost = fitted({ ...own, loss: { ...loss, targets: [null, [1, 2], null, null] } }, experiment(), network());
  assert.deepEqual([lost.loss, lost.backward], [null, { of: `${MAIN}y`, step: 4, unit: null }]);
});

const layered = (...directions) => {
  const [part] = experiment().network.parts;
  return { parts: [{ ...part, layers: directions.map((direction) => ({ ...part.layers[0], direction })) }], tied: {} };
};

test("a loss and what is differentiated go up with the top, and stay below where it has not got them", () => {
  const { network: built } = stack(["main.1.forward", "main.2.forward"]);
  const loss = { kind: "squared", of: `${MAIN}y`, targets: [null, [1], null, null] };
  const fresh = experiment({ network: layered("forward", "forward") });
  const found = fitted(experiment({ loss }), fresh, built);
  assert.deepEqual([found.loss, found.backward], [{ ...loss, of: "main.2.forward.y" }, { of: "main.2.forward.y", step: 4, unit: null }]);
  const { "main.2.forward.y": _, ...symbols } = built.symbols;
  const below = fitted(experiment({ loss }), fresh, { ...built, symbols });
  assert.deepEqual([below.loss, below.backward], [loss, experiment().backward]);
});

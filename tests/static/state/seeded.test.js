import assert from "node:assert/strict";
import { test } from "node:test";
import { given, remember, size } from "../../../static/state/seeded.js";
import { experiment, MAIN } from "../scene.js";

const without = (own, ...addresses) => ({
  ...own, parameters: { ...own.parameters, values: Object.fromEntries(Object.entries(own.parameters.values).filter(([address]) => !addresses.includes(address))) },
});

test("what the seed made is left out, until it is changed or stands in another network", () => {
  const complete = experiment();
  remember(complete, without(complete, `${MAIN}W_z`, `${MAIN}b_z`));
  assert.deepEqual(Object.keys(given(complete).parameters.values), [`${MAIN}W_f`, `${MAIN}b_f`]);
  const values = { ...complete.parameters.values, [`${MAIN}b_z`]: [5] };
  const changed = { ...complete, parameters: { ...complete.parameters, values } };
  assert.deepEqual(given(changed).parameters.values[`${MAIN}b_z`], [5]);
  assert.equal(Object.keys(given({ ...complete, network: { parts: [] } }).parameters.values).length, 4);
  assert.equal(Object.keys(given({ ...complete, parameters: { ...complete.parameters, seed: 9 } }).parameters.values).length, 4);
});

test("an experiment's numbers are counted without writing them out", () => {
  assert.equal(size(experiment()), 6);
});

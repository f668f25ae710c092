import assert from "node:assert/strict";
import { test } from "node:test";
import { given, remember, tooMany } from "../../../static/state/seeded.js";
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

test("numbers that would be too long a text are known without the whole experiment", () => {
  const { values } = experiment().parameters;
  const length = Object.values(values).map((list) => JSON.stringify(list).length).reduce((sum, one) => sum + one, 0);
  assert.equal(tooMany(experiment(), length), false);
  assert.equal(tooMany(experiment(), length - 1), true);
});

test("a list's text is made once, whatever else of the experiment changes", () => {
  let read = 0;
  const list = Object.defineProperty([0, 1], 0, { enumerable: true, get: () => (read += 1) });
  const own = experiment();
  for (const step of [1, 2, 3]) tooMany({ ...own, step, parameters: { ...own.parameters, values: { [`${MAIN}b_z`]: list } } }, 100);
  assert.equal(read, 1);
});

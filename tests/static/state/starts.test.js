import assert from "node:assert/strict";
import { test } from "node:test";
import { keeping, lean, nest, plainGround, shape, times, untouched } from "../../../static/state/starts.js";
import { experiment, MAIN } from "../scene.js";

test("numbers are counted from the rule that started them, scaled, else from the lesson's own", () => {
  const ground = { own: { a: [1], b: [2] }, drawn: { a: [10, 20], c: [5] } };
  assert.deepEqual(untouched({ seed: 0, values: {}, starts: {} }, ground), ground.own);
  assert.deepEqual(untouched({ seed: 0, values: {}, starts: { a: { kind: "he", seed: 1, scale: -0.5 } } }, ground), { a: [-5, -10], b: [2] });
});

test("another network keeps what has the same name and shape", () => {
  assert.deepEqual(keeping({ a: [[1, 2]], b: [1], gone: 3 }, { a: [[9, 9]], b: [8, 8], c: 7 }), { a: [[1, 2]], b: [8, 8], c: 7 });
});

test("arrays come as nested lists, and every number is scaled exactly", () => {
  assert.deepEqual(nest(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]), [[1, 2, 3], [4, 5, 6]]);
  assert.deepEqual([nest(Float64Array.of(7), []), nest(Float64Array.of(7, 8), [2])], [7, [7, 8]]);
  assert.deepEqual(shape([[1, 2, 3], [4, 5, 6]]), [2, 3]);
  assert.deepEqual(times([[0.1, -3]], 3), [[0.1 * 3, -9]]);
});

test("a lean record leaves out what its rules give, and nothing else", () => {
  const base = experiment();
  const address = `${MAIN}W_f`;
  const starts = { [address]: { kind: "he", seed: 1, scale: 2 } };
  const ground = { ...plainGround(base), drawn: { [address]: [[1, 3]] } };
  const drawn = { ...base, parameters: { ...base.parameters, starts, values: { ...base.parameters.values, [address]: [[2, 6]] } } };
  const { [address]: _, ...others } = base.parameters.values;
  assert.deepEqual(lean(drawn, base, ground).parameters, { seed: 0, starts, values: others });
  const changed = { ...drawn, parameters: { ...drawn.parameters, values: { ...drawn.parameters.values, [address]: [[2, 7]] } } };
  assert.deepEqual(lean(changed, base, ground), changed);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { listStarts, readStarts } from "../../../static/state/rules.js";

const starts = {
  "main.1.forward.W": { kind: "glorot-normal", seed: 12, scale: -1.5 },
  "main.2.forward.W": { kind: "glorot-normal", seed: 12, scale: -1.5 },
  "main.1.forward.b": { kind: "zeros", seed: 0, scale: 1 },
};

test("what starts by the same rule stands in one line, and comes back", () => {
  const text = listStarts(starts);
  assert.equal(text, "glorot-normal@12*-1.5:main.1.forward.W,main.2.forward.W;zeros@0:main.1.forward.b");
  assert.deepEqual(readStarts(text), starts);
});

test("what is no rule is none", () => {
  for (const text of ["magic@1:a", "he@-1:a", "he@1*1e999:a", "he@1", "he:a"]) assert.equal(readStarts(text), null, text);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSaving } from "../../../static/state/saving.js";
import { experiment, state } from "../scene.js";

function setup(changes = {}, environment = {}) {
  let now = state(changes);
  const saved = [];
  const asked = [];
  const saving = createSaving({
    get: () => now,
    set: (patch) => (now = { ...now, ...patch }),
    environment: {
      save: (name, blob) => saved.push([name, blob]),
      trace: async (_own, format, gradients) => {
        asked.push([format, gradients]);
        return "numbers";
      },
      faces: async () => ["face"],
      ...environment,
    },
  });
  return { saving, saved, asked, now: () => now };
}

test("numbers come with gradients where something is differentiated", async () => {
  const { saving, saved, asked } = setup();
  await saving.trace("csv");
  assert.deepEqual([saved, asked], [[["unrolled-cell.csv", "numbers"]], [["csv", true]]]);
  const without = setup({ experiment: experiment({ lesson: null, cell: "gru", backward: null }) });
  await without.saving.trace("npz");
  assert.deepEqual([without.saved[0][0], without.asked], ["unrolled-gru.npz", [["npz", false]]]);
});

test("a picture is drawn with the faces and named after its step", async () => {
  const { saving, saved } = setup({ experiment: experiment({ step: 3 }) });
  await saving.picture("strip", "png", async (faces) => `drawn with ${faces}`);
  assert.deepEqual(saved, [["unrolled-cell-strip-step-3.png", "drawn with face"]]);
});

test("what the server refuses is said in its words, what fails otherwise in ours", async () => {
  const problems = [{ code: "over-limit", args: {}, message: "too long" }];
  const refused = setup({}, { trace: async () => { throw Object.assign(new Error("413"), { problems }); } });
  await refused.saving.trace("csv");
  assert.deepEqual([refused.saved, refused.now().problems], [[], problems]);
  const broken = setup({}, { faces: async () => { throw new Error("offline"); } });
  await broken.saving.picture("cell", "svg", async () => "");
  assert.equal(broken.now().notice, "shared.unsaved");
});

test("all values of a long sequence; what is refused is said", async () => {
  const { saving } = setup({}, { values: async ({ cell }) => ({ of: cell }) });
  assert.deepEqual(await saving.values(), { of: null });
  const refused = setup({}, { values: async () => Promise.reject(Object.assign(new Error("400"), { problems: ["too long"] })) });
  assert.equal(await refused.saving.values(), null);
  assert.deepEqual(refused.now().problems, ["too long"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeeping } from "../../../static/state/keeping.js";
import { experiment } from "../scene.js";

function setup({ refuses = false, shelf = new Map() } = {}) {
  const written = [];
  const kept = {
    async put(id, record) {
      if (refuses) return false;
      written.push(id);
      shelf.set(id, structuredClone(record));
      return true;
    },
    get: async (id) => shelf.get(id) ?? null,
  };
  const names = ["a", "b", "c"];
  return { keeping: createKeeping(kept, () => names.shift()), written, shelf };
}

test("an experiment has a name once it is kept, and what is short needs no second writing", async () => {
  const { keeping, written } = setup();
  const own = experiment();
  assert.equal(keeping.named(own), null);
  assert.equal(await keeping.keep(own, null), true);
  assert.equal(keeping.named(own), "kept=a");
  assert.equal(keeping.named({ ...own, step: 3 }), "kept=a&step=3");
  const changed = { ...own, initial: { ...own.initial } };
  assert.equal(keeping.named(changed), null);
  await keeping.keep(changed, "a");
  assert.deepEqual([keeping.named(changed), written], ["kept=a", ["a", "a"]]);
});

test("another entry of the history has another name", async () => {
  const { keeping, written } = setup();
  await keeping.keep(experiment(), null);
  await keeping.keep(experiment(), null);
  assert.deepEqual(written, ["a", "b"]);
});

test("what was found is not written again while it is the same, and never written over", async () => {
  const shelf = new Map([["old", experiment({ step: 2 })]]);
  const { keeping, written } = setup({ shelf });
  assert.equal((await keeping.recall("old")).step, 2);
  const shown = experiment({ step: 3 });
  assert.equal(await keeping.keep(shown, "old"), true);
  assert.deepEqual([keeping.named(shown), written], ["kept=old&step=3", []]);
  const changed = { ...shown, sequence: { ...shown.sequence, inputs: [[5]] } };
  await keeping.keep(changed, "old");
  assert.deepEqual([keeping.named(changed), written, shelf.get("old").step], ["kept=a", ["a"], 2]);
});

test("what is gone is not found, and what is refused has no name", async () => {
  assert.equal(await setup().keeping.recall("old"), null);
  const { keeping } = setup({ refuses: true });
  assert.deepEqual([await keeping.keep(experiment(), null), keeping.named(experiment())], [false, null]);
});

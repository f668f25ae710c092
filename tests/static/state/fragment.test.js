import assert from "node:assert/strict";
import { test } from "node:test";
import { withParameter } from "../../../static/state/edit.js";
import { applyFields } from "../../../static/state/fields.js";
import { fragment, LONGEST, parseFragment } from "../../../static/state/fragment.js";
import { keptFragment } from "../../../static/state/keeping.js";
import { experiment, MAIN } from "../scene.js";

const base = experiment();

test("an experiment as the lesson has it is only named", () => {
  assert.equal(fragment(base, base), "lesson=cell&preset=short&variant=exact");
});

test("an address is short and can be read", () => {
  const own = { ...withParameter(base, `${MAIN}b_f`, [0], -1), step: 3 };
  assert.equal(fragment(own, base), "lesson=cell&preset=short&variant=exact&w=main.1.forward.b_f.0:-1&step=3");
});

test("strange fragments do no harm", () => {
  assert.equal(parseFragment("").lesson, null);
  assert.equal(parseFragment("%E0%A4%A").faulty, true);
  assert.equal(parseFragment("lesson=%E0%A4%A").lesson, null);
  assert.equal(parseFragment("unknown=1").faulty, true);
  assert.deepEqual([parseFragment("train").train, parseFragment("train").faulty], ["", false]);
  assert.equal(parseFragment("a".repeat(LONGEST + 1)).faulty, true);
  assert.equal(parseFragment("lesson=a%26b&preset=%E4%B8%AD").preset, "中");
});

test("trainings are named as they are, an empty name too", () => {
  assert.deepEqual([parseFragment("train=adding,cell:gru;cell:lstm").train, parseFragment("train=").train, parseFragment("lesson=cell").train], ["adding,cell:gru;cell:lstm", "", null]);
});

test("an experiment of no lesson stands there as a whole, Chinese names and all", () => {
  const own = experiment({ lesson: null, view: { direction: "forward", name: "记忆 → ÿ" } });
  const text = fragment(own, own);
  assert.match(text, /^e=[\w-]+$/);
  assert.deepEqual(parseFragment(text).whole, own);
  for (const broken of ["e=", "e=%%", "e=abc", "e=bnVsbA", `${text.slice(0, -9)}`]) {
    const found = parseFragment(broken);
    assert.equal(found.whole, null, broken);
    assert.equal(found.faulty, true, broken);
  }
  const huge = { ...own, sequence: { inputs: Array(20_000).fill([1, 2]) } };
  assert.equal(fragment(huge, huge), null);
});

test("an experiment that began as a cell is named by it, with what differs", () => {
  const own = experiment({ lesson: null, preset: null, variant: null, cell: "gru" });
  assert.equal(fragment(own, own), "cell=gru");
  const changed = { ...withParameter(own, `${MAIN}b_f`, [0], -1), step: 3 };
  assert.equal(fragment(changed, own), "cell=gru&w=main.1.forward.b_f.0:-1&step=3");
  const found = parseFragment(fragment(changed, own));
  assert.deepEqual([found.cell, found.lesson, found.faulty], ["gru", null, false]);
  assert.deepEqual(applyFields(own, found.fields).experiment, changed);
});

test("a lesson with a sequence too long for an address has none, and one that is kept is named with all that is short", () => {
  const base = experiment();
  const long = experiment({ sequence: { ...base.sequence, inputs: Array.from({ length: 2000 }, (_, index) => Array(20).fill(index / 7)) } });
  assert.equal(fragment(long, base), null);
  const later = { ...long, step: 3, language: "zh" };
  assert.equal(keptFragment("abc12", later, long), "kept=abc12&step=3&lang=zh");
  assert.deepEqual([parseFragment("kept=abc12&step=3").kept, parseFragment("kept=abc12&step=3").fields], ["abc12", [["step", "3"]]]);
  assert.deepEqual([parseFragment("kept=../x").kept, parseFragment("kept=../x").faulty], [null, true]);
});

test("the value whose arithmetic is open stands there too", () => {
  const { pinned, fields, faulty } = parseFragment(`lesson=cell&step=3&at=${MAIN}c_prev@3@1`);
  assert.deepEqual([pinned, fields, faulty], [{ address: `${MAIN}c_prev`, unit: 1, step: 3 }, [["step", "3"]], false]);
});

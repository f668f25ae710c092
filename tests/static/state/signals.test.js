import assert from "node:assert/strict";
import { test } from "node:test";
import { codes, readTable, signal, WAVES, wordsIn } from "../../../static/state/signals.js";

test("waves by name, as long as the sequence", () => {
  assert.deepEqual(signal("sine", 8, 0), [0, 1, 0, -1, 0, 1, 0, -1]);
  assert.deepEqual(signal("square", 4, 0), [1, -1, 1, -1]);
  assert.deepEqual(signal("ramp", 5, 0), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(signal("impulse", 3, 0), [1, 0, 0]);
  for (const wave of WAVES) assert.ok(signal(wave, 1, 0).every(Number.isFinite), wave);
});

test("noise is the same for the same seed, between -1 and 1", () => {
  const found = signal("noise", 1000, 7);
  assert.deepEqual(found, signal("noise", 1000, 7));
  assert.notDeepEqual(found, signal("noise", 1000, 8));
  assert.ok(Math.min(...found) < -0.98 && Math.max(...found) > 0.98 && found.every((value) => Math.abs(value) <= 1));
  assert.ok(Math.abs(found.reduce((sum, value) => sum + value, 0) / 1000) < 0.06);
});

test("a spreadsheet's lines are steps, whatever stands between the numbers", () => {
  const inputs = [[1, -2.5], [3, 1e-3]];
  for (const text of ["1,-2.5\n3,1e-3", "1\t−2.5\r\n3\t0.001\r\n", " 1 ; -2.5 \n\n 3;.001", "1 -2.5\n3 1e-3", "1\t-2,5\n3\t0,001", "1;-2,5\n3;0,001", "１，−２．５\n３，１ｅ－３"]) assert.deepEqual(readTable(text, 2, 9), { inputs }, text);
  assert.deepEqual(readTable("1,000\t2.5", 2, 9), { inputs: [[1000, 2.5]] });
  assert.deepEqual(readTable("1,000", 2, 9), { inputs: [[1, 0]] }, "between commas there is no comma");
});

test("what is no table is told with the line, and so is what is too much", () => {
  assert.deepEqual(readTable(" \n ", 2, 9), { wrong: "signal.empty" });
  for (const bad of ["NaN", "", "Infinity", "1e400", "x"]) assert.deepEqual(readTable(`1,2\n1,${bad}`, 2, 9), { wrong: "signal.no-number", args: { line: 2, part: bad } }, bad);
  assert.deepEqual(readTable("1\t1,2,3", 2, 9), { wrong: "signal.no-number", args: { line: 1, part: "1,2,3" } });
  assert.deepEqual(readTable("1,2\n3", 2, 9), { wrong: "signal.wrong-width", args: { line: 2, got: 1, want: 2 } });
  assert.deepEqual(readTable("1\n2\n3", 1, 2), { wrong: "signal.too-many", args: { count: 3, limit: 2 } });
  assert.deepEqual(readTable("1,".repeat(1_500_000), 1, 2000), { wrong: "signal.too-long" });
  assert.deepEqual(readTable("0.1234567890123456789\n".repeat(3000), 1, 5000), { wrong: "signal.too-long" });
});

test("words, and 1 of N with a place for any other", () => {
  assert.deepEqual(wordsIn("  the dog  sees "), ["the", "dog", "sees"]);
  assert.deepEqual(wordsIn("我吃饭 now"), ["我", "吃", "饭", "now"]);
  assert.deepEqual(wordsIn("我吃饭，你呢？GRU好。"), ["我", "吃", "饭", "你", "呢", "GRU", "好"]);
  assert.deepEqual(wordsIn("我 喜欢 猫，和　狗。"), ["我", "喜欢", "猫", "和", "狗"]);
  assert.deepEqual(wordsIn("我吃饭。 你呢？"), ["我", "吃", "饭", "你", "呢"]);
  assert.deepEqual(wordsIn("“Hello,” it's said ..."), ["Hello", "it's", "said", "..."]);
  assert.deepEqual(wordsIn("( ( ) )"), ["(", "(", ")", ")"]);
  assert.deepEqual(wordsIn(" "), []);
  assert.deepEqual(codes(["dog", "cat", "the"], ["the", "dog"]), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellText, marked } from "../../../static/draw/celltext.js";

const KNOWN = { functions: ["sigmoid", "tanh"], starts: ["identity"], roles: { f: "gate", c: "state", h: "output", k: "constant" } };
const pieces = (text) => cellText(text, KNOWN).map((line) => line.filter(({ kind }) => kind !== "space").map(({ kind, text: part, role }) => `${role ?? kind} ${part}`));

test("every name has the colour of what it is", () => {
  assert.deepEqual(pieces("f = sigmoid(W_f @ x + 0.5) : forget gate"), [[
    "gate f", "sign =", "function sigmoid", "sign (", "parameter W_f", "sign @", "input x", "sign +", "number 0.5", "sign )", "sign :", "label  forget gate",
  ]]);
  assert.deepEqual(pieces("h = c_prev * k"), [["output h", "sign =", "state c_prev", "sign *", "constant k"]]);
});

test("a name that a line defines is no parameter, even before the cell runs", () => {
  assert.deepEqual(pieces("q = x\nn = q + q_prev + p"), [["value q", "sign =", "input x"], ["value n", "sign =", "value q", "sign +", "state q_prev", "sign +", "parameter p"]]);
});

test("comments, sizes and starting values", () => {
  assert.deepEqual(pieces("# GRU: a = b"), [["comment # GRU: a = b"]]);
  assert.deepEqual(pieces("y[outputs] = x # so far"), [["value y", "sign [", "size outputs", "sign ]", "sign =", "input x", "comment # so far"]]);
  assert.deepEqual(pieces("start U = identity"), [["word start", "parameter U", "sign =", "word identity"]]);
});

test("broad signs are what they stand for, and stay as they were typed", () => {
  assert.deepEqual(pieces("ｆ＝sigmoid（x）：门＃ # 注"), [["gate ｆ", "sign ＝", "function sigmoid", "sign （", "input x", "sign ）", "sign ：", "label 门＃ ", "comment # 注"]]);
  assert.deepEqual(pieces("＃ 注：一"), [["comment ＃ 注：一"]]);
});

test("whatever is typed comes out again", () => {
  for (const text of ["", "\n\n", "h = = ]][ ：标签 𝛼 \t", "start", "###", ":::", "𝛼𝛽 = x : 门 # 注"]) {
    assert.equal(cellText(text, KNOWN).map((line) => line.map(({ text: part }) => part).join("")).join("\n"), text);
  }
});

test("what is wrong is cut out by its columns, which count characters", () => {
  const [line] = cellText("𝛼 = sigmod(x)", KNOWN);
  const cut = marked(line, [{ start: 4, end: 10 }]);
  assert.deepEqual(cut.filter((piece) => piece.marked).map(({ text }) => text), ["sigmod"]);
  assert.deepEqual(marked(cellText("abc", KNOWN)[0], [{ start: 1, end: 2 }]).map(({ text, marked: on }) => [text, on]), [["a", false], ["b", true], ["c", false]]);
});

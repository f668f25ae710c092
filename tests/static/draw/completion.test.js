import assert from "node:assert/strict";
import test from "node:test";
import { complete } from "../../../static/draw/completion.js";

const KNOWN = { functions: ["sigmoid", "softmax", "tanh", "step"], starts: ["identity", "zeros"] };
/** Of a text in which | is the caret. */
const at = (/** @type {string} */ text) => complete(text.replace("|", ""), text.indexOf("|"), KNOWN);
const offered = (/** @type {string} */ text) => at(text)?.options.map((option) => option.text) ?? null;

test("right of the sign of equality: what is defined above, one step earlier, parameters, functions", () => {
  assert.deepEqual(offered("f = sigmoid(W_f @ x)\nc = f|"), ["f", "f_prev"]);
  assert.deepEqual(offered("c = s|\nh = tanh(c)"), ["sigmoid", "softmax", "step"]);
  assert.deepEqual(offered("c = W_c @ x + c|"), ["c_prev"], "a line does not read itself, but what it was");
  assert.deepEqual(offered("h = o * tanh(c)\no = sigmoid(W_o @ x)\ny = W|"), ["W_o"]);
  assert.deepEqual(offered("alpha = 0.95\ns = a|"), ["alpha"]);
  assert.deepEqual(at("alpha = 0.95\ns = a|")?.options[0].kind, "constant");
  assert.equal(offered("s = alpha|\nalpha = 0.95"), null, "used after defined");
});

test("what stands there is replaced from its beginning", () => {
  const found = at("h = 2 * si|");
  assert.deepEqual([found?.from, found?.to, found?.written], [8, 10, "si"]);
  assert.deepEqual(found?.options, [{ text: "sigmoid", kind: "function" }]);
});

test("after start parameters, and after its sign of equality the rules", () => {
  const cell = "h = tanh(W @ x + U @ h_prev + W_b)\n";
  assert.deepEqual(offered(`${cell}start W|`), ["W", "W_b"]);
  assert.deepEqual(offered(`${cell}start U = id|`), ["identity"]);
  assert.equal(offered(`${cell}start U = si|`), null);
});

test("nothing in a comment, in a label, left of the sign, within a word, in a number, or where a name is complete", () => {
  assert.equal(offered("# s|"), null);
  assert.equal(offered("h = tanh(W @ x) # s|"), null);
  assert.equal(offered("h = tanh(W @ x) : s|"), null);
  assert.equal(offered("s|"), null);
  assert.equal(offered("h = s|igmoid(x)"), null);
  assert.equal(offered("h = 1e|"), null);
  assert.equal(offered("h = tanh|"), null);
  assert.equal(offered("h = |"), null);
});

test("a line with broad signs is read as the engine reads it", () => {
  const text = "c ＝ ta";
  assert.deepEqual(complete(text, text.length, { functions: ["tanh"], starts: [] })?.options, [{ text: "tanh", kind: "function" }]);
});

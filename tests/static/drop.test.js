import assert from "node:assert/strict";
import { test } from "node:test";
import { watchDrop } from "../../static/drop.js";

function setup() {
  const listeners = {};
  const body = { dataset: {}, removeAttribute: (name) => name === "data-drop" && delete body.dataset.drop };
  const taken = [];
  watchDrop({ body, addEventListener: (kind, act) => (listeners[kind] = act) }, { said: () => "let it fall", taken: (file) => taken.push(file) });
  const send = (kind, more = {}) => {
    let stopped = false;
    listeners[kind]({ dataTransfer: { types: ["Files"], files: [] }, preventDefault: () => (stopped = true), ...more });
    return stopped;
  };
  return { body, taken, send };
}

test("a file that is dragged over the page is welcome, and says so until it leaves", () => {
  const { body, send } = setup();
  assert.equal(send("dragenter"), true);
  assert.equal(send("dragover"), true);
  assert.equal(body.dataset.drop, "let it fall");
  send("dragleave", { relatedTarget: {} });
  assert.equal(body.dataset.drop, "let it fall");
  send("dragleave", { relatedTarget: null });
  assert.equal(body.dataset.drop, undefined);
});

test("the first file that is dropped is taken", () => {
  const { body, taken, send } = setup();
  send("dragenter");
  assert.equal(send("drop", { dataTransfer: { types: ["Files"], files: ["one", "two"] } }), true);
  assert.deepEqual([taken, body.dataset.drop], [["one"], undefined]);
});

test("words that are dragged are the browser's own affair", () => {
  const { body, taken, send } = setup();
  const words = { dataTransfer: { types: ["text/plain"], files: [] } };
  assert.equal(send("dragover", words), false);
  assert.equal(send("drop", words), false);
  assert.deepEqual([body.dataset.drop, taken], [undefined, []]);
});

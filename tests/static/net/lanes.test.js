import assert from "node:assert/strict";
import { test } from "node:test";
import { createLanes } from "../../../static/net/lanes.js";

function setup() {
  const heard = [];
  const sent = [];
  const lines = [];
  const open = createLanes((listener) => {
    const line = { listener, closed: false };
    lines.push(line);
    return { send: (message, lane) => sent.push([lane, message.type]), close: () => void (line.closed = true) };
  });
  const listener = (name) => ({
    connected: () => heard.push(`${name} connected`), lost: () => heard.push(`${name} lost`), received: ({ type }) => heard.push(`${name} ${type}`),
  });
  return { open, listener, heard, sent, lines };
}

test("all lanes share one line, and say which they are", () => {
  const { open, listener, sent, lines } = setup();
  const main = open(listener("main"));
  const second = open(listener("second"), "second");
  main.send({ type: "run" });
  second.send({ type: "run" });
  assert.equal(lines.length, 1);
  assert.deepEqual(sent, [["main", "run"], ["second", "run"]]);
});

test("an answer goes to its lane, the state of the line to all", () => {
  const { open, listener, heard, lines } = setup();
  open(listener("main"));
  open(listener("second"), "second");
  lines[0].listener.connected();
  lines[0].listener.received({ type: "done", lane: "second" });
  lines[0].listener.received({ type: "pong" });
  lines[0].listener.received({ type: "frames", lane: "gone" });
  lines[0].listener.lost();
  assert.deepEqual(heard, ["main connected", "second connected", "second done", "main pong", "main lost", "second lost"]);
});

test("a closed lane hears nothing more, and the last one closes the line", () => {
  const { open, listener, heard, lines } = setup();
  const main = open(listener("main"));
  const second = open(listener("second"), "second");
  second.close();
  lines[0].listener.received({ type: "done", lane: "second" });
  assert.deepEqual(heard, []);
  assert.equal(lines[0].closed, false);
  main.close();
  assert.equal(lines[0].closed, true);
  open(listener("main"));
  assert.equal(lines.length, 2);
});

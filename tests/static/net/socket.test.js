import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { socketPort } from "../../../static/net/socket.js";

class FakeSocket {
  static OPEN = 1;
  static all = [];
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  close() {
    this.readyState = 3;
    this.onclose?.();
  }
}

function setup() {
  FakeSocket.all = [];
  const heard = [];
  const listeners = new Set();
  const document = {
    visibilityState: "visible",
    addEventListener: (_name, listener) => listeners.add(listener),
    removeEventListener: (_name, listener) => listeners.delete(listener),
    look(state) {
      this.visibilityState = state;
      for (const listener of listeners) listener();
    },
  };
  const port = socketPort("ws://here/ws", {
    connected: () => heard.push("connected"),
    lost: () => heard.push("lost"),
    received: (message) => heard.push(message.type),
  }, { document, most: () => 200, WebSocket: FakeSocket });
  return { port, heard, document, listeners, sockets: FakeSocket.all };
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  mock.method(Math, "random", () => 1);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test("messages get rising numbers and the lane; without a line nothing is sent", () => {
  const { port, sockets } = setup();
  assert.equal(port.send({ type: "run" }), 0);
  sockets[0].open();
  assert.equal(port.send({ type: "run" }), 1);
  assert.equal(port.send({ type: "seek", step: 3 }), 2);
  assert.deepEqual(sockets[0].sent[1], { type: "seek", step: 3, id: 2, lane: "main" });
  port.close();
});

test("a line that broke is built again, later each time, until it holds", () => {
  const { port, heard, sockets } = setup();
  sockets[0].open();
  sockets[0].close();
  assert.deepEqual(heard, ["connected", "lost"]);
  mock.timers.tick(250);
  assert.equal(sockets.length, 2);
  sockets[1].close();
  mock.timers.tick(250);
  assert.equal(sockets.length, 2);
  mock.timers.tick(250);
  assert.equal(sockets.length, 3);
  sockets[2].open();
  sockets[2].say({ type: "done", id: 1, kind: "run" });
  sockets[2].close();
  mock.timers.tick(250);
  assert.equal(sockets.length, 4);
  port.close();
});

test("a hidden page does not knock, and does so at once when it is looked at", () => {
  const { port, document, sockets } = setup();
  sockets[0].open();
  document.look("hidden");
  sockets[0].close();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  document.look("visible");
  assert.equal(sockets.length, 2);
  port.close();
});

test("silence is asked about, and a line that does not answer is given up", () => {
  const { port, heard, sockets } = setup();
  sockets[0].open();
  mock.timers.tick(5000);
  assert.equal(sockets[0].sent.at(-1).type, "ping");
  sockets[0].say({ type: "pong", id: 1 });
  mock.timers.tick(10_000);
  assert.equal(heard.includes("lost"), false);
  mock.timers.tick(5000);
  assert.equal(heard.at(-1), "lost");
  port.close();
});

test("a page that stood still for a minute has not lost its line", () => {
  const { port, heard, sockets } = setup();
  sockets[0].open();
  mock.method(Date, "now", () => 60_000);
  mock.timers.tick(5000);
  assert.deepEqual([heard, sockets[0].readyState], [["connected"], 1]);
  port.close();
});

test("a pong is not passed on, an experiment's numbers are revived", () => {
  const { port, heard, sockets } = setup();
  sockets[0].open();
  sockets[0].say({ type: "pong", id: 1 });
  sockets[0].say({ type: "opened", id: 1, experiment: { parameters: { seed: 0, values: { W: ["inf"] } }, sequence: { inputs: [] }, initial: {} } });
  assert.deepEqual(heard, ["connected", "opened"]);
  port.close();
});

test("a closed port stays closed and lets go of the page", () => {
  const { port, listeners, sockets } = setup();
  sockets[0].open();
  port.close();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  assert.equal(listeners.size, 0);
});

test("a message that is too long is refused here, and the connection stays", async () => {
  const { port, heard, sockets } = setup();
  sockets[0].open();
  const id = port.send({ type: "open", experiment: { name: "x".repeat(200) } });
  assert.equal(id, 1);
  await Promise.resolve();
  assert.deepEqual([heard, sockets[0].sent, sockets[0].readyState], [["connected", "problems"], [], 1]);
  port.close();
});

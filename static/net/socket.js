/** The engine port with the server behind it: one socket that finds its way back by itself. */

import { delay } from "./backoff.js";
import { decode } from "./binary.js";
import { encode, reviveExperiment } from "./numbers.js";

/** @typedef {import("./contract.js").EnginePort} EnginePort */
/** @typedef {import("./contract.js").PortListener} PortListener */

const LANE = "main";
const HEARTBEAT = 5000;
/**
 * After so many beats in which nothing came, the line is given up. They are counted, not timed: a page that stood still, with a laptop that
 * slept or a figure that took long to draw, has as a rule an answer waiting, and one beat behind it.
 */
const SILENCE = 3;

/** @param {number} value @param {number} allowed  bytes @returns {import("./contract.js").Problem} */
const tooLong = (value, allowed) => ({ code: "over-limit", args: { limit: "message", value, allowed }, message: "" });

/**
 * @param {string} url
 * @param {PortListener} listener
 * @param {{document: Document, most?: () => number, WebSocket?: typeof WebSocket}} environment  `most`: a longer message would cost the connection
 * @returns {EnginePort}
 */
export function socketPort(url, listener, { document, most = () => Infinity, WebSocket: Socket = globalThis.WebSocket }) {
  /** @type {WebSocket | null} */
  let socket = null;
  let id = 0;
  let attempt = 0;
  let closed = false;
  let silent = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  /** @param {import("./contract.js").ClientMessage} message @param {string} [lane] */
  const send = (message, lane = LANE) => {
    if (!socket || socket.readyState !== Socket.OPEN) return 0;
    const own = (id += 1);
    const text = encode({ ...message, id, lane });
    if (text.length <= most()) socket.send(text);
    else queueMicrotask(() => listener.received({ type: "problems", id: own, lane, problems: [tooLong(text.length, most())] }));
    return own;
  };

  const connect = () => {
    clearTimeout(retry);
    if (closed || socket) return;
    const own = new Socket(url);
    own.binaryType = "arraybuffer";
    socket = own;
    silent = 0;
    own.onopen = () => {
      silent = 0;
      listener.connected();
    };
    own.onmessage = ({ data }) => {
      silent = 0;
      attempt = 0;
      for (const message of typeof data === "string" ? [JSON.parse(data)] : decode(data)) {
        if (message.type === "opened") message.experiment = reviveExperiment(message.experiment);
        if (message.type !== "pong") listener.received(message);
      }
    };
    own.onclose = () => drop(own);
  };

  /** @param {WebSocket} own */
  const drop = (own) => {
    if (socket !== own) return;
    socket = null;
    own.onclose = own.onmessage = own.onopen = null;
    own.close();
    if (closed) return;
    listener.lost();
    // A hidden page does not knock; it does so at once when it is looked at again.
    if (document.visibilityState === "hidden") return;
    retry = setTimeout(connect, delay(attempt));
    attempt += 1;
  };

  const seen = () => {
    if (document.visibilityState !== "visible") return;
    if (!socket) connect();
    else send({ type: "ping" });
  };
  document.addEventListener("visibilitychange", seen);

  const beat = setInterval(() => {
    if (!socket || document.visibilityState === "hidden") return;
    silent += 1;
    if (silent >= SILENCE) drop(socket);
    else send({ type: "ping" });
  }, HEARTBEAT);

  connect();
  return {
    send,
    close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(beat);
      document.removeEventListener("visibilitychange", seen);
      socket?.close();
      socket = null;
    },
  };
}

/** The engine port with the server behind it: one socket that finds its way back by itself. */

import { delay } from "./backoff.js";
import { decode } from "./binary.js";
import { encode, reviveExperiment } from "./numbers.js";

/** @typedef {import("./contract.js").EnginePort} EnginePort */
/** @typedef {import("./contract.js").PortListener} PortListener */

const LANE = "main";
const HEARTBEAT = 5000;
const SILENCE = 12_000;

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
  let heard = 0;
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
    heard = Date.now();
    own.onopen = () => {
      heard = Date.now();
      listener.connected();
    };
    own.onmessage = ({ data }) => {
      heard = Date.now();
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
    if (Date.now() - heard > SILENCE) drop(socket);
    else if (Date.now() - heard > HEARTBEAT - 100) send({ type: "ping" });
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

/** One line to the engine, several networks: each lane has a port of its own and hears only what is meant for it. */

/** @typedef {import("./contract.js").EnginePort} EnginePort */
/** @typedef {import("./contract.js").PortListener} PortListener */

/**
 * @param {(listener: PortListener) => EnginePort} connect
 * @returns {(listener: PortListener, lane?: string) => EnginePort}  the line is opened with the first port and closed with the last
 */
export function createLanes(connect) {
  /** @type {Map<string, PortListener>} */
  const listeners = new Map();
  /** @type {EnginePort | null} */
  let line = null;
  const each = (/** @type {(listener: PortListener) => void} */ tell) => [...listeners.values()].forEach(tell);

  return (listener, lane = "main") => {
    listeners.set(lane, listener);
    line ??= connect({
      connected: () => each((one) => one.connected()),
      lost: () => each((one) => one.lost()),
      received: (message) => listeners.get("lane" in message ? message.lane : "main")?.received(message),
    });
    const own = line;
    return {
      send: (message) => own.send(message, lane),
      close() {
        listeners.delete(lane);
        if (listeners.size > 0) return;
        own.close();
        line = null;
      },
    };
  };
}

/** What a server says of a training. */

const list = (name, data, shape = [data.length]) => ({ name, data: Float64Array.from(data.flat()), shape });

/** @param {{loss?: number[], held?: number[][], settings?: Record<string, unknown>}} [more] */
export function training({ loss = [], held = [], settings = {} } = {}) {
  return {
    type: "training", id: 1, lane: "run-a", settings: { version: 1, task: "adding", updates: 1000, ...settings }, steps: 2, memory: 100, done: loss.length,
    network: { description: { parts: [{ layers: [{}], readout: "y[outputs] = V @ h + d" }] }, equations: [], parameters: 3 },
    task: { title: { en: "", zh: "" }, baseline: { loss: 0.5, accuracy: 0 }, criterion: 0.99, loss: "numbers", inputs: ["a"], outputs: ["b"] },
    arrays: [list("loss", loss), list("norm", loss), list("held_out", held, [held.length, 3])],
  };
}

/** @param {number} first @param {number[]} loss @param {Record<string, any>} [more] */
export function progress(first, loss, { held = [], ...more } = {}) {
  return {
    type: "progress", id: 1, lane: "run-a", first, done: first - 1 + loss.length, updates: 1000, going: true, per_second: 10, seconds_left: 9, waiting: 0, ...more,
    arrays: [...["loss", "norm", "clipped", "rate"].map((name) => list(name, loss)), list("held_out", held, [held.length, 3])],
  };
}

export function example() {
  return {
    type: "example", id: 1, lane: "run-a", done: 1,
    arrays: [
      list("x", [[1], [0]], [2, 1]), list("targets", [[NaN], [0.5]], [2, 1]), list("answers", [[0], [0.25]], [2, 1]), list("asked", [0, 1]), list("flow", [0.001, 1]),
      list("main.1.forward.h", [[0], [1]], [2, 1]), list("main.1.forward.U", [[2]], [1, 1]), list("main.readout.forward.V", [[3]], [1, 1]),
    ],
  };
}

export const RECORD = JSON.stringify({
  network: { parts: [{ name: "main", inputs: 1, layers: [{ cell: "gru", units: 1 }], readout: "y[outputs] = V @ h + d" }] },
  parameters: { "main.1.forward.U": [[2.5]], "main.readout.forward.V": [[3.5]] },
});

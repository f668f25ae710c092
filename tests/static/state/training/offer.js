/** What can be trained, as the server would tell it but shorter. */

const whole = (name, usual, low, high) => ({ name, usual, low, high });
const task = (name, options, readouts, [kind, inputs, outputs], ahead = false) => ({
  name, readouts, ahead, title: { en: name, zh: name }, definition: "", source: "", kind, inputs, outputs, options, baseline: { loss: 0.5, accuracy: 0 }, derivation: "", solved: 0.99,
});

export const OFFER = {
  tasks: [
    task("adding", [whole("length", 50, 2, 2000)], ["last"], ["numbers", 2, 1]), task("reber", [], ["every"], ["classes", 7, 7], true),
    task("parity", [], ["every", "last"], ["yes-no", 1, 1]), task("digits", [], ["last", "every"], ["classes", 8, 10]),
  ],
  choices: {
    cell: { usual: "lstm", all: ["gru", "lstm", "simple-rnn"] }, start: { usual: "cell", all: ["cell", "orthogonal", "given"] },
    optimiser: { usual: "adam", all: ["sgd", "momentum", "adam"] }, schedule: { usual: "constant", all: ["constant", "step"] },
    direction: { usual: "forward", all: ["forward", "backward", "both"] }, readout: { usual: "task", all: ["task", "last", "every"] },
    clip: { usual: "norm", all: ["none", "norm", "value"] }, dtype: { usual: "float64", all: ["float64", "float32"] },
  },
  whole: [
    whole("units", 32, 1, 512), whole("layers", 1, 1, 4), whole("seed", 0, 0, 1e9), whole("batch", 32, 1, 1024), whole("data", 0, 0, 1e5), whole("truncation", 0, 0, 2000),
    whole("updates", 1000, 1, 1e6), whole("test", 256, 1, 1e4), whole("every", 50, 1, 1e6), whole("schedule_every", 1000, 1, 1e6), whole("warm_up", 0, 0, 1e6),
  ],
  numbers: [whole("rate", null, 0, 1000), whole("clip_at", 1, 0, 1e9), whole("schedule_factor", 0.1, 0, 1)],
  optimisers: [
    { name: "sgd", rate: 0.1, settings: [] }, { name: "momentum", rate: 0.01, settings: [whole("momentum", 0.9, 0, 1)] },
    { name: "adam", rate: 0.005, settings: [whole("decay", 0.9, 0, 1)] },
  ],
};

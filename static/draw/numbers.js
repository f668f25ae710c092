/**
 * Where the numbers of one layer's equations stand: everything is read from the trace the engine sent.
 */

/** @typedef {{data: ArrayLike<number>, first: number, steps: number, units: number}} Series  row `step - first` */
/**
 * @typedef {object} Sources
 * @property {any} network
 * @property {any} experiment
 * @property {Record<string, Series>} values
 * @property {Record<string, Series>} gradients
 */
/**
 * @typedef {object} Numbers
 * @property {(name: string) => string} full  the address of a bare symbol
 * @property {(name: string, unit: number, step: number) => number} value  NaN when it is not there
 * @property {(name: string, unit: number, step: number) => number} gradient
 * @property {(name: string, row: number, column: number) => number} parameter
 * @property {(name: string) => boolean} isParameter
 * @property {(name: string) => number} size  how many units (for a matrix: rows) a name has
 * @property {(name: string) => number} columns
 * @property {(name: string) => number | null} constant
 * @property {(name: string, unit: number, step: number) => number} outside  dL/d(name) as given at this step, not through the network
 * @property {(step: number) => number} next  the step computed after this one; 0 when there is none
 * @property {number} steps
 * @property {number} units  of the layer
 * @property {import("./tree.js").Program} program
 * @property {(name: string) => {name: string, numbers: Numbers}[]} consumers  what reads this outside its own layer, and what it is called there
 */

/**
 * @param {Sources} state
 * @param {string} layer  `main.1.forward`
 * @returns {Numbers}
 */
export function numbersOf(state, layer) {
  const entry = state.network.layers.find((/** @type {any} */ one) => one.address === layer);
  const program = state.network.programs[entry.program];
  const symbols = state.network.symbols;
  const input = inputOf(state.network, layer);
  /** @type {Map<string, string>} */
  const states = new Map(program.states.map((/** @type {string} */ name) => [`${name}_prev`, name]));

  /** @param {string} name */
  const full = (name) => {
    if (name === "x") return input;
    const own = `${layer}.${name}`;
    if (symbols[own] || entry.layer !== "readout") return own;
    const below = layersOf(state.network, entry.part).at(-1);
    return below && symbols[`${below.address}.${name}`] ? `${below.address}.${name}` : own;
  };
  const steps = state.experiment.sequence.inputs.length;
  const backward = layer.endsWith(".backward");

  /** @type {(series: Series | undefined, unit: number, step: number) => number} */
  const at = (series, unit, step) => {
    if (!series || step < series.first || step >= series.first + series.steps) return NaN;
    if (series.units > 1 && unit >= series.units) return NaN;
    return series.data[(step - series.first) * series.units + (series.units === 1 ? 0 : unit)];
  };
  /** @type {Numbers["value"]} */
  const value = (name, unit, step) => {
    const found = at(state.values[full(name)], unit, step);
    if (!Number.isNaN(found)) return found;
    const state_ = states.get(name);
    if (state_ !== undefined) {
      const before = backward ? step + 1 : step - 1;
      if (before >= 1 && before <= steps) return at(state.values[full(state_)], unit, before);
      return state.experiment.carried > 0 ? NaN : state.experiment.initial?.[full(state_)]?.[unit] ?? 0;
    }
    if (name === "x") return Number(state.experiment.sequence.inputs[step - 1]?.[unit] ?? NaN);
    return NaN;
  };

  return {
    full, value, steps, program, units: Number(entry.sizes.units ?? 1),
    gradient: (name, unit, step) => at(state.gradients[full(name)], unit, step),
    parameter: (name, row, column) => {
      const held = state.experiment.parameters.values[symbols[full(name)]?.tied ?? full(name)];
      const line = Array.isArray(held) ? held[row] : held;
      return Number(Array.isArray(line) ? line[column] : line);
    },
    isParameter: (name) => symbols[full(name)]?.kind === "parameter",
    size: (name) => symbols[full(name)]?.shape?.[0] ?? symbols[full(states.get(name) ?? name)]?.size ?? state.values[full(name)]?.units ?? 1,
    columns: (name) => symbols[full(name)]?.shape?.[1] ?? 1,
    constant: (name) => program.constants?.[name] ?? null,
    outside: (name, unit, step) => {
      const of = state.experiment.backward;
      const hit = of && of.of === full(name) && of.step === step && (of.unit === null || of.unit === undefined || of.unit === unit);
      return hit ? 1 : 0;
    },
    consumers: (name) => {
      const address = full(name);
      return state.network.layers.flatMap((/** @type {any} */ other) => {
        if (other.address === layer) return [];
        const numbers = numbersOf(state, other.address);
        const read = state.network.programs[other.program].inputs.find((/** @type {any} */ one) => numbers.full(one.name) === address);
        return read ? [{ name: read.name, numbers }] : [];
      });
    },
    next: (step) => {
      const after = backward ? step - 1 : step + 1;
      return after >= 1 && after <= steps ? after : 0;
    },
  };
}

/** @param {any} network @param {string} part @returns {any[]} */
function layersOf(network, part) {
  return network.layers.filter((/** @type {any} */ one) => one.part === part && one.layer !== "readout");
}

/**
 * What a layer reads as `x`: the network's input, or what leaves the layer below.
 * @param {any} network
 * @param {string} layer
 */
export function inputOf(network, layer) {
  const [part, number] = layer.split(".");
  if (number === "readout" || Number(number) <= 1) return `${part}.0.forward.x`;
  const below = network.layers.find((/** @type {any} */ one) => one.address === `${part}.${Number(number) - 1}.forward`);
  return below ? `${below.address}.${network.programs[below.program].output}` : `${part}.0.forward.x`;
}

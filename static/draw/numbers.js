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
 * @property {(name: string) => string} full  the address of a bare symbol; of what two directions below hand up together an address of this layer
 * @property {(name: string, unit: number, step: number) => number} value  NaN when it is not there
 * @property {(name: string, unit: number, step: number) => number} gradient  as the engine sent it
 * @property {(name: string) => boolean} shared  whether it belongs to a layer below, or others read it too: of its gradient only a part comes through this layer
 * @property {(name: string, row: number, column: number) => number} parameter
 * @property {(name: string) => boolean} isParameter
 * @property {(name: string) => number} size  how many units (for a matrix: rows) a name has
 * @property {(name: string) => number} columns
 * @property {(name: string) => number | null} constant
 * @property {(name: string, unit: number, step: number) => number} outside  dL/d(name) as given at this step, not through the network
 * @property {(step: number) => number} next  the step computed after this one; 0 when there is none
 * @property {(step: number) => number} before  the step computed before this one; 0 when there is none
 * @property {number} steps
 * @property {number} units  of the layer
 * @property {import("./tree.js").Program} program
 * @property {(name: string) => {name: string, numbers: Numbers, from: number}[]} consumers  what reads this outside its own layer, what it is called there, and as which of its units the first one
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
  /** @type {Map<string, string>} */
  const states = new Map(program.states.map((/** @type {string} */ name) => [`${name}_prev`, name]));

  /** @type {Map<string, string[]>} */
  const known = new Map();
  /** @param {string} name @returns {string[]} */
  const read = (name) => known.get(name) ?? (known.set(name, readFrom(state.network, layer, name)), read(name));
  /** @param {string} name */
  const full = (name) => {
    const from = read(name);
    return from.length === 1 ? from[0] : `${layer}.${name}`;
  };
  const steps = state.experiment.sequence.inputs.length;
  const backward = layer.endsWith(".backward");

  /** @type {(series: Series | undefined, unit: number, step: number) => number} */
  const at = (series, unit, step) => {
    if (!series || step < series.first || step >= series.first + series.steps) return NaN;
    if (series.units > 1 && unit >= series.units) return NaN;
    return series.data[(step - series.first) * series.units + (series.units === 1 ? 0 : unit)];
  };
  /** @param {string} address */
  const sizeOf = (address) => Number(symbols[address]?.size ?? state.values[address]?.units ?? 1);
  /** Of two directions the one stands behind the other. @param {string[]} from @param {number} unit @returns {[string, number]} */
  const among = ([first, ...rest], unit) => (rest.length && unit >= sizeOf(first) ? among(rest, unit - sizeOf(first)) : [first, unit]);
  /** @type {Numbers["value"]} */
  const value = (name, unit, step) => {
    const from = read(name);
    if (from.length > 1) {
      const [address, own] = among(from, unit);
      return at(state.values[address], own, step);
    }
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
    shared: (name) => {
      const [first] = read(name);
      const others = (/** @type {any} */ other) => other.address !== layer && other.layer === entry.layer && readFrom(state.network, other.address, name).includes(first);
      return first !== `${layer}.${name}` && (symbols[first]?.kind !== "input" || state.network.layers.some(others));
    },
    size: (name) => symbols[full(name)]?.shape?.[0] ?? joinedSize(read(name), sizeOf) ?? symbols[full(states.get(name) ?? name)]?.size ?? state.values[full(name)]?.units ?? 1,
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
        const from = (/** @type {any} */ one) => readFrom(state.network, other.address, one.name);
        const read = state.network.programs[other.program].inputs.find((/** @type {any} */ one) => from(one).includes(address));
        if (!read) return [];
        const parts = from(read);
        return [{ name: read.name, numbers, from: parts.slice(0, parts.indexOf(address)).reduce((sum, part) => sum + sizeOf(part), 0) }];
      });
    },
    before: (step) => {
      const earlier = backward ? step + 1 : step - 1;
      return earlier >= 1 && earlier <= steps ? earlier : 0;
    },
    next: (step) => {
      const after = backward ? step - 1 : step + 1;
      return after >= 1 && after <= steps ? after : 0;
    },
  };
}

/** @param {string[]} from @param {(address: string) => number} sizeOf */
function joinedSize(from, sizeOf) {
  return from.length > 1 ? from.reduce((sum, address) => sum + sizeOf(address), 0) : undefined;
}

/**
 * Where a layer finds what it calls by a name: in itself, in the network's input, or in the layer below, where of two directions the one
 * stands behind the other.
 * @param {any} network
 * @param {string} layer
 * @param {string} name
 * @returns {string[]}
 */
export function readFrom(network, layer, name) {
  const own = `${layer}.${name}`;
  const [part, number] = layer.split(".");
  const top = number === "readout";
  if (network.symbols[own] || (!top && name !== "x")) return [own];
  const others = /** @type {any[]} */ (network.layers).filter((one) => one.part === part && one.layer !== "readout");
  const level = top ? others.at(-1)?.layer : String(Number(number) - 1);
  const below = others.filter((one) => one.layer === level);
  if (name === "x") return !top && below.length ? below.map((one) => `${one.address}.${network.programs[one.program].output}`) : [`${part}.0.forward.x`];
  const found = below.map((one) => `${one.address}.${name}`).filter((address) => network.symbols[address]);
  return found.length ? found : [own];
}

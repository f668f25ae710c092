/** A network in a line of the address: `2/lstm*8/gru*4,both/readout,outputs=2`. Pure. */

/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("../net/contract.js").PartDescription} PartDescription */
/** @typedef {import("../net/contract.js").LayerDescription} LayerDescription */

/** What a readout is where the lesson has none of its own. */
export const READOUT = "y[outputs] = softmax(V @ h + d)";
const DIRECTIONS = /** @type {const} */ (["forward", "backward", "both"]);

/** @param {Experiment} base */
export const partOf = ({ network }) => network.parts[0];

/** The readout's text that a network of this lesson has, if any. @param {Experiment} base */
export const readoutOf = (base) => partOf(base).readout ?? READOUT;

/** @param {Experiment} experiment @param {Experiment} base @returns {string | null} null: it cannot be said in a line */
export function written(experiment, base) {
  const { inputs, layers, readout, sizes = {} } = partOf(experiment);
  if (layers.some((layer) => layer.text !== textOf(layer.cell, base)) || (readout !== null && readout !== readoutOf(base))) return null;
  const lines = layers.map(({ cell, units, direction, sizes: own }) => `${cell}*${units}${direction === "forward" ? "" : `,${direction}`}${listed(own)}`);
  return [inputs, ...lines, ...(readout === null ? [] : [`readout${listed(sizes)}`])].join("/");
}

/** @param {string} text @param {Experiment} base @returns {Experiment["network"] | null} null: it cannot be read */
export function readNetwork(text, base) {
  const [first, ...rest] = text.split("/");
  const inputs = count(first);
  const top = rest.at(-1)?.split(",")[0] === "readout" ? rest.pop() : undefined;
  const layers = rest.map((line) => readLayer(line, base));
  const sizes = top === undefined ? {} : readSizes(top.split(",").slice(1));
  if (inputs === null || sizes === null || layers.length === 0 || layers.some((layer) => layer === null)) return null;
  const readout = top === undefined ? null : readoutOf(base);
  return { parts: [{ ...partOf(base), inputs, layers: /** @type {LayerDescription[]} */ (layers), readout, sizes }], tied: {} };
}

/** @param {string} line @param {Experiment} base @returns {LayerDescription | null} */
function readLayer(line, base) {
  const [head, ...more] = line.split(",");
  const match = /^([\w.:-]{1,64})\*(\d+)$/.exec(head);
  const units = match && count(match[2]);
  if (!match || !units) return null;
  const direction = DIRECTIONS.find((name) => name === more[0]) ?? "forward";
  const sizes = readSizes(direction === more[0] ? more.slice(1) : more);
  return sizes && { cell: match[1], text: textOf(match[1], base), units, direction, sizes };
}

/** A lesson's own cell keeps its text. @param {string} cell @param {Experiment} base */
function textOf(cell, base) {
  return partOf(base).layers.find((layer) => layer.cell === cell)?.text ?? null;
}

/** @param {Record<string, number>} sizes */
function listed(sizes) {
  return Object.entries(sizes).map(([name, size]) => `,${name}=${size}`).join("");
}

/** @param {string[]} list @returns {Record<string, number> | null} */
function readSizes(list) {
  const pairs = list.map((text) => /^([a-z]\w{0,30})=(\d+)$/.exec(text));
  if (pairs.some((pair) => pair === null || count(pair[2]) === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]));
}

/** @param {string} text */
function count(text) {
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

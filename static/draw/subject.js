/**
 * What the cell card is about: one layer's diagram, and the readout on top of it when there is one.
 */

import { letters } from "./symbol.js";

/** @typedef {{id: string, kind: string, name: string | null, op: string | null, role: string | null, label: string | null, of: string | null}} Node */
/** @typedef {{from: string, to: string, name: string}} Edge */
/** @typedef {{layer: string, readout: string | null, program: any, readoutProgram: any, nodes: Node[], edges: Edge[]}} Subject */

/** The same at every step. */
const GIVEN = ["parameter", "number", "constant"];

/**
 * @param {any} network
 * @param {"gate" | "operation"} level
 * @param {string} [address]  of the layer that is looked into, else the lowest
 * @returns {Subject}
 */
export function subjectOf(network, level, address) {
  const layers = /** @type {any[]} */ (network.layers).filter((one) => one.layer !== "readout");
  const layer = layers.find((one) => one.address === address) ?? layers[0];
  const program = network.programs[layer.program];
  const whole = joined(shortened(network.diagrams[layer.program][level]));
  const diagram = level === "operation" ? summed(whole) : whole;
  // What two directions say together is drawn in neither.
  const last = layers.every((one) => one === layer || one.part !== layer.part || Number(one.layer) < Number(layer.layer));
  const readout = last ? network.layers.find((/** @type {any} */ one) => one.layer === "readout" && one.part === layer.part) : undefined;
  const readoutProgram = readout && network.programs[readout.program];
  /** @type {Subject} */
  const subject = { layer: layer.address, readout: readout?.address ?? null, program, readoutProgram: readoutProgram ?? null, nodes: diagram.nodes, edges: diagram.edges };
  if (!readout || level !== "gate") return subject;
  const out = readoutProgram.output;
  const reads = readoutProgram.inputs.map((/** @type {any} */ one) => one.name).find((/** @type {string} */ name) => diagram.nodes.some((/** @type {Node} */ node) => node.id === name));
  if (!reads || diagram.nodes.some((/** @type {Node} */ node) => node.id === out)) return subject;
  return {
    ...subject,
    nodes: [...diagram.nodes, { id: out, kind: "value", name: out, op: null, role: "output", label: null, of: out }],
    edges: [...diagram.edges, { from: reads, to: out, name: reads }],
  };
}

/**
 * An argument that only passes on what the operation before it has worked out is not drawn.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @returns {{nodes: Node[], edges: Edge[]}}
 */
function shortened({ nodes, edges }) {
  const passing = new Set(nodes.filter((node) => node.kind === "value" && node.id.includes(":") && !node.op).map((node) => node.id));
  const source = new Map(edges.filter((edge) => passing.has(edge.to)).map((edge) => [edge.to, edge]));
  return {
    nodes: nodes.filter((node) => !passing.has(node.id)),
    edges: edges.filter((edge) => !passing.has(edge.to)).map((edge) => {
      const before = source.get(edge.from);
      return before ? { ...edge, from: before.from, name: before.name } : edge;
    }),
  };
}

/** The sign of an operation with something given. @type {Record<string, string>} */
const SIGNS = { matmul: "·", mul: "×", add: "+", sub: "−" };

/**
 * Weights and numbers are the same at every step: an operation with one of them is drawn as one thing, `W ·` or `1 −`, and only what changes
 * from step to step has a wire.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @returns {{nodes: Node[], edges: Edge[]}}
 */
function joined({ nodes, edges }) {
  const fed = new Set(edges.map(({ to }) => to));
  const isGiven = (/** @type {Node} */ { id, kind }) => GIVEN.includes(kind) || (id.includes(":") && !fed.has(id));
  const written = (/** @type {Node} */ { id, kind, name, label }) => (kind === "number" ? label ?? "" : kind === "value" ? id.slice(id.lastIndexOf(":") + 1) : name || id);
  /** How what is given is written. @type {Map<string, string>} */
  const given = new Map(nodes.filter(isGiven).map((node) => [node.id, written(node)]));
  /** @type {Map<string, Node>} */
  const made = new Map();
  for (const node of nodes.filter(({ kind }) => kind === "op")) {
    const read = edges.filter(({ to }) => to === node.id).map(({ from }) => from);
    const sign = SIGNS[node.op ?? ""];
    const words = read.map((id) => given.get(id));
    if (words.every((word) => word !== undefined)) given.set(node.id, sign ? `(${words.join(` ${sign} `)})` : words.length ? `${node.op}(${words.join(", ")})` : node.label || `${node.op}`);
    else if (sign && read.length === 2 && words.some((word) => word !== undefined)) {
      const [first, second] = words;
      const before = first !== undefined && node.op !== "add";
      const parameter = nodes.find(({ id, kind }) => kind === "parameter" && id === read[first === undefined ? 1 : 0]);
      const word = first ?? second;
      made.set(node.id, { ...node, label: before || node.op === "mul" ? `${word} ${sign}` : `${sign} ${word}`, name: parameter?.name ?? null });
    }
  }
  const rest = edges.filter(({ from, to }) => !given.has(to) && !(given.has(from) && made.has(to)));
  const read = new Set(rest.map(({ from }) => from));
  return { nodes: nodes.filter(({ id }) => !given.has(id) || read.has(id)).map((node) => made.get(node.id) ?? node), edges: rest };
}

/**
 * A sum of sums is one sum, however it was bracketed.
 * @param {{nodes: Node[], edges: Edge[]}} diagram
 * @returns {{nodes: Node[], edges: Edge[]}}
 */
function summed({ nodes, edges }) {
  const isSum = (/** @type {Node | undefined} */ node) => node?.kind === "op" && node.op === "add";
  const known = new Map(nodes.map((node) => [node.id, node]));
  const readers = (/** @type {string} */ id) => edges.filter(({ from }) => from === id);
  /** The sum that a sum is only a part of. @param {string} id @returns {string} */
  const whole = (id) => {
    const [reader, ...others] = readers(id);
    return isSum(known.get(id)) && reader && !others.length && isSum(known.get(reader.to)) ? whole(reader.to) : id;
  };
  const parts = new Map(nodes.map(({ id }) => [id, whole(id)]));
  return {
    nodes: nodes.filter(({ id }) => parts.get(id) === id).map((node) => {
      const own = nodes.filter((part) => isSum(part) && parts.get(part.id) === node.id && (part.label ?? "").length > 1);
      return own.length ? { ...node, label: own.map(({ label }) => label).join(" "), name: own.find(({ name }) => name)?.name ?? null } : node;
    }),
    edges: edges.filter(({ from }) => parts.get(from) === from).map((edge) => ({ ...edge, to: parts.get(edge.to) ?? edge.to })),
  };
}

/** The written equation that a node belongs to: `i` for `i:in/0.1`. @param {string} id */
function equationOf(id) {
  return id.split(/[:/]/)[0];
}

/**
 * The address a node of the drawing stands for; an operation stands for the parameter that it is done with, if any.
 * @param {Subject} subject
 * @param {Node} node
 * @param {(name: string) => string} full
 */
export function addressOf(subject, node, full) {
  if (node.kind === "number" || (node.kind === "op" && !node.name)) return null;
  const name = node.name || node.id;
  return isReadout(subject, node.id) ? `${subject.readout}.${name}` : full(name);
}

/**
 * @param {Subject} subject
 * @param {string} id
 */
export function isReadout(subject, id) {
  if (!subject.readoutProgram) return false;
  const target = equationOf(id);
  const own = subject.program.equations.some((/** @type {any} */ one) => one.target === target);
  return !own && subject.readoutProgram.equations.some((/** @type {any} */ one) => one.target === target);
}

/**
 * Which equation of the layer works out a node; -1 for what is there before the first, the count for a readout.
 * @param {Subject} subject
 * @param {string} id
 */
export function turnOf(subject, id) {
  const equations = /** @type {any[]} */ (subject.program.equations);
  const at = equations.findIndex((one) => one.target === equationOf(id));
  return at < 0 && isReadout(subject, id) ? equations.length : at;
}

/**
 * The colour of what travels: memory stays memory where it is kept, a gated value keeps the value's colour.
 * @param {Subject} subject
 * @param {string} name
 * @returns {string}
 */
export function roleOf(subject, name) {
  const node = subject.nodes.find((one) => one.id === name);
  if (node && node.kind !== "op") return node.role || "value";
  const target = subject.nodes.find((one) => one.id === name.split(/[:/]/)[0])?.role || "value";
  if (name.endsWith("/")) return target;
  const roles = subject.edges.filter((edge) => edge.to === name).map((edge) => roleOf(subject, edge.name));
  if (roles.includes("state") || roles.includes("parameter")) return target;
  return roles.find((role) => role !== "gate") ?? target;
}

/**
 * What goes into an operation, in letters: `g`, or `(1 − z)` for an operation with a number.
 * @param {Subject} subject
 * @param {string} id
 * @returns {string}
 */
export function factorText(subject, id) {
  const node = subject.nodes.find((one) => one.id === id);
  const [from, ...more] = subject.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  if (node?.kind !== "op" || !node.label || more.length > 0) return letters(node?.name || id).letter;
  const inner = factorText(subject, from);
  return `(${/^[−+×·]/.test(node.label) ? `${inner} ${node.label}` : `${node.label} ${inner}`})`;
}

/** What an opening means, as a word of the page. @param {Node} node @param {number} opening */
export function gateWord(node, opening) {
  const [open, shut, part] = /^forget (gate|factor)$/.test(node.label ?? "") ? ["open-keep", "shut-forget", "part-keep"] : ["open", "shut", "part"];
  return opening >= 0.9 ? open : opening <= 0.1 ? shut : part;
}
